using AgentFlow.Checks;

namespace AgentFlow.Deployments;

/// <summary>The stable ids of <c>Test-AfDeployment</c>. Binding 001-009, BuildEnv 010-019, Route 020-029, Lead 030-039.</summary>
public static class DeploymentChecks
{
    public static readonly CheckDefinition Project = new("AFD001", "D1", "Deployment belongs to the pinned project", "public");
    public static readonly CheckDefinition RepositoryLink = new("AFD002", "D1", "Project builds from the pinned repository", "public");
    public static readonly CheckDefinition Source = new("AFD003", "D1", "Built from git, not uploaded", "public");
    public static readonly CheckDefinition CommitExists = new("AFD004", "D1", "Commit exists in the pinned repository", "public");
    public static readonly CheckDefinition CommitOnBranch = new("AFD005", "D1", "Commit is on the expected branch", "public");
    public static readonly CheckDefinition AliasTarget = new("AFD006", "D1", "Domain points at the deployment", "public");
    public static readonly CheckDefinition LiveStamp = new("AFD007", "D1", "Running app is the deployment", "public");
    public static readonly CheckDefinition DomainOwner = new("AFD008", "D1", "No other project owns the domain", "public");
    public static readonly CheckDefinition BuiltRepository = new("AFD009", "D1", "Deployment was built from the pinned repository", "public");

    public static readonly CheckDefinition LoggedMissing = new("AFD010", "D2", "Build log names no missing variable", "public");
    public static readonly CheckDefinition RequiredEnv = new("AFD011", "D2", "Required variables are set for the target", "public");
    public static readonly CheckDefinition ChangedEnv = new("AFD012", "D2", "No variable has changed since the build", "public");

    /// <summary>Binding, in order of id.</summary>
    public static IReadOnlyList<CheckDefinition> Binding { get; } =
        [Project, RepositoryLink, Source, CommitExists, CommitOnBranch, AliasTarget, LiveStamp, DomainOwner, BuiltRepository];

    /// <summary>BuildEnv, in order of id.</summary>
    public static IReadOnlyList<CheckDefinition> BuildEnv { get; } = [LoggedMissing, RequiredEnv, ChangedEnv];
}
