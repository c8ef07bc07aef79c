namespace AgentFlow.Deployments.Routes;

/// <summary>What a return address in a redirect is.</summary>
internal enum ReturnPathKind
{
    /// <summary>A path of the same site.</summary>
    Relative,

    /// <summary>A whole address of the same site.</summary>
    Absolute,

    /// <summary>It leaves the site, at once or after it is decoded again.</summary>
    Foreign,

    /// <summary>Empty or unreadable.</summary>
    Malformed,
}
