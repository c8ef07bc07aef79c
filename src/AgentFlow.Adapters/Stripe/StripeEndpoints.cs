using AgentFlow.Adapters.Http;
using AgentFlow.Faults;
using AgentFlow.Rotation.Ports;
using AgentFlow.Safety;
using Stripe;

namespace AgentFlow.Adapters.Stripe;

/// <summary>Webhook endpoints through Stripe's own client, over our chain.</summary>
public sealed class StripeEndpoints : IWebhookEndpoints
{
    private const string TagKey = "agentflow_rotation";

    private readonly ServiceEndpoint _endpoint;
    private readonly WebhookEndpointService _service;
    private readonly AccountReader _account;

    /// <param name="clients">The chain.</param>
    /// <param name="endpoint">Stripe with its token.</param>
    public StripeEndpoints(HttpClients clients, ServiceEndpoint endpoint)
    {
        _endpoint = endpoint;
        _service = new(StripeSdk.Client(clients, endpoint));
        _account = new(clients, endpoint);
    }

    /// <inheritdoc/>
    public async Task<string> ReadAccountIdAsync(CancellationToken cancellationToken) => await _account.ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<AgentFlow.Rotation.Ports.WebhookEndpoint>> ListAsync(CancellationToken cancellationToken) => GuardAsync<IReadOnlyList<AgentFlow.Rotation.Ports.WebhookEndpoint>>(async () =>
    {
        List<AgentFlow.Rotation.Ports.WebhookEndpoint> all = [];
        await foreach (global::Stripe.WebhookEndpoint one in _service.ListAutoPagingAsync(new() { Limit = 100 }, null, cancellationToken))
        {
            all.Add(new()
            {
                Id = one.Id,
                Url = one.Url,
                Enabled = one.Status == "enabled",
                EnabledEvents = one.EnabledEvents,
                ApiVersion = one.ApiVersion,
                Description = one.Description,
                Tag = one.Metadata is { } metadata && metadata.TryGetValue(TagKey, out string? tag) ? tag : null,
            });
        }

        return all;
    });

    /// <inheritdoc/>
    public Task<(string Id, Secret Secret)> CreateAsync(
        AgentFlow.Rotation.Ports.WebhookEndpoint model, string tag, string idempotencyKey, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        ArgumentNullException.ThrowIfNull(model);
        WebhookEndpointCreateOptions options = new()
        {
            Url = model.Url,
            EnabledEvents = [.. model.EnabledEvents],
            ApiVersion = model.ApiVersion,
            Description = model.Description,
            Metadata = new() { [TagKey] = tag },
        };
        global::Stripe.WebhookEndpoint made = await _service.CreateAsync(options, new() { IdempotencyKey = idempotencyKey }, cancellationToken);
        return made is { Id: { } id, Secret: { Length: > 0 } secret }
            ? (id, Secret.FromChars(secret))
            : throw HttpFaults.Malformed(_endpoint, "POST webhook_endpoints", "an endpoint without its secret");
    });

    /// <inheritdoc/>
    public Task SetEnabledAsync(string id, bool enabled, CancellationToken cancellationToken) => GuardAsync(async () =>
        await _service.UpdateAsync(id, new() { Disabled = !enabled }, new() { IdempotencyKey = Guid.NewGuid().ToString("N") }, cancellationToken));

    /// <inheritdoc/>
    public async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await GuardAsync(async () => await _service.DeleteAsync(id, null, null, cancellationToken));
        }
        catch (AfFaultException fault) when (fault.Kind == FaultKind.NotFound)
        {
            return;
        }
    }

    // What is not a success is a fault before the SDK sees it; what is left is an answer that it cannot read.
    private async Task<T> GuardAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (exception is StripeException or System.Text.Json.JsonException || exception.GetType().Namespace?.StartsWith("Newtonsoft", StringComparison.Ordinal) == true)
        {
            throw HttpFaults.Malformed(_endpoint, "a webhook_endpoints call", "something other than the documented JSON");
        }
    }
}
