using System.Globalization;
using AgentFlow.Adapters.Http;
using AgentFlow.Deployments;
using AgentFlow.Faults;
using Octokit;

namespace AgentFlow.Adapters.GitHub;

/// <summary>Reads repositories, commits and branches. No call here writes.</summary>
public sealed class GitHubRepositories(HttpClients clients, ServiceEndpoint endpoint) : IRepositorySource
{
    private readonly GitHubApi _api = new(clients, endpoint);

    /// <inheritdoc/>
    public Task<SourceRepository?> FindByIdAsync(long repositoryId, CancellationToken cancellationToken) =>
        FindAsync(["repositories", repositoryId.ToString(CultureInfo.InvariantCulture)], cancellationToken);

    /// <inheritdoc/>
    public Task<SourceRepository?> FindByNameAsync(string owner, string name, CancellationToken cancellationToken) => FindAsync(["repos", owner, name], cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> HasCommitAsync(SourceRepository repository, string commitSha, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repository);
        try
        {
            // The git object, not the commit view: it comes without files and is found by its whole id only.
            Commit? commit = await _api.FindAsync<Commit>(["repos", repository.Owner, repository.Name, "git", "commits", commitSha], null, cancellationToken).ConfigureAwait(false);
            return string.Equals(commit?.Sha, commitSha, StringComparison.OrdinalIgnoreCase);
        }
        catch (AfFaultException fault) when (fault.Kind is FaultKind.InvalidArgument or FaultKind.Conflict)
        {
            // 422: not the form of a commit id; 409: the repository is empty.
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task<BranchPosition> LocateCommitAsync(SourceRepository repository, string commitSha, string branch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repository);

        // Three dots compare with the merge base: nothing is listed when the commit is on the branch. One item a page keeps the rest small.
        CompareResult? comparison = await _api.FindAsync<CompareResult>(
            ["repos", repository.Owner, repository.Name, "compare", $"{branch}...{commitSha}"],
            new Dictionary<string, string> { ["per_page"] = "1", ["page"] = "1" },
            cancellationToken).ConfigureAwait(false);
        if (comparison is not null)
        {
            return comparison.Status is "identical" or "behind" ? BranchPosition.OnBranch : BranchPosition.NotOnBranch;
        }

        Branch? known = await _api.FindAsync<Branch>(["repos", repository.Owner, repository.Name, "branches", branch], null, cancellationToken).ConfigureAwait(false);
        return known is null ? BranchPosition.BranchMissing : BranchPosition.CommitMissing;
    }

    private async Task<SourceRepository?> FindAsync(IReadOnlyList<string> path, CancellationToken cancellationToken)
    {
        Repository? found = await _api.FindAsync<Repository>(path, null, cancellationToken).ConfigureAwait(false);
        return found is null ? null : new()
        {
            Id = found.Id,
            Owner = found.Owner?.Login ?? found.FullName?.Split('/')[0] ?? string.Empty,
            Name = found.Name ?? string.Empty,
            DefaultBranch = found.DefaultBranch,
            IsPrivate = found.Private,
            IsArchived = found.Archived,
            CanPush = found.Permissions?.Push,
        };
    }
}
