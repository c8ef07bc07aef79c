using AgentFlow.Adapters.GitHub;
using AgentFlow.Adapters.Supabase;
using AgentFlow.Adapters.Vercel;
using AgentFlow.Deployments;
using AgentFlow.Faults;
using AgentFlow.TestKit;
using AgentFlow.TestKit.Contracts;
using AgentFlow.TestKit.Sandbox;

namespace AgentFlow.Adapters.Tests.Contracts;

/// <summary>Every request of our reading clients and every answer of the sandbox to them is as the providers' published contracts say.</summary>
public sealed class ReadContractTests
{
    /// <summary>Scenarios that change what Vercel or GitHub answers.</summary>
    public static TheoryData<string> Scenarios => new(
        "healthy", "missing-env", "wrong-repository", "renamed-repository", "cli-upload", "stale-alias", "missing-metadata", "wrong-branch", "unknown-commit",
        "foreign-domain", "pinned-rollback", "building", "huge-log", "expired-token", "narrow-token", "broad-token", "rate-limited", "clock-skew", "paused");

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Both_sides_of_every_exchange_keep_the_contract(string scenario)
    {
        Assert.SkipWhen(SharedFolder.Path is null, SharedFolder.Reason);
        await using RehearsedWorld world = await RehearsedWorld.StartAsync(scenario);
        await AskAllAsync(world);
        IReadOnlyList<RecordedExchange> exchanges = await world.Host.RequestsAsync();
        Assert.True(exchanges.Count(exchange => exchange.Provider == "vercel") > 5, "Vercel was hardly asked.");
        Assert.True(exchanges.Count(exchange => exchange.Provider == "github") > 3, "GitHub was hardly asked.");
        ContractValidator vercel = new(OpenApiContract.Vercel());
        ContractValidator github = new(OpenApiContract.GitHub());
        List<string> violations = [];
        foreach (RecordedExchange exchange in exchanges)
        {
            ContractValidator? contract = exchange.Provider switch
            {
                "vercel" => vercel,
                "github" => github,
                _ => null,
            };
            violations.AddRange(contract is null ? [] : (await contract.ValidateAsync(exchange)).Select(violation => $"{exchange}: {violation}"));
        }

        Assert.True(violations.Count == 0, string.Join("\n", violations.Distinct()));
    }

    /// <summary>Uses every call that the reading adapters have; what a scenario refuses is a fault and still an exchange.</summary>
    private static async Task AskAllAsync(RehearsedWorld world)
    {
        VercelClient vercel = world.Deployments;
        IVariableSource variables = vercel;
        CancellationToken none = CancellationToken.None;
        List<Deployment> deployments = [];
        await TryAsync(async () => deployments = await vercel.ListDeploymentsAsync(new() { ProjectId = world.Project }, none).ToListAsync());
        await TryAsync(async () => await vercel.ListDeploymentsAsync(new() { ProjectId = world.Project, Target = "preview", States = ["READY", "ERROR"], Branch = "main", CommitSha = new('a', 40), Since = DateTimeOffset.UnixEpoch, Until = DateTimeOffset.UnixEpoch.AddDays(1), RollbackCandidates = true, Most = 3 }, none).ToListAsync());
        await TryAsync(() => vercel.GetProjectAsync(world.Project, none));
        await TryAsync(() => vercel.GetProjectAsync("no-such-project", none));
        await TryAsync(async () => await vercel.FindProjectsAsync("agent", none).ToListAsync());
        await TryAsync(async () => await vercel.ListDomainsAsync(world.Project, none).ToListAsync());
        foreach (string domain in world.Config.Vercel.ProductionDomains.Append("no-such-domain.example"))
        {
            await TryAsync(() => vercel.FindDomainAsync(world.Project, domain, none));
            await TryAsync(() => vercel.FindAliasAsync(domain, none));
        }

        foreach (string id in deployments.Take(3).Select(deployment => deployment.Id).Append("dpl_none"))
        {
            await TryAsync(() => vercel.GetDeploymentAsync(id, none));
            await TryAsync(() => vercel.ListAliasesAsync(id, none));
            await TryAsync(async () => await vercel.ReadBuildLogAsync(id, new(), none).CountAsync());
        }

        await TryAsync(() => variables.ListAsync(world.Project, none));
        await TryAsync(() => variables.ListSharedAsync(world.Project, none));
        await TryAsync(() => new VercelIdentity(world.Clients, world.VercelEndpoint, world.Config.Vercel.TeamId).ReadAsync(none));
        await TryAsync(() => new GitHubIdentity(world.Clients, world.GitHubEndpoint).ReadAsync(none));
        await TryAsync(() => new SupabaseIdentity(world.Clients, world.SupabaseEndpoint, world.Config.Supabase).ReadAsync(none));
        GitHubRepositories github = world.Repositories;
        (string owner, string name) = (world.Config.GitHub.Owner!, world.Config.GitHub.Name!);
        SourceRepository repository = new() { Id = world.Config.GitHub.RepositoryId!.Value, Owner = owner, Name = name };
        await TryAsync(() => github.FindByIdAsync(repository.Id, none));
        await TryAsync(() => github.FindByNameAsync(owner, name, none));
        await TryAsync(() => github.FindByNameAsync(owner, "no-such-repository", none));
        foreach (string commit in deployments.Select(deployment => deployment.CommitSha).OfType<string>().Distinct().Take(2).Append(new('0', 40)))
        {
            await TryAsync(() => github.HasCommitAsync(repository, commit, none));
            await TryAsync(() => github.LocateCommitAsync(repository, commit, "main", none));
            await TryAsync(() => github.LocateCommitAsync(repository, commit, "feature/lead-scoring", none));
            await TryAsync(() => github.LocateCommitAsync(repository, commit, "no-such-branch", none));
        }
    }

    private static async Task TryAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (AfFaultException fault) when (fault.Id is not FaultId.ResponseMalformed and not FaultId.InternalError)
        {
            // What a scenario refuses is part of it.
        }
    }
}
