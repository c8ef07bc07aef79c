using AgentFlow.Faults;
using AgentFlow.Safety;

namespace AgentFlow.Rotation.Ports;

/// <summary>The running application, as a visitor and as its operator.</summary>
public interface IAppProbe
{
    /// <summary>Null when every configured route answers as it should on this origin; otherwise what does not, one sentence.</summary>
    Task<string?> FindUnhealthyAsync(Uri origin, CancellationToken cancellationToken);

    /// <summary>Compares what the application holds with these values, by keyed fingerprint. Null when the app offers no such route.</summary>
    /// <exception cref="AfFaultException">The route did not answer as documented.</exception>
    Task<FingerprintReading?> CompareAsync(Uri origin, IReadOnlyDictionary<string, Secret> values, CancellationToken cancellationToken);
}
