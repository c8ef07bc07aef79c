using AgentFlow.Faults;

namespace AgentFlow.Deployments.Lead;

/// <summary>The application's own way in for leads.</summary>
public interface ILeadIntake
{
    /// <summary>
    /// Sends one synthetic lead with its idempotency key. Without an answer it is sent once more under the same key.
    /// Any status is a receipt.
    /// </summary>
    /// <exception cref="AfFaultException">There was no answer: DNS, TLS, socket, timeout; or the key is not there.</exception>
    Task<LeadReceipt> SubmitAsync(LeadSubmission submission, CancellationToken cancellationToken);
}
