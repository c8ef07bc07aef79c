namespace AgentFlow.Safety.Scanning;

/// <summary>Asks the provider that issued a secret whether it accepts it, by one call that reads and changes nothing.</summary>
public interface ISecretProbe
{
    /// <summary>The host that a secret of this rule would be sent to; null when its issuer is not known, and it is sent nowhere.</summary>
    string? HostOf(string rule);

    /// <summary>Asks. Only <see cref="SecretLiveness.Live"/>, Refused, Unknown or NoProvider.</summary>
    Task<SecretLiveness> AskAsync(string rule, Secret secret, CancellationToken cancellationToken);
}
