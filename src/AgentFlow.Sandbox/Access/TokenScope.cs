namespace AgentFlow.Sandbox.Access;

/// <summary>What a token may do at its provider.</summary>
internal enum TokenScope
{
    /// <summary>What the product asks for, no more.</summary>
    Expected,

    /// <summary>Identifies its owner and nothing else.</summary>
    Narrow,

    /// <summary>Everything that the provider knows.</summary>
    Broad,
}
