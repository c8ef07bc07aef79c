using AgentFlow.Faults;
using AgentFlow.Safety;

namespace AgentFlow.Rotation.Ports;

/// <summary>The hosting platform's variables of the pinned project.</summary>
public interface IVariableStore
{
    /// <summary>Metadata of every entry; values are never part of it.</summary>
    Task<IReadOnlyList<VariableEntry>> ListAsync(CancellationToken cancellationToken);

    /// <summary>One value, or null when the platform does not give it back.</summary>
    Task<Secret?> ReadAsync(string entryId, CancellationToken cancellationToken);

    /// <summary>Writes all in one call, making or replacing each by name, target and branch. Repeating it changes nothing more.</summary>
    /// <exception cref="AfFaultException">Also when only some were written.</exception>
    Task WriteAsync(IReadOnlyList<VariableWrite> writes, CancellationToken cancellationToken);

    /// <summary>Removes entries; those that are gone already do not matter.</summary>
    Task DeleteAsync(IReadOnlyList<string> entryIds, CancellationToken cancellationToken);
}
