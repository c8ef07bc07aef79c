using AgentFlow.Adapters.Http;

namespace AgentFlow.Adapters.Probing;

/// <summary>The one call that tells whether a secret of some rules is live. It reads and changes nothing.</summary>
/// <param name="Rules">Rules whose secrets this provider issues.</param>
/// <param name="Endpoint">The provider; the value goes to this origin only.</param>
/// <param name="Path">Path of the call.</param>
internal sealed record ProviderCall(IReadOnlyList<string> Rules, ServiceEndpoint Endpoint, string Path)
{
    /// <summary>Whether a value is plainly this provider's own; one that others could have issued goes nowhere.</summary>
    public Func<ReadOnlySpan<byte>, bool> Issued { get; init; } = static _ => true;
}
