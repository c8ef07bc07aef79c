namespace AgentFlow.Deployments;

/// <summary>How a live stamp relates to a deployment.</summary>
public enum StampMatch
{
    /// <summary>It is neither a deployment id nor a commit that could be compared.</summary>
    Undecidable,

    /// <summary>It names the deployment.</summary>
    Same,

    /// <summary>It names another one.</summary>
    Other,
}
