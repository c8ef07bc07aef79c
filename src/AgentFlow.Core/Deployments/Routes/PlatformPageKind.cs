namespace AgentFlow.Deployments.Routes;

/// <summary>What the platform put in the application's place.</summary>
public enum PlatformPageKind
{
    /// <summary>Deployment Protection asks for a sign-in, a password or a trusted address.</summary>
    Protection,

    /// <summary>The firewall asks for a browser, or denies.</summary>
    Challenge,

    /// <summary>An error of the platform, with a code.</summary>
    Error,
}
