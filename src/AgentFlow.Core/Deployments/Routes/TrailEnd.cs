namespace AgentFlow.Deployments.Routes;

/// <summary>Why a chain of redirects was not followed further.</summary>
internal enum TrailEnd
{
    /// <summary>An answer that is no redirect.</summary>
    Landed,

    /// <summary>An address that was on the way already.</summary>
    Loop,

    /// <summary>Too many redirects.</summary>
    TooLong,

    /// <summary>Another site.</summary>
    OffSite,

    /// <summary>From https to http.</summary>
    Downgrade,

    /// <summary>A redirect without an address that could be followed.</summary>
    Malformed,

    /// <summary>The platform's own sign-in.</summary>
    Platform,
}
