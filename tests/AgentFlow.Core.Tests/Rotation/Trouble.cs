namespace AgentFlow.Core.Tests.Rotation;

/// <summary>What happens to one outside write.</summary>
internal enum Trouble
{
    None,

    /// <summary>It is done and the answer never comes.</summary>
    LostAnswer,

    /// <summary>It is not done now but a few calls later; the caller sees a timeout.</summary>
    Late,

    /// <summary>It is done twice; the second answer comes.</summary>
    Twice,

    /// <summary>429, nothing done.</summary>
    TooMany,

    /// <summary>503, nothing done.</summary>
    Broken,
}
