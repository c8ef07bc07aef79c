using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Text;

namespace AgentFlow.Rls.Principals;

/// <summary>What a client can choose and this database's policies look at: JSON keys, and settings with the literal they are compared with.</summary>
public sealed record ClientInputs
{
    private static readonly HashSet<string> s_claims = new(StringComparer.Ordinal) { "sub", "role", "email", "phone", "aud", "exp", "iat", "iss", "aal", "amr", "session_id", "is_anonymous", "app_metadata", "user_metadata", "raw_app_meta_data", "raw_user_meta_data" };
    private static readonly string[] s_usual = ["organization_id", "org_id", "organization", "org", "tenant_id", "tenant", "account_id", "account", "company_id", "workspace_id", "team_id"];

    /// <summary>Keys that may be read from user_metadata or headers, with the literal that one is compared with.</summary>
    public IReadOnlyDictionary<string, string?> Keys { get; init; } = new Dictionary<string, string?>();

    /// <summary>Settings other than the request's claims, with the literal that one is compared with.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>True when some policy reads the token's app_metadata.</summary>
    public bool ReadsAppMetadata { get; init; }

    /// <summary>Collects them from all policies, the routines behind them and the views.</summary>
    public static ClientInputs Collect(RlsGraph graph, IReadOnlyList<string> tenantNames)
    {
        ArgumentNullException.ThrowIfNull(graph);
        Dictionary<string, string?> keys = s_usual.Concat(tenantNames).Distinct().ToDictionary(key => key, _ => (string?)null);
        Dictionary<string, string?> settings = [];
        bool appMetadata = false;
        foreach (SqlReading reading in graph.Catalog.Policies.Select(policy => new SqlReading(policy.Using, policy.Check))
            .Concat(graph.Catalog.Routines.Where(routine => !RlsGraph.IsManaged(routine.Schema) && !routine.FromExtension).Select(graph.Reading))
            .Concat(graph.Catalog.Relations.Where(relation => relation.Definition is not null).Select(relation => new SqlReading(relation.Definition))))
        {
            foreach (string key in reading.JsonKeys().Where(key => !s_claims.Contains(key) && key.Length is > 0 and < 64))
            {
                keys[key] = keys.GetValueOrDefault(key) ?? ComparedLiteral(reading, key);
            }

            foreach (string setting in reading.SettingsRead().Where(IsClientSetting))
            {
                settings[setting] = settings.GetValueOrDefault(setting) ?? ComparedLiteral(reading, setting);
            }

            appMetadata |= reading.Literals().Any(literal => literal.Contains("app_metadata", StringComparison.Ordinal));
        }

        return new() { Keys = keys, Settings = settings, ReadsAppMetadata = appMetadata };
    }

    /// <summary>True for a setting that any client of the database may set to anything.</summary>
    public static bool IsClientSetting(string setting) => setting.Contains('.', StringComparison.Ordinal) && !setting.StartsWith("request.", StringComparison.Ordinal);

    /// <summary>True when the text looks at something that the caller chooses.</summary>
    public static bool ReadsClientInput(SqlReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return ReadsUserMetadata(reading) || reading.SettingsRead().Any(setting => IsClientSetting(setting) || setting is "request.headers" or "request.cookies" or "request.path" or "request.method" || setting.StartsWith("request.header", StringComparison.Ordinal) || setting.StartsWith("request.cookie", StringComparison.Ordinal));
    }

    /// <summary>True when the text reads metadata that users edit themselves.</summary>
    public static bool ReadsUserMetadata(SqlReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return reading.Mentions("raw_user_meta_data") || reading.Literals().Any(literal => literal.Contains("user_metadata", StringComparison.Ordinal) || literal.Contains("raw_user_meta_data", StringComparison.Ordinal));
    }

    // "… ->> 'plan') = 'pro'": the literal behind the comparison lets the forged value pass.
    private static string? ComparedLiteral(SqlReading reading, string key)
    {
        for (int i = 0; i < reading.Tokens.Count; i++)
        {
            if (reading.Tokens[i].Kind != SqlTokenKind.Text || !reading.Tokens[i].Value.Equals(key, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            for (int next = i + 1; next < Math.Min(i + 9, reading.Tokens.Count); next++)
            {
                if (reading.Tokens[next].Kind == SqlTokenKind.Symbol && reading.Tokens[next].Value == "=" && next + 1 < reading.Tokens.Count)
                {
                    return reading.Tokens[next + 1].Kind == SqlTokenKind.Text ? reading.Tokens[next + 1].Value : null;
                }
            }
        }

        return null;
    }
}
