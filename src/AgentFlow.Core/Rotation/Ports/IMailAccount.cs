namespace AgentFlow.Rotation.Ports;

/// <summary>The mail side of the cloud account in one region.</summary>
public interface IMailAccount
{
    /// <summary>Null when mail can be sent; otherwise why not, one sentence.</summary>
    Task<string?> FindSendingProblemAsync(string region, CancellationToken cancellationToken);
}
