namespace AgentFlow;

/// <summary>What the application offers to its operators.</summary>
public sealed record AppConfig
{
    /// <summary>Origin of production, for example <c>https://agentflow.example</c>; null means the first production domain.</summary>
    public string? ProductionUrl { get; init; }

    /// <summary>Response header that carries the serving deployment's id; null when the app sends none.</summary>
    public string? StampHeader { get; init; }

    /// <summary>Route that answers JSON with the stamp, for example <c>/api/version</c>; null when there is none.</summary>
    public string? StampPath { get; init; }

    /// <summary>Property of the stamp route that holds the deployment id (<c>dpl_…</c>) or the commit SHA.</summary>
    public string StampProperty { get; init; } = "deploymentId";

    /// <summary>Route that answers keyed fingerprints of variables, for example <c>/api/ops/fingerprint</c>; null when the app has none.</summary>
    public string? FingerprintPath { get; init; }

    /// <summary>Reference to the key that the app shares with its operators for that route.</summary>
    public string? ProbeKey { get; init; }
}
