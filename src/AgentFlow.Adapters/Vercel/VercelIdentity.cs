using System.Net.Http.Headers;
using AgentFlow.Adapters.Http;
using AgentFlow.Adapters.Vercel.Wire;
using AgentFlow.Deployments;
using AgentFlow.Faults;

namespace AgentFlow.Adapters.Vercel;

/// <summary>Who Vercel takes the token for, and whether it reaches the pinned team and nothing else.</summary>
public sealed class VercelIdentity(HttpClients clients, ServiceEndpoint endpoint, string? team) : IIdentitySource
{
    private readonly VercelApi _api = new(clients, endpoint, team);

    /// <inheritdoc/>
    public string System => _api.Endpoint.System;

    /// <inheritdoc/>
    public async Task<ProviderIdentity> ReadAsync(CancellationToken cancellationToken)
    {
        TimeSpan? skew = null;
        long? left = null;
        long? reset = null;
        DateTimeOffset sentAt = clients.Time.GetUtcNow();
        void Note(HttpResponseHeaders headers)
        {
            skew = ServerClock.Skew(headers, sentAt, clients.Time.GetUtcNow());
            left = AskedWait.Number(headers, "X-RateLimit-Remaining");
            reset = AskedWait.Number(headers, "X-RateLimit-Reset");
        }

        Task<TokenDto.DetailDto?> token = ReadTokenAsync(cancellationToken);
        VercelPath path = VercelPath.Of("v2", "user");
        UserDto.AccountDto user = (await _api.GetAsync(path, VercelJson.Default.UserDto, cancellationToken, Note).ConfigureAwait(false)).User ?? throw _api.Malformed(path, "no user");
        TokenDto.DetailDto? detail = await token.ConfigureAwait(false);
        ProviderIdentity identity = new()
        {
            System = System,
            Account = user.Username ?? user.Id ?? "an unnamed account",
            AccountId = user.Id,
            ClockSkew = skew,
            CallsLeft = left is >= 0 and <= int.MaxValue ? (int)left : null,
            WindowEndsAt = reset is { } seconds ? LooseTimeConverter.FromMilliseconds(seconds * 1000d) : null,
        };
        return detail is null ? identity : Judge(identity, detail, clients.Time.GetUtcNow());
    }

    // Tokens that may do their work need not be allowed to look at themselves.
    private async Task<TokenDto.DetailDto?> ReadTokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await _api.GetAsync(VercelPath.Of("v5", "user", "tokens", "current"), VercelJson.Default.TokenDto, cancellationToken).ConfigureAwait(false)).Token;
        }
        catch (AfFaultException fault) when (fault.Kind is FaultKind.Permission or FaultKind.NotFound)
        {
            return null;
        }
    }

    private ProviderIdentity Judge(ProviderIdentity identity, TokenDto.DetailDto token, DateTimeOffset now)
    {
        if (token.Scopes is not { Count: > 0 } all)
        {
            return identity with { ExpiresAt = token.ExpiresAt, NeverExpires = token.ExpiresAt is null };
        }

        TokenDto.ScopeDto[] live = [.. all.Where(scope => scope.ExpiresAt is null || scope.ExpiresAt > now)];
        string[] teams = [.. live.Where(scope => scope.Type == "team").Select(scope => scope.TeamId).OfType<string>().Distinct(StringComparer.Ordinal)];
        bool wholeAccount = live.Any(scope => scope.Type == "user");

        // A slug cannot be compared with the ids of the scopes.
        string? pinned = team?.StartsWith("team_", StringComparison.Ordinal) == true ? team : null;
        List<string> missing = [];
        List<string> excess = [];
        if (live.Length == 0)
        {
            missing.Add("every scope of the token has expired");
        }
        else if (pinned is not null && !wholeAccount && !teams.Contains(pinned, StringComparer.Ordinal))
        {
            missing.Add($"the scope of team {pinned}");
        }

        if (team is not null && wholeAccount)
        {
            excess.Add("the whole account with all its teams (make a token for the one team)");
        }

        if (pinned is not null)
        {
            excess.AddRange(teams.Where(other => other != pinned).Select(other => $"team {other}"));
        }

        return identity with
        {
            Scopes = [.. live.Select(scope => scope.TeamId is { } id ? $"{scope.Type}:{id}" : scope.Type ?? "unknown")],
            Missing = missing,
            Excess = excess,
            ExpiresAt = token.ExpiresAt,
            NeverExpires = token.ExpiresAt is null,
        };
    }
}
