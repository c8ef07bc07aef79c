using AgentFlow.Checks;

namespace AgentFlow.Deployments.Routes;

/// <summary>AFD025: the alias answers what the immutable address answers.</summary>
internal static class AliasRule
{
    /// <summary>How one route differs; null when it does not, or cannot be compared.</summary>
    public static CheckFinding? Difference(RouteFacts immutable, RouteFacts alias)
    {
        (string Name, string? Left, string? Right)[] sides =
        [
            ("status", $"{immutable.Answer.Status}", $"{alias.Answer.Status}"),
            ("redirect", Where(immutable), Where(alias)),
            ("content type", immutable.Answer.ContentType, alias.Answer.ContentType),
            ("title", immutable.Page?.Title, alias.Page?.Title),
        ];
        (string Name, string? Left, string? Right)[] differing = [.. sides.Where(side => side.Left != side.Right)];
        return differing.Length == 0
            ? null
            : CheckFinding.Fail(
                $"The alias answers with another {string.Join(", ", differing.Select(side => side.Name))} than the immutable address.",
                string.Join(", ", differing.Select(side => Said(side.Name, side.Left))),
                string.Join(", ", differing.Select(side => Said(side.Name, side.Right))),
                "See whether the alias points at this deployment and what stands in front of it (redirects, rewrites, another CDN).");
    }

    /// <summary>True when an answer of the platform or of another build makes the comparison meaningless.</summary>
    public static bool IsHidden(RouteFacts facts) => facts.Platform is { Kind: not PlatformPageKind.Error };

    // Hosts differ by nature, also in a way back that names its own; path and query do not.
    private static string? Where(RouteFacts facts) => !facts.Trail.IsRedirect || facts.Answer.Location is not { } location ? null
        : BrowserAddress.Resolve(facts.Uri, location) is { Kind: BrowserTargetKind.Same, Uri: { } next }
            ? LocationText.Of(facts.Uri, next.PathAndQuery).Replace($"{facts.Uri.Scheme}://{facts.Uri.IdnHost}", string.Empty, StringComparison.OrdinalIgnoreCase)
            : LocationText.Of(facts.Uri, location);

    // A title is the page's own text; that it differs is enough.
    private static string Said(string name, string? text) => text is null ? $"no {name}" : name == "title" ? "another title" : RouteTrail.Shown(text);
}
