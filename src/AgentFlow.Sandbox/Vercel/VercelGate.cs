using System.Globalization;
using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Hosting;
using AgentFlow.Sandbox.Scenarios;

namespace AgentFlow.Sandbox.Vercel;

/// <summary>What Vercel checks before any operation: credential, scope, rate limit, team.</summary>
internal sealed class VercelGate(SandboxState sandbox, VercelErrors errors)
{
    private const int Limit = 2000;
    private const int RetrySeconds = 30;

    private int _used;

    /// <summary>Null lets the call pass.</summary>
    public Answer? Check(Call call)
    {
        if (call.Token is null)
        {
            bool sent = call.Http.Request.Headers.Authorization.Count > 0;
            return errors.Make(StatusCodes.Status401Unauthorized, "forbidden", "Not authorized", sent ? "invalidToken" : "missingToken");
        }

        if (sandbox.Has(Trait.ExpiredToken))
        {
            // Vercel answers 403, not 401, to a token that was valid once; only the flag tells it from a missing permission.
            return errors.Forbidden("Not authorized", "invalidToken");
        }

        int left = Math.Max(0, Limit - Interlocked.Increment(ref _used));
        bool isLimited = sandbox.Has(Trait.RateLimited);
        long reset = sandbox.Time.GetUtcNow().ToUnixTimeSeconds() + RetrySeconds;
        IHeaderDictionary headers = call.Http.Response.Headers;
        headers["x-ratelimit-limit"] = Limit.ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-remaining"] = (isLimited ? 0 : left).ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-reset"] = reset.ToString(CultureInfo.InvariantCulture);
        if (isLimited)
        {
            return TooMany(reset, headers);
        }

        if (call.BodyIsMalformed)
        {
            return errors.Make(StatusCodes.Status400BadRequest, "bad_request", "Invalid JSON");
        }

        if (call.Query("teamId") is { Length: > 0 } team && team != VercelState.TeamId)
        {
            return errors.Forbidden($"Not authorized: Trying to access resource under scope \"{team}\". You must re-authenticate to this scope or use a token with access to this scope.");
        }

        if (call.Query("slug") is { Length: > 0 } slug && slug != VercelState.TeamSlug)
        {
            return errors.Forbidden($"Not authorized: Trying to access resource under scope \"{slug}\". You must re-authenticate to this scope or use a token with access to this scope.");
        }

        return sandbox.Has(Trait.NarrowToken) && !call.Http.Request.Path.Value!.StartsWith("/vercel/v2/user", StringComparison.Ordinal)
            ? errors.Forbidden("You don't have permission to access this resource.")
            : null;
    }

    /// <summary>Whether the call speaks for the team; without a scope Vercel looks in the personal account, which is empty here.</summary>
    public static bool IsTeam(Call call) => call.Query("teamId") == VercelState.TeamId || call.Query("slug") == VercelState.TeamSlug;

    private Answer TooMany(long reset, IHeaderDictionary headers)
    {
        headers.RetryAfter = RetrySeconds.ToString(CultureInfo.InvariantCulture);
        Answer answer = errors.Make(StatusCodes.Status429TooManyRequests, "rate_limited", $"The rate limit of {Limit} exceeded for 'api-general'. Try again in {RetrySeconds} seconds");
        answer.Body!["error"]!["limit"] = new JsonObject { ["remaining"] = 0, ["reset"] = reset, ["resetMs"] = reset * 1000, ["total"] = Limit };
        return answer;
    }
}
