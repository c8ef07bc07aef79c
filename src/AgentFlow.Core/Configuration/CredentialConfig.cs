namespace AgentFlow;

/// <summary>One credential that can be rotated. It names places and ids, never a value.</summary>
public sealed record CredentialConfig
{
    /// <summary>A name of your choice, unique in the file.</summary>
    public required string Name { get; init; }

    public required CredentialKind Kind { get; init; }

    /// <summary>Variable name → the part of the credential that it carries, for example <c>AWS_ACCESS_KEY_ID: id</c>; all change together.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>Lanes that hold this credential; null means every existing entry of these names, and production where there is none.</summary>
    public IReadOnlyList<string>? Targets { get; init; }

    /// <summary>GeneratedSecret: variable in which the app still accepts the value before.</summary>
    public string? PreviousVariable { get; init; }

    /// <summary>Other users of the same value (names of your choice). An empty list says that there are none; null says that nobody has looked.</summary>
    public IReadOnlyList<string>? SharedWith { get; init; }

    /// <summary>Rotate at least this often; null sets no date.</summary>
    public int? MaxAgeDays { get; init; }

    /// <summary>How long the old credential stays disabled, unused, before it is deleted.</summary>
    public int SoakMinutes { get; init; } = 60;

    /// <summary>Id of the credential in use, where the provider cannot tell: the webhook endpoint, access key or API key id. Ignored once a rotation has closed.</summary>
    public string? CurrentId { get; init; }

    /// <summary>IAM and SES: the user whose key it is.</summary>
    public string? UserName { get; init; }

    /// <summary>SES: region of the SMTP endpoint.</summary>
    public string? Region { get; init; }

    /// <summary>Postgres: the role, or the two that alternate.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Postgres: reference to the Npgsql connection string of a role that may alter them.</summary>
    public string? AdminDatabase { get; init; }

    /// <summary>Postgres: text of part <c>url</c> with <c>{role}</c> and <c>{password}</c> in it.</summary>
    public string? UrlTemplate { get; init; }

    /// <summary>Postgres: accept that a single role's sessions fail between the change and the promotion.</summary>
    public bool AllowDowntime { get; init; }

    /// <summary>Supabase: <c>secret</c> or <c>publishable</c>.</summary>
    public string ApiKeyType { get; init; } = "secret";

    /// <summary>Supabase: the variable holds a legacy key, so the rotation ends with disabling the legacy keys.</summary>
    public bool ReplacesLegacy { get; init; }

    /// <summary>Manual kinds: what a value must begin with.</summary>
    public string? Prefix { get; init; }

    /// <summary>Manual kinds: where the operator makes and revokes it.</summary>
    public string? Instructions { get; init; }
}
