namespace AgentFlow.Safety;

/// <summary>Who can tell production from the rest. Each is run by a different system.</summary>
public enum SignalSource
{
    /// <summary>The hosting platform: the deployment's target and addresses.</summary>
    Deployment,

    /// <summary>The database: its project ref, its marker.</summary>
    Database,

    /// <summary>The payment provider: the mode of the key.</summary>
    Payments,
}
