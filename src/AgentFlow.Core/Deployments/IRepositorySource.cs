using AgentFlow.Faults;

namespace AgentFlow.Deployments;

/// <summary>Reads the pinned repository. Null means that the host says there is none (or none that the credential may see).</summary>
public interface IRepositorySource
{
    /// <summary>A repository by its numeric id, whatever it is called now.</summary>
    /// <exception cref="AfFaultException">As for every outside call.</exception>
    Task<SourceRepository?> FindByIdAsync(long repositoryId, CancellationToken cancellationToken);

    /// <summary>A repository by owner and name.</summary>
    Task<SourceRepository?> FindByNameAsync(string owner, string name, CancellationToken cancellationToken);

    /// <summary>Whether the repository holds the commit.</summary>
    Task<bool> HasCommitAsync(SourceRepository repository, string commitSha, CancellationToken cancellationToken);

    /// <summary>Where the commit stands relative to the branch.</summary>
    Task<BranchPosition> LocateCommitAsync(SourceRepository repository, string commitSha, string branch, CancellationToken cancellationToken);
}
