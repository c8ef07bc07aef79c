using System.Text.Json;
using AgentFlow.Adapters.Aws;
using AgentFlow.Adapters.Http;
using AgentFlow.Rotation.Ports;
using AgentFlow.Safety;

namespace AgentFlow.Adapters.Ses;

/// <summary>SES v2 GetAccount of a region.</summary>
public sealed class SesMailAccount(HttpClients clients, AfConfig config, Func<Secret>? key) : IMailAccount
{
    /// <inheritdoc/>
    public async Task<string?> FindSendingProblemAsync(string region, CancellationToken cancellationToken)
    {
        ServiceEndpoint endpoint = AwsEndpoints.Ses(config, region);
        AwsCalls calls = new(clients, endpoint, "ses", region);
        byte[] answer = await calls.GetAsync(await new AwsCredentialChain(config.Aws.Profile, key).ReadAsync(cancellationToken), "v2/email/account", cancellationToken);
        try
        {
            using JsonDocument document = JsonDocument.Parse(answer);
            return document.RootElement.Flag("SendingEnabled") == false ? $"SES does not send in {region} ({document.RootElement.Text("EnforcementStatus") ?? "no status"})."
                : document.RootElement.Flag("ProductionAccessEnabled") == false ? $"SES in {region} is still in its sandbox: it sends to verified addresses only."
                : null;
        }
        catch (JsonException)
        {
            throw HttpFaults.Malformed(endpoint, "GetAccount", "something other than JSON");
        }
    }
}
