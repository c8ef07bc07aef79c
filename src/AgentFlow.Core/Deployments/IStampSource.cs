using AgentFlow.Faults;

namespace AgentFlow.Deployments;

/// <summary>Asks the running application which deployment it is.</summary>
public interface IStampSource
{
    /// <summary>The stamp that this origin sends; null when it sends none.</summary>
    /// <exception cref="AfFaultException">The origin could not be asked.</exception>
    Task<LiveStamp?> ReadAsync(Uri origin, CancellationToken cancellationToken);
}
