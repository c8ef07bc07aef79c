using AgentFlow.Adapters.Http;
using AgentFlow.Deployments;

namespace AgentFlow.Adapters.Stripe;

/// <summary>Whose account the key opens. Stripe says nowhere what a restricted key may do; that a key is unrestricted its prefix says.</summary>
public sealed class StripeIdentity(HttpClients clients, ServiceEndpoint endpoint, string? pinnedAccount) : IIdentitySource
{
    private readonly JsonExchange _api = new(clients, endpoint);

    /// <inheritdoc/>
    public string System => endpoint.System;

    /// <inheritdoc/>
    public async Task<ProviderIdentity> ReadAsync(CancellationToken cancellationToken)
    {
        TimeSpan? skew = null;
        DateTimeOffset sentAt = clients.Time.GetUtcNow();
        string account = _api.Read(
            await _api.GetAsync("v1/account", cancellationToken, headers => skew = ServerClock.Skew(headers, sentAt, clients.Time.GetUtcNow())).ConfigureAwait(false),
            "GET account",
            static root => root.Text("id") ?? throw new KeyNotFoundException());
        bool unrestricted = endpoint.Token?.Invoke().Use(static key => key.StartsWith("sk_"u8)) == true;
        return new()
        {
            System = System,
            Account = account,
            AccountId = account,
            PinnedAccountId = pinnedAccount,
            PinName = "stripe.accountId",
            Scopes = unrestricted ? ["all"] : null,
            Excess = unrestricted ? ["everything in the account (make a restricted key, rk_...)"] : [],
            ClockSkew = skew,
        };
    }
}
