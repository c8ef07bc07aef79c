namespace AgentFlow.Sandbox.Vercel;

/// <summary>One team with its projects, deployments, variables and addresses, as Vercel holds them.</summary>
internal sealed class VercelState
{
    public const string TeamId = "team_9aGnLYnMRnHzsYWNlFZ3sandb";
    public const string TeamSlug = "agentflow-example";
    public const string UserId = "ZspSRT4ljIEEmMHgoDwKWDei";
    public const string ProjectId = "prj_4pBQaHpGxA8mQyEVTNqXq2sandbx";
    public const string ProjectName = "agentflow";

    /// <summary>Newest first.</summary>
    public List<VercelDeployment> Deployments { get; } = [];

    /// <summary>Host to deployment id.</summary>
    public Dictionary<string, string> Aliases { get; } = new(StringComparer.OrdinalIgnoreCase);

    public VercelDeployment? Find(string? idOrUrl) => idOrUrl is null ? null : Deployments.FirstOrDefault(one => one.Id == idOrUrl || one.Url.Equals(idOrUrl, StringComparison.OrdinalIgnoreCase));
}
