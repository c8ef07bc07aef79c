using AgentFlow.Checks;
using AgentFlow.Deployments;
using AgentFlow.Deployments.Binding;

namespace AgentFlow.Core.Tests.Deployments.Binding;

/// <summary>One application whose production deployment is bound as it should be; a test changes one thing.</summary>
internal sealed class BindingWorld : IStampSource
{
    public const string Pin = "prj_pinned";
    public const string Sha = "0123456789abcdef0123456789abcdef01234567";
    public const string ForeignSha = "fedcba9876543210fedcba9876543210fedcba98";
    public const long RepositoryId = 712;
    public const string Host = "agentflow.example";

    public AfConfig Config { get; set; } = new()
    {
        Name = "agentflow",
        Vercel = new() { ProjectId = Pin, ProjectName = "agentflow", ProductionDomains = [Host] },
        GitHub = new() { RepositoryId = RepositoryId, Owner = "acme", Name = "agentflow", ProductionBranch = "main" },
        App = new() { StampPath = "/api/version" },
    };

    public Deployment Deployment { get; set; } = new()
    {
        Id = "dpl_1",
        ProjectId = Pin,
        ProjectName = "agentflow",
        Url = new("https://agentflow-1.vercel.app"),
        State = "READY",
        SubState = "PROMOTED",
        Target = "production",
        Source = "git",
        GitProvider = "github",
        CommitSha = Sha,
        CommitRef = "main",
        RepositoryId = RepositoryId,
        Organisation = "acme",
        Repository = "agentflow",
    };

    public HostedProject Project { get; set; } = new()
    {
        Id = Pin,
        Name = "agentflow",
        Link = new() { Provider = "github", RepositoryId = RepositoryId, Organisation = "acme", Repository = "agentflow", ProductionBranch = "main" },
    };

    public ProjectDomain? Domain { get; set; } = new() { Name = Host, ProjectId = Pin, Verified = true };

    public DomainAlias? Alias { get; set; } = new() { Host = Host, DeploymentId = "dpl_1", ProjectId = Pin };

    public LiveStamp? Stamp { get; set; } = new("dpl_1", "/api/version");

    public MemoryRepositories Repositories { get; } = new();

    public MemoryPlatform Platform { get; } = new();

    /// <summary>Runs the check and gives every record.</summary>
    public async Task<IReadOnlyList<CheckResult>> RunAsync()
    {
        if (Repositories.Branches.Count == 0)
        {
            Repositories.Branches["main"] = ["aaaa", Sha];
            Repositories.Branches["feature"] = ["bbbb", Sha];
            Repositories.Loose.Add(ForeignSha);
        }

        if (Repositories.Repositories.Count == 0)
        {
            Repositories.Repositories.Add(new() { Id = RepositoryId, Owner = "acme", Name = "agentflow" });
        }

        Platform.Projects.Add(Project);
        if (Domain is not null)
        {
            Platform.Domains.Add(Domain);
        }

        if (Alias is not null)
        {
            Platform.Aliases.Add(Alias);
        }

        return await new BindingCheck(Config, Platform, Repositories, this).RunAsync(new(TimeProvider.System), Deployment, CancellationToken.None).ToListAsync();
    }

    /// <summary>The one record of a check.</summary>
    public async Task<CheckResult> OneAsync(string checkId) => Assert.Single(await RunAsync(), result => result.CheckId == checkId);

    public Task<LiveStamp?> ReadAsync(Uri origin, CancellationToken cancellationToken) => Task.FromResult(Stamp);
}
