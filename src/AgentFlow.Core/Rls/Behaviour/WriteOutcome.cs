namespace AgentFlow.Rls.Behaviour;

/// <summary>What a write probe came to.</summary>
public enum WriteOutcome
{
    /// <summary>A policy refused the new row.</summary>
    Refused,

    /// <summary>The policies hid the row.</summary>
    Hidden,

    /// <summary>A privilege is missing.</summary>
    NoPrivilege,

    /// <summary>Every policy let it pass; only the poison stopped it.</summary>
    Passed,

    /// <summary>Something else stopped it, for example a trigger.</summary>
    Unclear,
}
