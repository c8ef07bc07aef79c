using AgentFlow.Faults;

namespace AgentFlow.Deployments;

/// <summary>Names and metadata of what the hosting platform holds. Nothing behind it can ask for a value.</summary>
public interface IVariableSource
{
    /// <summary>The project's own variables, of all targets and branches.</summary>
    /// <exception cref="AfFaultException">As for every outside call.</exception>
    Task<IReadOnlyList<EnvVariable>> ListAsync(string projectId, CancellationToken cancellationToken);

    /// <summary>The team's variables that are shared with the project; empty for a personal account.</summary>
    Task<IReadOnlyList<EnvVariable>> ListSharedAsync(string projectId, CancellationToken cancellationToken);
}
