namespace AgentFlow;

/// <summary>Why a rotation waits for an operator.</summary>
public enum HoldCode
{
    /// <summary>The operator makes the credential and gives it.</summary>
    ValueNeeded,

    /// <summary>The operator revokes the old credential at the provider and says so.</summary>
    RevocationNeeded,

    /// <summary>The same step failed twice on this value.</summary>
    StepFailed,

    /// <summary>The provider did not answer, also after the bounded retries.</summary>
    ProviderUnavailable,

    /// <summary>The provider refuses the call.</summary>
    Refused,

    /// <summary>More than one thing at the provider could be ours; unknown is never guessed.</summary>
    Ambiguous,

    /// <summary>What was sealed is not readable on this machine.</summary>
    ValueUnreadable,

    /// <summary>Production or the variables were changed by somebody else in the middle.</summary>
    ChangedUnderneath,
}
