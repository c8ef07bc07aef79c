using System.Text.Json;
using System.Text.Json.Nodes;
using AgentFlow.Rls.Tenancy;

namespace AgentFlow.Rls.Principals;

/// <summary>Makes the principals of a run: the sampled members, an outsider, a stale token, empty claims and the visitor.</summary>
public sealed class PrincipalFactory(TenantModel model, ClientInputs inputs, IReadOnlyList<string> tenants, IReadOnlyList<string> apiRoles)
{
    /// <summary>All principals; at most the members given plus four.</summary>
    public IReadOnlyList<RlsPrincipal> Make(IReadOnlyList<RlsMember> members, RlsMember? outsider)
    {
        ArgumentNullException.ThrowIfNull(members);
        string signedIn = apiRoles.FirstOrDefault(role => role == "authenticated") ?? apiRoles.FirstOrDefault(role => role != "anon") ?? "authenticated";
        List<RlsPrincipal> principals = [.. members.Select(member => Member(member, signedIn, Describe(member)))];
        RlsMember stranger = outsider ?? new() { UserId = model.UserType == "uuid" ? "ffffffff-ffff-4fff-bfff-ffffffffffff" : "-1" };
        principals.Add(Member(stranger, signedIn, "signed in, without membership"));
        if (inputs.ReadsAppMetadata && tenants.Count > 0 && model.Membership is not null)
        {
            JsonObject stale = [];
            foreach (string key in inputs.Keys.Keys)
            {
                stale[key] = tenants[0];
            }

            principals.Add(Member(stranger with { AppMetadata = stale.ToJsonString() }, signedIn, "former member with a token that still names the tenant"));
        }

        principals.Add(Nobody(signedIn, "signed in, claims without a user"));
        foreach (string role in apiRoles.Where(role => role != signedIn))
        {
            principals.Add(Nobody(role, role == "anon" ? "anonymous visitor" : "role " + role));
        }

        return principals;
    }

    private static string Describe(RlsMember member)
    {
        List<string> active = [.. member.Memberships.Where(membership => membership.Active).Select(membership => membership.Role ?? "member").Order()];
        List<string> inactive = [.. member.Memberships.Where(membership => !membership.Active).Select(membership => $"{membership.State ?? "inactive"} {membership.Role ?? "member"}").Order()];
        string first = active.Count == 0 ? string.Empty : $"{string.Join(" and ", active)}, active in {(active.Count == 1 ? "one tenant" : $"{active.Count} tenants")}";
        string second = inactive.Count == 0 ? string.Empty : $"{string.Join(" and ", inactive)} in {(inactive.Count == 1 ? "one tenant" : $"{inactive.Count} tenants")}";
        return first.Length > 0 && second.Length > 0 ? $"{first}; {second}" : first + second;
    }

    private RlsPrincipal Member(RlsMember member, string role, string description)
    {
        List<string> active = [.. member.Memberships.Where(membership => membership.Active).Select(membership => membership.Tenant).Distinct()];
        List<string> inactive = [.. member.Memberships.Select(membership => membership.Tenant).Distinct().Where(tenant => !active.Contains(tenant))];
        string? victim = tenants.FirstOrDefault(tenant => !active.Contains(tenant) && !inactive.Contains(tenant)) ?? inactive.FirstOrDefault();
        return new()
        {
            Class = description,
            Role = role,
            UserId = member.UserId,
            Email = member.Email,
            Memberships = member.Memberships,
            ActiveTenants = active,
            InactiveTenants = inactive,
            Victim = victim,
            Forged = new(role, Settings(role, member, victim, forged: true)),
            Honest = new(role, Settings(role, member, active.FirstOrDefault(), forged: false)),
        };
    }

    private RlsPrincipal Nobody(string role, string description)
    {
        string? victim = tenants.Count > 0 ? tenants[0] : null;
        return new()
        {
            Class = description,
            Role = role,
            Victim = victim,
            Forged = new(role, Settings(role, null, victim, forged: true)),
            Honest = new(role, Settings(role, null, null, forged: false)),
        };
    }

    private Dictionary<string, string> Settings(string role, RlsMember? member, string? tenant, bool forged)
    {
        JsonObject claims = new() { ["role"] = role, ["aud"] = role, ["aal"] = "aal2", ["is_anonymous"] = false };
        if (member is not null)
        {
            claims["sub"] = member.UserId;
            claims["email"] = member.Email ?? string.Empty;
            claims["app_metadata"] = Parse(member.AppMetadata);
        }

        JsonObject chosen = forged ? [] : Parse(member?.UserMetadata);
        JsonObject headers = [];
        foreach ((string key, string? literal) in inputs.Keys)
        {
            string? value = forged ? literal ?? Guess(key, tenant) : tenant;
            if (value is not null)
            {
                if (forged)
                {
                    chosen[key] = value;
                }

                headers[key] = value;
                headers["x-" + key.Replace('_', '-')] = value;
            }
        }

        claims["user_metadata"] = chosen;
        Dictionary<string, string> settings = new(StringComparer.Ordinal)
        {
            ["request.jwt.claims"] = claims.ToJsonString(),
            ["request.jwt.claim.sub"] = member?.UserId ?? string.Empty,
            ["request.jwt.claim.role"] = role,
            ["request.jwt.claim.email"] = member?.Email ?? string.Empty,
            ["request.headers"] = headers.ToJsonString(),
            ["request.cookies"] = headers.ToJsonString(),
            ["request.method"] = "GET",
            ["request.path"] = "/",
        };
        foreach ((string name, string? literal) in inputs.Settings)
        {
            settings[name] = (forged ? literal ?? tenant : tenant) ?? string.Empty;
        }

        return settings;
    }

    private string? Guess(string key, string? tenant) => key.Contains("role", StringComparison.OrdinalIgnoreCase) ? (model.Membership is { Roles: [string highest, ..] } ? highest : "admin")
        : key.Contains("admin", StringComparison.OrdinalIgnoreCase) || key.StartsWith("is_", StringComparison.Ordinal) ? "true"
        : tenant;

    private static JsonObject Parse(string? json)
    {
        try
        {
            return json is null ? [] : JsonNode.Parse(json) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
