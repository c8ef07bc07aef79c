using AgentFlow.Faults;
using AgentFlow.Rotation.Ports;

namespace AgentFlow.Rotation.Kinds;

/// <summary>
/// The provider has no call that rolls a signing secret, so a second endpoint with the same address takes over; the old one is
/// disabled, later deleted. While both are enabled every event comes twice.
/// </summary>
public sealed class StripeWebhookSecretKind(IWebhookEndpoints endpoints, string? pinnedAccount, TimeProvider time) : ICredentialKind
{
    /// <summary>How long Stripe repeats a failed delivery in live mode.</summary>
    public static readonly TimeSpan DeliveryRetries = TimeSpan.FromHours(72);

    // Stripe keeps idempotent answers for a day; an hour of margin.
    private static readonly TimeSpan s_answerKept = TimeSpan.FromHours(23);

    /// <inheritdoc/>
    public CredentialKind Kind => CredentialKind.StripeWebhookSecret;

    /// <inheritdoc/>
    public KindTraits Describe(CredentialConfig config) => new()
    {
        Parts = [CredentialParts.SecretPart, CredentialParts.IdPart],
        CanQuiesce = true,
        RetryWindow = DeliveryRetries,
    };

    /// <inheritdoc/>
    public async Task<KindSnapshot> InspectAsync(CredentialConfig config, string? currentId, CancellationToken cancellationToken)
    {
        string account = await endpoints.ReadAccountIdAsync(cancellationToken);
        List<RotationBlocker> blockers = [];
        if (pinnedAccount is null || account != pinnedAccount)
        {
            blockers.Add(new()
            {
                Code = BlockerCode.IdentityMismatch,
                Reason = pinnedAccount is null ? "The config pins no Stripe account." : $"The Stripe key belongs to {account}, not to the pinned {pinnedAccount}.",
            });
        }

        IReadOnlyList<WebhookEndpoint> all = await endpoints.ListAsync(cancellationToken);
        List<WebhookEndpoint> enabled = [.. all.Where(endpoint => endpoint.Enabled)];
        WebhookEndpoint? old = currentId is null ? (enabled.Count == 1 ? enabled[0] : null) : all.FirstOrDefault(endpoint => endpoint.Id == currentId);
        if (old is null)
        {
            blockers.Add(new()
            {
                Code = BlockerCode.IdentityMismatch,
                Reason = currentId is null
                    ? $"{enabled.Count} webhook endpoints are enabled; name the one in use as currentId of the credential."
                    : $"The endpoint in use, {currentId}, does not exist.",
            });
        }

        return new()
        {
            OldId = old?.Id,
            KnownIds = [.. all.Select(endpoint => endpoint.Id)],
            Facts = old is null ? [] : [account, old.Id, old.Url, old.ApiVersion ?? string.Empty, string.Join(',', old.EnabledEvents.Order(StringComparer.Ordinal))],
            Blockers = blockers,
            Notes = ["While both endpoints are enabled every event is delivered twice; deliveries signed for the other secret fail and are repeated for up to three days."],
        };
    }

    /// <inheritdoc/>
    public Task<CredentialParts?> PrepareAsync(MintOrder order, CancellationToken cancellationToken) => Task.FromResult<CredentialParts?>(null);

    /// <inheritdoc/>
    public async Task<CredentialParts> MintAsync(MintOrder order, CredentialParts? prepared, CancellationToken cancellationToken)
    {
        WebhookEndpoint model = (await endpoints.ListAsync(cancellationToken)).FirstOrDefault(endpoint => endpoint.Id == order.OldId)
            ?? throw new AfFaultException(
                FaultKind.NotFound,
                FaultId.RotationCallFailed,
                $"The endpoint in use, {order.OldId}, is gone, so its address and events cannot be copied.",
                "Stop this rotation, set currentId to the endpoint in use and begin again.",
                order.OldId);
        (string id, Safety.Secret secret) = await endpoints.CreateAsync(model, order.RotationId, order.IdempotencyKey, cancellationToken);
        return CredentialParts.Of(secret, id);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> FindMintedAsync(MintOrder order, CancellationToken cancellationToken) =>
        [.. (await endpoints.ListAsync(cancellationToken)).Where(endpoint => endpoint.Tag == order.RotationId).Select(endpoint => endpoint.Id)];

    /// <inheritdoc/>
    public async Task<CredentialParts?> RecoverAsync(MintOrder order, string id, CancellationToken cancellationToken)
    {
        if (order.FirstCallAt is not { } sent || time.GetUtcNow() - sent > s_answerKept)
        {
            return null;
        }

        // The same key repeats the first answer, secret included. Should it make another endpoint all the same, the flow finds two.
        CredentialParts parts = await MintAsync(order, null, cancellationToken);
        if (parts.Id == id)
        {
            return parts;
        }

        parts.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public async Task VerifyNewAsync(CredentialConfig config, CredentialParts parts, CancellationToken cancellationToken)
    {
        string? id = parts.Id;
        if (!(await endpoints.ListAsync(cancellationToken)).Any(endpoint => endpoint.Id == id && endpoint.Enabled))
        {
            throw new AfFaultException(
                FaultKind.InvalidState, FaultId.RotationProofFailed, $"The new endpoint {id} is not enabled.", "Enable it in the Stripe dashboard or make a new one with -Regenerate.", id);
        }
    }

    /// <inheritdoc/>
    public Task DiscardAsync(CredentialConfig config, string id, CancellationToken cancellationToken) => endpoints.DeleteAsync(id, cancellationToken);

    /// <inheritdoc/>
    public async Task<OldCredential> ReadOldAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken) => new()
    {
        Life = (await endpoints.ListAsync(cancellationToken)).FirstOrDefault(endpoint => endpoint.Id == oldId) switch
        {
            null => OldLife.Dead,
            { Enabled: true } => OldLife.Alive,
            _ => OldLife.Disabled,
        },
    };

    /// <inheritdoc/>
    public Task QuiesceAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken) => endpoints.SetEnabledAsync(oldId, false, cancellationToken);

    /// <inheritdoc/>
    public Task RestoreAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken) => endpoints.SetEnabledAsync(oldId, true, cancellationToken);

    /// <inheritdoc/>
    public Task RevokeAsync(CredentialConfig config, string oldId, CancellationToken cancellationToken) => endpoints.DeleteAsync(oldId, cancellationToken);
}
