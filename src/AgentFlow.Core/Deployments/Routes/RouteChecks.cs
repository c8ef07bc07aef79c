using AgentFlow.Checks;

namespace AgentFlow.Deployments.Routes;

/// <summary>The stable ids of the route checks (runbook D3).</summary>
public static class RouteChecks
{
    /// <summary>One record per route and origin: reachable, the configured status, the right kind of page.</summary>
    public static readonly CheckDefinition Answer = new("AFD020", "D3", "Route answers as configured", "public");

    /// <summary>One record per protected route and origin.</summary>
    public static readonly CheckDefinition SignIn = new("AFD021", "D3", "Signed-out visitor is sent to sign-in and back", "auth");

    /// <summary>One record per broken chain, or one per origin when all are sound.</summary>
    public static readonly CheckDefinition Chain = new("AFD022", "D3", "Redirects stay on the site and end", "public");

    /// <summary>One record per origin.</summary>
    public static readonly CheckDefinition OpenRedirect = new("AFD023", "D3", "Forged return addresses are refused", "auth");

    /// <summary>One record per page that is not what its status claims, or one per origin when all are.</summary>
    public static readonly CheckDefinition Page = new("AFD024", "D3", "Page is what its status claims", "public");

    /// <summary>One record per difference, or one when there is none.</summary>
    public static readonly CheckDefinition Alias = new("AFD025", "D3", "Alias and immutable address agree", "public");

    /// <summary>One record per origin.</summary>
    public static readonly CheckDefinition Build = new("AFD026", "D3", "Answers come from the deployment under test", "public");

    /// <summary>One record per stale page, or one per origin when all are fresh.</summary>
    public static readonly CheckDefinition Freshness = new("AFD027", "D3", "No page is older than the deployment", "public");

    /// <summary>One record per production origin.</summary>
    public static readonly CheckDefinition Upgrade = new("AFD028", "D3", "Plain http is upgraded to https", "public");

    /// <summary>One record per origin.</summary>
    public static readonly CheckDefinition Unknown = new("AFD029", "D3", "Unknown addresses are refused", "public");

    /// <summary>All, in order of id.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = [Answer, SignIn, Chain, OpenRedirect, Page, Alias, Build, Freshness, Upgrade, Unknown];
}
