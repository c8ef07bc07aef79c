using AgentFlow.Sandbox.GitHub;
using AgentFlow.Sandbox.Hosting;
using AgentFlow.Sandbox.Scenarios;

namespace AgentFlow.Sandbox.Vercel;

/// <summary>Makes Vercel's side of a scenario: two projects, a history of deployments, variables, domains.</summary>
internal sealed class VercelSeed(SandboxState sandbox, GitHubState github)
{
    private const int OlderDeployments = 44;
    private const int ServedOlderDeployments = 4;
    private const int HugeLogLines = 100_000;
    private const long Hour = 3_600_000;

    /// <summary>Names that the app cannot be built or run without, per target.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Required { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        ["production"] = ["NEXT_PUBLIC_SUPABASE_URL", "NEXT_PUBLIC_SUPABASE_ANON_KEY", "SUPABASE_SERVICE_ROLE_KEY", "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "AUTH_SECRET", "AWS_REGION"],
        ["preview"] = ["NEXT_PUBLIC_SUPABASE_URL", "NEXT_PUBLIC_SUPABASE_ANON_KEY", "SUPABASE_SERVICE_ROLE_KEY", "STRIPE_SECRET_KEY", "AUTH_SECRET"],
    };

    private readonly long _now = sandbox.NowMilliseconds;
    private readonly VercelState _state = new() { Required = Required };
    private long _repository;

    public VercelState Make()
    {
        // A repository of the same name that took the place of the pinned one has another id.
        _repository = sandbox.Has(Trait.WrongRepository) ? GitHubState.ImpostorId : GitHubState.RepositoryId;
        AddProjects();
        VariableSeed.Add(_state, sandbox, _now);
        VercelDeployment other = AddOtherProjectsDeployment();
        AddHistory();
        VercelDeployment previous = Add("production previous", "production", Main(1), GitHubState.MainBranch, _now - (26 * Hour), source: "git");
        VercelDeployment current = AddCurrent();
        Add("preview current", null, github.Find(github.Branches[GitHubState.FeatureBranch])!, GitHubState.FeatureBranch, _now - Hour, source: "git");
        _state.Deployments.Sort((left, right) => right.CreatedAt.CompareTo(left.CreatedAt));
        AddAddresses(other, previous, current);
        return _state;
    }

    private GitHubCommit Main(int back) => github.History(github.Find(github.MainHead)!).Skip(back).First();

    private void AddProjects()
    {
        GitLink link = new(GitHubState.Owner, GitHubState.Name, _repository, GitHubState.MainBranch);
        _state.Projects.Add(new()
        {
            Id = VercelState.ProjectId,
            Name = VercelState.ProjectName,
            CreatedAt = _now - (400 * 24 * Hour),
            Link = link,
            AutoAssign = !sandbox.Has(Trait.PinnedRollback),
            IsProtected = sandbox.Has(Trait.Protected),
        });
        _state.Projects.Add(new() { Id = VercelState.OtherProjectId, Name = VercelState.OtherProjectName, CreatedAt = _now - (200 * 24 * Hour), Link = link with { Repository = "landing", RepositoryId = 712_399_555 } });
    }

    private VercelDeployment AddOtherProjectsDeployment()
    {
        VercelDeployment deployment = new()
        {
            Id = VercelIds.Deployment("other project"),
            Url = Address("other project"),
            ProjectId = VercelState.OtherProjectId,
            ProjectName = VercelState.OtherProjectName,
            Target = "production",
            Source = "git",
            State = "READY",
            Substate = "PROMOTED",
            CreatedAt = _now - (90 * Hour) - 1,
            BuildingAt = _now - (90 * Hour),
            ReadyAt = _now - (90 * Hour) + 40_000,
            CommitSha = GitHubState.Hash("landing 1"),
            CommitMessage = "Landing page",
            Branch = "main",
            RepositoryId = 712_399_555,
        };
        _state.Deployments.Add(deployment);
        return deployment;
    }

    private void AddHistory()
    {
        for (int i = 0; i < OlderDeployments; i++)
        {
            bool isProduction = i % 3 == 0;
            string state = (i % 11) switch { 4 => "ERROR", 7 => "CANCELED", _ => "READY" };
            VercelDeployment deployment = Add($"older {i}", isProduction ? "production" : null, Main(2 + i), isProduction ? GitHubState.MainBranch : $"feature/step-{i}", _now - ((30 + (i * 7)) * Hour) - i, "git", state, served: i < ServedOlderDeployments);
            if (state == "ERROR")
            {
                (deployment.ErrorCode, deployment.ErrorMessage) = ("BUILD_UTILS_SPAWN_1", sandbox.Canary.In("Command \"npm run build\" exited with 1"));
            }
        }
    }

    private VercelDeployment AddCurrent()
    {
        bool isUpload = sandbox.Has(Trait.CliUpload);
        bool isSilent = sandbox.Has(Trait.MissingMetadata);
        bool isFeature = sandbox.Has(Trait.WrongBranch);
        GitHubCommit commit = isFeature ? github.Find(github.Branches[GitHubState.FeatureBranch])! : Main(0);
        if (sandbox.Has(Trait.UnknownCommit))
        {
            commit = commit with { Sha = GitHubState.Hash("a commit that was force-pushed away") };
        }

        bool isBuilding = sandbox.Has(Trait.Building);
        VercelDeployment current = Add(
            "production current",
            "production",
            isUpload || isSilent ? null : commit,
            isUpload || isSilent ? null : isFeature ? GitHubState.FeatureBranch : GitHubState.MainBranch,
            isBuilding ? _now : _now - (2 * Hour),
            isSilent ? null : isUpload ? "cli" : "git",
            isBuilding ? "QUEUED" : "READY");
        if (isBuilding)
        {
            (current.BuildingAt, current.ReadyAt, current.Substate, current.FinishesAt) = (null, null, null, _now + 3_000);
        }
        else if (sandbox.Has(Trait.MissingEnv))
        {
            VercelClockwork.Fail(current, VariableSeed.LeftOut, sandbox);
            (current.ReadyAt, current.Substate) = (null, null);
        }
        else if (sandbox.Has(Trait.StaleAlias) || sandbox.Has(Trait.PinnedRollback))
        {
            current.Substate = "STAGED";
        }

        return current;
    }

    private void AddAddresses(VercelDeployment other, VercelDeployment previous, VercelDeployment current)
    {
        string alias = sandbox.Ports.AliasHost;
        bool isForeign = sandbox.Has(Trait.ForeignDomain);
        _state.Domains[alias] = isForeign ? VercelState.OtherProjectId : VercelState.ProjectId;
        _state.Domains["landing.agentflow.invalid"] = VercelState.OtherProjectId;
        VercelDeployment serving = isForeign ? other
            : !current.IsReady || sandbox.Has(Trait.StaleAlias) || sandbox.Has(Trait.PinnedRollback) ? previous
            : current;
        _state.Assign(alias, serving, serving.ReadyAt ?? _now);
        _state.Assign("landing.agentflow.invalid", other, other.ReadyAt!.Value);
        if (sandbox.Has(Trait.PinnedRollback))
        {
            VercelProject project = _state.Project(VercelState.ProjectId)!;
            project.PinnedDeployment = previous.Id;
            project.LastRequest = new() { Type = "rollback", From = current.Id, To = previous.Id, RequestedAt = _now - Hour, IsApplied = true };
        }
    }

    private VercelDeployment Add(string seed, string? target, GitHubCommit? commit, string? branch, long created, string? source, string state = "READY", bool served = true)
    {
        string id = VercelIds.Deployment(seed);
        VercelDeployment deployment = new()
        {
            Id = id,
            Url = served ? Address(seed) : $"{VercelState.ProjectName}-{VercelIds.Slug(seed)}-{VercelState.TeamSlug}.vercel.invalid",
            ProjectId = VercelState.ProjectId,
            ProjectName = VercelState.ProjectName,
            Target = target,
            Source = source,
            State = state,
            Substate = target is null || state != "READY" ? null : "PROMOTED",
            CreatedAt = created,
            BuildingAt = created + 2_000,
            ReadyAt = state == "READY" ? created + 61_000 : null,
            CommitSha = commit?.Sha,
            CommitMessage = commit?.Message,
            Branch = branch,
            RepositoryId = commit is null ? null : _repository,
            ExtraLogLines = seed == "production current" && sandbox.Has(Trait.HugeLog) ? HugeLogLines : 0,
            Environment = _state.EnvironmentFor(VercelState.ProjectId, target, branch),
        };
        _state.Deployments.Add(deployment);
        return deployment;
    }

    private string Address(string seed) => sandbox.Ports.Take(VercelIds.Deployment(seed)) ?? throw new InvalidOperationException("The seed has more served deployments than there are ports.");
}
