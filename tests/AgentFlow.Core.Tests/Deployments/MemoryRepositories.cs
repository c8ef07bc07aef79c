using AgentFlow.Deployments;

namespace AgentFlow.Core.Tests.Deployments;

/// <summary>A repository host in memory: branches are lists of commits, head first.</summary>
internal sealed class MemoryRepositories : IRepositorySource
{
    public List<SourceRepository> Repositories { get; } = [];

    public Dictionary<string, IReadOnlyList<string>> Branches { get; } = new(StringComparer.Ordinal);

    /// <summary>Commits that the repository answers to although no branch of its own holds them: those of its forks.</summary>
    public HashSet<string> Loose { get; } = [];

    public Task<SourceRepository?> FindByIdAsync(long repositoryId, CancellationToken cancellationToken) => Task.FromResult(Repositories.FirstOrDefault(repository => repository.Id == repositoryId));

    public Task<SourceRepository?> FindByNameAsync(string owner, string name, CancellationToken cancellationToken) =>
        Task.FromResult(Repositories.FirstOrDefault(repository => repository.Owner == owner && repository.Name == name));

    public Task<bool> HasCommitAsync(SourceRepository repository, string commitSha, CancellationToken cancellationToken) => Task.FromResult(Knows(commitSha));

    public Task<BranchPosition> LocateCommitAsync(SourceRepository repository, string commitSha, string branch, CancellationToken cancellationToken) => Task.FromResult(
        !Branches.TryGetValue(branch, out IReadOnlyList<string>? commits) ? BranchPosition.BranchMissing
        : commits.Contains(commitSha) ? BranchPosition.OnBranch
        : Knows(commitSha) ? BranchPosition.NotOnBranch
        : BranchPosition.CommitMissing);

    private bool Knows(string commitSha) => Loose.Contains(commitSha) || Branches.Values.Any(commits => commits.Contains(commitSha));
}
