namespace AgentFlow.Deployments.Routes;

/// <summary>How an address relates to the origin of the page that holds it.</summary>
internal enum BrowserTargetKind
{
    /// <summary>Same scheme, host and port.</summary>
    Same,

    /// <summary>The same host over plain http, coming from https.</summary>
    Downgrade,

    /// <summary>The same host over https, coming from http.</summary>
    Upgrade,

    /// <summary>Another host or port.</summary>
    Foreign,

    /// <summary>Not http at all: <c>javascript:</c>, <c>data:</c> and the like.</summary>
    NotHttp,

    /// <summary>No browser could follow it.</summary>
    Malformed,
}
