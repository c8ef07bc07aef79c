namespace AgentFlow.Rls.Tenancy;

/// <summary>What a name suggests. Only a hint where the catalog itself does not say; a spec overrules it.</summary>
public static class NameSense
{
    private static readonly string[] s_userNames = ["user", "member", "profile", "person", "account_user", "auth", "owner", "author", "creator", "assignee", "actor", "employee", "staff"];
    private static readonly string[] s_userVerbs = ["created_by", "updated_by", "assigned_to", "uploaded_by", "invited_by", "owned_by", "deleted_by", "requested_by", "approved_by", "sent_by", "posted_by", "submitted_by", "owner"];
    private static readonly string[] s_membershipWords = ["member", "team", "user", "staff", "seat", "collaborator", "participant", "access", "role"];
    private static readonly string[] s_systemWords = ["usage", "quota", "quotas", "counter", "counters", "meter", "meters", "metering", "subscription", "subscriptions", "billing", "audit", "entitlement", "entitlements"];
    private static readonly string[] s_secretWords = ["secret", "secrets", "password", "passwd", "passphrase", "credential", "credentials"];
    private static readonly string[] s_secretPairs = ["key_hash", "token_hash", "secret_hash", "password_hash", "hashed_key", "hashed_token", "hashed_password", "hashed_secret", "private_key", "secret_key", "api_key", "access_key", "signing_key", "encryption_key", "service_key", "access_token", "refresh_token", "auth_token", "api_token", "bearer_token", "session_token", "reset_token", "confirmation_token", "recovery_token", "invite_token", "invitation_token", "webhook_token", "bot_token", "totp_seed", "recovery_code", "recovery_codes", "backup_codes", "encrypted_password"];
    private static readonly string[] s_active = ["active", "enabled", "accepted", "confirmed", "approved", "joined", "current", "verified", "granted", "live", "ok", "on", "a"];
    private static readonly string[] s_negative = ["suspend", "disable", "delete", "revoke", "ban", "block", "archive", "remove", "inactive", "deactivate", "left", "ended", "locked", "expelled"];
    private static readonly string[] s_positive = ["active", "enable", "accept", "approve", "confirm", "verif", "joined", "current"];
    private static readonly string[] s_ranks = ["owner", "super_admin", "superadmin", "root", "org_admin", "account_owner", "admin", "administrator", "manager", "maintainer", "billing", "editor", "developer", "agent", "staff", "contributor", "member", "user", "basic", "viewer", "reader", "read_only", "readonly", "guest"];

    /// <summary>True for a column that by its name holds a user id.</summary>
    public static bool IsUser(string column) => s_userVerbs.Contains(column) || s_userNames.Any(word => column == word || column == word + "_id" || column == word + "_uid" || column == word + "id") || column is "uid" or "sub";

    /// <summary>True for a table that by its name joins users to tenants.</summary>
    public static bool IsMembership(string table) => s_membershipWords.Any(word => table.Contains(word, StringComparison.Ordinal));

    /// <summary>True for a table whose rows the platform writes, never a tenant: usage, billing, audit.</summary>
    public static bool IsSystemOwned(string table) => table.Split('_').Any(s_systemWords.Contains);

    /// <summary>True for a column that by its name holds a credential or its hash.</summary>
    public static bool IsSecret(string column)
    {
        string[] parts = column.Split('_');
        return column == "token" || column == "encrypted" || parts.Any(s_secretWords.Contains) || s_secretPairs.Any(pair => column == pair || column.EndsWith("_" + pair, StringComparison.Ordinal))
            || (parts[0] == "encrypted" && parts.Length > 1);
    }

    /// <summary>The word among these that says "this membership counts", or null.</summary>
    public static string? ActiveValue(IEnumerable<string> values)
    {
        List<string> all = [.. values];
        return s_active.Select(word => all.FirstOrDefault(value => value.Equals(word, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(found => found is not null);
    }

    /// <summary>True when the column, by its name, says that something is over (deleted_at, is_suspended).</summary>
    public static bool SaysOver(string column) => s_negative.Any(word => column.Contains(word, StringComparison.Ordinal));

    /// <summary>True when the column, by its name, says that something is in force (is_active, accepted).</summary>
    public static bool SaysActive(string column) => !SaysOver(column) && s_positive.Any(word => column.Contains(word, StringComparison.Ordinal));

    /// <summary>0 is the highest; int.MaxValue for a role name that tells nothing.</summary>
    public static int Rank(string role)
    {
        int rank = Array.IndexOf(s_ranks, role.ToLowerInvariant().Replace('-', '_').Replace(' ', '_'));
        return rank < 0 ? int.MaxValue : rank;
    }

    /// <summary>True when the name of a key column (<c>lead_id</c>) points to the table of that name (<c>leads</c>).</summary>
    public static bool PointsTo(string column, string table)
    {
        string stem = column.EndsWith("_id", StringComparison.Ordinal) ? column[..^3] : column.EndsWith("_uuid", StringComparison.Ordinal) ? column[..^5] : string.Empty;
        if (stem.StartsWith("p_", StringComparison.Ordinal))
        {
            stem = stem[2..];
        }

        return stem.Length > 1 && (table == stem || table == stem + "s" || table == stem + "es" || (stem[^1] == 'y' && table == stem[..^1] + "ies"));
    }
}
