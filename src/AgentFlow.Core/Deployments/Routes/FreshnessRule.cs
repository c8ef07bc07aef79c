using System.Globalization;
using AgentFlow.Checks;

namespace AgentFlow.Deployments.Routes;

/// <summary>AFD027: nothing is served that was made before the deployment existed.</summary>
internal static class FreshnessRule
{
    private static readonly TimeSpan s_clockMargin = TimeSpan.FromSeconds(30);

    /// <summary>What is wrong with the age of one answer; null when nothing is.</summary>
    public static CheckFinding? Judge(RouteFacts facts, DateTimeOffset? deploymentCreated, DateTimeOffset now)
    {
        RouteAnswer answer = facts.Answer;
        if (facts.Platform is not null)
        {
            return null;
        }

        string? cache = answer.Header("x-vercel-cache") ?? answer.Header("x-nextjs-cache") ?? answer.Header("cf-cache-status");
        bool hasAge = long.TryParse(answer.Header("age"), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && seconds < int.MaxValue;
        if (hasAge && deploymentCreated is { } created && now - TimeSpan.FromSeconds(seconds) + s_clockMargin < created)
        {
            return CheckFinding.Fail(
                "The answer is from a cache and older than the deployment.",
                $"made after {created.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z",
                $"age {seconds} s{(cache is null ? string.Empty : $", cache {RouteTrail.Shown(cache)}")}",
                "Purge the cache in front of the deployment; Vercel's own begins empty with each deployment.");
        }

        return string.Equals(cache, "STALE", StringComparison.OrdinalIgnoreCase)
            ? CheckFinding.Warn("The answer was stale; it is renewed in the background.", "Ask again; if it stays stale, see the function that renders it.") with { Actual = hasAge ? $"STALE, age {seconds} s" : "STALE" }
            : null;
    }
}
