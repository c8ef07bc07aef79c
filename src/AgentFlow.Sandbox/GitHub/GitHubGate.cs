using System.Globalization;
using AgentFlow.Sandbox.Hosting;
using AgentFlow.Sandbox.Scenarios;

namespace AgentFlow.Sandbox.GitHub;

/// <summary>What GitHub checks before any operation: credential, permission, rate limit; and the headers that tell about them.</summary>
internal sealed class GitHubGate(SandboxState sandbox, GitHubErrors errors)
{
    public const int Limit = 5000;

    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(42);

    private int _used;

    public int Used => sandbox.Has(Trait.RateLimited) ? Limit : Math.Min(_used, Limit);

    public long Reset => sandbox.Time.GetUtcNow().Add(s_window).ToUnixTimeSeconds();

    /// <summary>Null lets the call pass.</summary>
    public Answer? Check(Call call)
    {
        if (call.Token is null || sandbox.Has(Trait.ExpiredToken))
        {
            return errors.Make(StatusCodes.Status401Unauthorized, "Bad credentials");
        }

        string path = call.Http.Request.Path.Value!;
        bool isFree = path.EndsWith("/rate_limit", StringComparison.Ordinal);
        if (!isFree)
        {
            _used++;
        }

        Announce(call.Http.Response.Headers);
        if (sandbox.Has(Trait.RateLimited) && !isFree)
        {
            // The primary limit: 403 with nothing remaining and no Retry-After.
            return errors.Make(StatusCodes.Status403Forbidden, "API rate limit exceeded for user ID 4242.");
        }

        return call.BodyIsMalformed ? errors.Make(StatusCodes.Status400BadRequest, "Problems parsing JSON")
            : sandbox.Has(Trait.NarrowToken) && !isFree && !path.EndsWith("/user", StringComparison.Ordinal) ? errors.Make(StatusCodes.Status403Forbidden, "Resource not accessible by personal access token")
            : null;
    }

    private void Announce(IHeaderDictionary headers)
    {
        headers["x-ratelimit-limit"] = Limit.ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-remaining"] = (Limit - Used).ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-used"] = Used.ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-reset"] = Reset.ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-resource"] = "core";
        headers["x-github-api-version-selected"] = "2022-11-28";
        headers["x-github-request-id"] = Guid.NewGuid().ToString("N")[..20].ToUpperInvariant();
        if (sandbox.Has(Trait.BroadToken))
        {
            // Only classic tokens, which reach every repository of their owner, name their scopes.
            headers["x-oauth-scopes"] = "admin:org, delete_repo, repo, workflow";
            headers["x-accepted-oauth-scopes"] = "repo";
        }
        else
        {
            headers["github-authentication-token-expiration"] = sandbox.Time.GetUtcNow().AddDays(60).ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
            headers["x-accepted-github-permissions"] = "metadata=read";
        }
    }
}
