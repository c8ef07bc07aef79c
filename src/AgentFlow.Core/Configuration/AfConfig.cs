using System.Text.Json.Serialization;

namespace AgentFlow;

/// <summary>
/// Everything that is particular to one application, read from <c>agentflow.json</c>. Ids are pinned here; secrets never are:
/// members that name a secret hold a reference (<c>env:NAME</c>, <c>vault:NAME</c>, <c>file:PATH</c>).
/// </summary>
public sealed record AfConfig
{
    /// <summary>Where the JSON schema is, for editors; not read.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>The application's name; what <c>-ConfirmTarget</c> must repeat for writes to production.</summary>
    public required string Name { get; init; }

    public VercelConfig Vercel { get; init; } = new();

    [JsonPropertyName("github")]
    public GitHubConfig GitHub { get; init; } = new();

    public SupabaseConfig Supabase { get; init; } = new();

    public StripeConfig Stripe { get; init; } = new();

    public AppConfig App { get; init; } = new();

    /// <summary>The routes that <c>Test-AfRoute</c> checks, in order; AgentFlow's seven by default.</summary>
    public IReadOnlyList<RouteExpectation> Routes { get; init; } = RouteExpectation.Defaults;

    /// <summary>Names that must exist per Vercel target (production, preview, development).</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> RequiredEnv { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    public TableConfig Tables { get; init; } = new();

    public LeadConfig Lead { get; init; } = new();

    /// <summary>The tenancy, for <c>Test-AfRls</c>.</summary>
    public RlsConfig Rls { get; init; } = new();

    public AwsConfig Aws { get; init; } = new();

    /// <summary>The credentials that <c>Invoke-AfEnvRotation</c> knows.</summary>
    public IReadOnlyList<CredentialConfig> Credentials { get; init; } = [];

    public JournalConfig Journal { get; init; } = new();

    public EndpointConfig Endpoints { get; init; } = new();

    /// <inheritdoc/>
    public override string ToString() => Name;
}
