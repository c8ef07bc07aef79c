using System.Globalization;
using AgentFlow.Adapters.Http;
using AgentFlow.Deployments;
using AgentFlow.Faults;
using Octokit;

namespace AgentFlow.Adapters.GitHub;

/// <summary>Who GitHub takes the token for. Only classic tokens say their scopes; a fine-grained one shows its permissions by what it may do.</summary>
public sealed class GitHubIdentity(HttpClients clients, ServiceEndpoint endpoint) : IIdentitySource
{
    // Scopes that read and nothing else; all other classic scopes write somewhere.
    private static readonly string[] s_reading = ["read:org", "read:user", "read:repo_hook", "read:packages", "read:project", "read:discussion", "read:enterprise", "user:email", "repo:status", "repo_deployment"];

    private readonly GitHubApi _api = new(clients, endpoint);

    /// <inheritdoc/>
    public string System => _api.Endpoint.System;

    /// <inheritdoc/>
    public async Task<ProviderIdentity> ReadAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset sentAt = clients.Time.GetUtcNow();
        try
        {
            IApiResponse<User> user = await _api.GetAsync<User>(["user"], null, cancellationToken).ConfigureAwait(false);
            return Judge(user.Body.Login ?? "an unnamed account", user.Body.Id.ToString(CultureInfo.InvariantCulture), user.HttpResponse, sentAt);
        }
        catch (AfFaultException fault) when (fault.Kind == FaultKind.Permission)
        {
            // A workflow's or an app's own token is nobody's: it may not ask who it is, but it may ask for its rate.
            IApiResponse<MiscellaneousRateLimit> rate = await _api.GetAsync<MiscellaneousRateLimit>(["rate_limit"], null, cancellationToken).ConfigureAwait(false);
            return Judge("an app installation", null, rate.HttpResponse, sentAt);
        }
    }

    private ProviderIdentity Judge(string account, string? id, IResponse response, DateTimeOffset sentAt)
    {
        string[]? scopes = Header(response, "X-OAuth-Scopes")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        DateTimeOffset receivedAt = clients.Time.GetUtcNow();
        using HttpResponseMessage date = new();
        date.Headers.TryAddWithoutValidation("Date", Header(response, "Date"));
        string? expiry = Header(response, "GitHub-Authentication-Token-Expiration");
        return new()
        {
            System = System,
            Account = account,
            AccountId = id,
            Scopes = scopes,
            Missing = scopes is null || scopes.Contains("repo") || scopes.Contains("public_repo") ? [] : ["repo (to read a private repository; better: a fine-grained token with Contents: read)"],
            Excess = [.. (scopes ?? []).Where(scope => !s_reading.Contains(scope, StringComparer.Ordinal)).Select(Explain)],
            ExpiresAt = expiry is null ? null : Parse(expiry),
            NeverExpires = scopes is not null && expiry is null,
            ClockSkew = ServerClock.Skew(date.Headers, sentAt, receivedAt),
            CallsLeft = int.TryParse(Header(response, "X-RateLimit-Remaining"), NumberStyles.None, CultureInfo.InvariantCulture, out int left) ? left : null,
            WindowEndsAt = long.TryParse(Header(response, "X-RateLimit-Reset"), NumberStyles.None, CultureInfo.InvariantCulture, out long reset) && reset < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(reset) : null,
        };
    }

    private static string Explain(string scope) => scope switch
    {
        "repo" => "repo (writes to every repository of the account; a fine-grained token reads only this one)",
        "public_repo" => "public_repo (writes to every public repository of the account)",
        _ => scope,
    };

    private static string? Header(IResponse response, string name) =>
        response.Headers.FirstOrDefault(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    // "2026-12-31 23:59:59 UTC", or with an offset such as "+0200".
    private static DateTimeOffset? Parse(string text) => DateTimeOffset.TryParse(
        text.Replace("UTC", "+00:00", StringComparison.Ordinal), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset at) ? at : null;
}
