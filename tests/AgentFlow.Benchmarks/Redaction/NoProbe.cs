using AgentFlow.Safety;
using AgentFlow.Safety.Scanning;

namespace AgentFlow.Benchmarks.Redaction;

/// <summary>Asks nobody.</summary>
internal sealed class NoProbe : ISecretProbe
{
    public string? HostOf(string rule) => null;

    public Task<SecretLiveness> AskAsync(string rule, Secret secret, CancellationToken cancellationToken) => Task.FromResult(SecretLiveness.NoProvider);
}
