using AgentFlow.Checks;
using AgentFlow.Faults;

namespace AgentFlow.Deployments.Routes;

/// <summary>AFD023: forged return addresses, sent to the sign-in page, to protected routes and in the path itself, lead nowhere else.</summary>
internal sealed class OpenRedirectProbe(RouteSession session, Uri origin)
{
    private const string Fix = "Accept a return address only when it is a path: it begins with one slash, the next character is neither a slash nor a backslash, and it resolves to the own origin; otherwise go to a fixed page.";

    /// <summary>Sends everything at once and judges what comes back.</summary>
    public async Task<CheckFinding> RunAsync(IReadOnlyList<RouteExpectation> signInRoutes, string? signInPath)
    {
        List<Task<Verdict>> probes = [];
        foreach (ForgedReturn forged in signInPath is null ? [] : ForgedReturn.All(origin))
        {
            probes.Add(ProbeAsync(forged.Shape, forged.Value, new Uri(origin, $"{signInPath}?{Query(forged.Value, signInRoutes)}")));
        }

        foreach (RouteExpectation route in signInRoutes)
        {
            string value = $"https://{ForgedReturn.Host}/";
            probes.Add(ProbeAsync($"https://other at {route.Path}", value, new Uri(origin, $"{route.Path}?{Query(value, signInRoutes)}")));
        }

        string root = origin.GetLeftPart(UriPartial.Authority);
        foreach (string path in new[] { $"//{ForgedReturn.Host}/", $"/%5C{ForgedReturn.Host}/", $"/%2F{ForgedReturn.Host}/" })
        {
            probes.Add(ProbeAsync($"the path {path}", $"https://{ForgedReturn.Host}/", new Uri(root + path)));
        }

        Verdict[] verdicts = await Task.WhenAll(probes).ConfigureAwait(false);
        return Sum(verdicts) with { Attempts = verdicts.Sum(verdict => verdict.Attempts) };
    }

    private static CheckFinding Sum(Verdict[] verdicts)
    {
        Verdict[] leaving = [.. verdicts.Where(verdict => verdict.Kind == VerdictKind.Leaves)];
        if (leaving.Length > 0)
        {
            return CheckFinding.Fail(
                $"{leaving.Length} of {verdicts.Length} forged return addresses are followed off the site ({leaving[0].How}).", "none is followed", string.Join("; ", leaving.Select(verdict => verdict.Shape).Take(6)), Fix);
        }

        Verdict[] hidden = [.. verdicts.Where(verdict => verdict.Kind == VerdictKind.Unanswered)];
        if (hidden.Length > 0)
        {
            return CheckFinding.Inconclusive(
                $"{hidden.Length} of {verdicts.Length} forged return addresses got no answer from the app ({hidden[0].How}).", hidden[0].Remedy ?? "Run the check again when the app answers.");
        }

        Verdict[] carried = [.. verdicts.Where(verdict => verdict.Kind == VerdictKind.Carried)];
        if (carried.Length > 0)
        {
            return CheckFinding.Warn(
                $"{carried.Length} of {verdicts.Length} forged return addresses are carried on unchecked ({carried[0].How}); whether they are followed after sign-in cannot be seen from outside.", Fix)
                with { Actual = string.Join("; ", carried.Select(verdict => verdict.Shape).Take(6)) };
        }

        return CheckFinding.Pass($"None of {verdicts.Length} forged return addresses is followed.");
    }

    private async Task<Verdict> ProbeAsync(string shape, string value, Uri uri)
    {
        RouteTrail trail;
        try
        {
            trail = await session.FollowAsync(uri).ConfigureAwait(false);
        }
        catch (AfFaultException fault)
        {
            return new(shape, VerdictKind.Unanswered, fault.Message.TrimEnd('.'), 1, fault.Fix);
        }

        int attempts = trail.Answers.Sum(answer => answer.Attempts);
        if (trail.End is TrailEnd.OffSite)
        {
            return new(shape, VerdictKind.Leaves, $"redirect to {trail.Beyond}", attempts);
        }

        RouteAnswer last = trail.Last;
        if (PlatformPages.Recognise(last) is { Kind: not PlatformPageKind.Error } platform)
        {
            return new(shape, VerdictKind.Unanswered, PlatformPages.Describe(platform), attempts, PlatformPages.Fix(platform, last.BypassSent));
        }

        if (last.Status == 429)
        {
            return new(shape, VerdictKind.Unanswered, "429", attempts, "Wait a minute, then run the check again.");
        }

        // A protected route that makes what it was sent the way back hands it to sign-in with its own authority.
        RouteAnswer? redirect = trail.Answers.FirstOrDefault(answer => RouteTrail.IsRedirectStatus(answer.Status));
        if (redirect?.Location is { } location && !RouteFacts.IsSignInPath(uri.AbsolutePath)
            && BrowserAddress.Resolve(redirect.Uri, location) is { Kind: BrowserTargetKind.Same, Uri: { } next } && CarriesForeign(next))
        {
            return new(shape, VerdictKind.Carried, $"handed on to {RouteTrail.Shown(next.AbsolutePath)}", attempts);
        }

        return last.Status is >= 200 and < 300 && last.Body.Length > 0 ? OfPage(shape, value, last, attempts) : new(shape, VerdictKind.Refused, $"{last.Status}", attempts);
    }

    private Verdict OfPage(string shape, string value, RouteAnswer answer, int attempts)
    {
        PageReading page = PageReading.Of(answer.Body);
        string? onward = page.Refresh ?? PageReading.RefreshTarget(answer.Header("refresh"));
        if (onward is not null && Leaves(answer.Uri, onward))
        {
            return new(shape, VerdictKind.Leaves, "the page sends the browser there by itself", attempts);
        }

        if (page.Digests.Any(digest => digest.StartsWith("NEXT_REDIRECT", StringComparison.Ordinal) && digest.Split(';') is { Length: >= 3 } parts && Leaves(answer.Uri, parts[2]))
            || page.Scripts.Any(script => IsAssigned(script, value)))
        {
            return new(shape, VerdictKind.Leaves, "a script on the page sends the browser there", attempts);
        }

        if (page.Links.Any(link => LeadsToForged(answer.Uri, link)))
        {
            return new(shape, VerdictKind.Leaves, "a link or form on the page leads there", attempts);
        }

        return page.HiddenValues.Any(hidden => hidden == value && ReturnPath.Judge(origin, hidden).Kind == ReturnPathKind.Foreign)
            ? new(shape, VerdictKind.Carried, "a form carries it on", attempts)
            : new(shape, VerdictKind.Refused, "the page does not use it", attempts);
    }

    private bool Leaves(Uri page, string address) => BrowserAddress.Resolve(page, address) is { Kind: BrowserTargetKind.NotHttp or BrowserTargetKind.Foreign } target && !(target.Uri is { } uri && session.IsOwn(uri));

    private static bool LeadsToForged(Uri page, string address) => BrowserAddress.Resolve(page, address) switch
    {
        { Kind: BrowserTargetKind.Foreign, Host: { } host } => host.EndsWith(ForgedReturn.Host, StringComparison.Ordinal),
        { Kind: BrowserTargetKind.NotHttp } => address.Contains("attacker", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    // location = "…", location.href = "…", location.replace("…"), right before the forged value.
    private static bool IsAssigned(string script, string value)
    {
        const int Near = 24;
        for (int at = script.IndexOf(value, StringComparison.Ordinal); at > 0; at = script.IndexOf(value, at + 1, StringComparison.Ordinal))
        {
            ReadOnlySpan<char> before = script.AsSpan(Math.Max(0, at - Near), Math.Min(at, Near));
            int location = before.LastIndexOf("location", StringComparison.Ordinal);
            if (location >= 0 && before[location..].IndexOfAny(';', ',') < 0 && before[location..].IndexOfAny('=', '(') > 0)
            {
                return true;
            }
        }

        return false;
    }

    private bool CarriesForeign(Uri uri) => QueryString.Parse(uri.Query)
        .Any(pair => ReturnPath.UsualNames.Contains(pair.Key, StringComparer.OrdinalIgnoreCase) && ReturnPath.Judge(origin, pair.Value).Kind == ReturnPathKind.Foreign);

    private static string Query(string value, IReadOnlyList<RouteExpectation> routes)
    {
        IEnumerable<string> names = routes.Select(route => route.ReturnParameter).OfType<string>().Concat(ReturnPath.UsualNames).Distinct(StringComparer.Ordinal);
        string escaped = Uri.EscapeDataString(value);
        return string.Join('&', names.Select(name => $"{name}={escaped}"));
    }

    private enum VerdictKind
    {
        Refused,
        Carried,
        Unanswered,
        Leaves,
    }

    private sealed record Verdict(string Shape, VerdictKind Kind, string How, int Attempts, string? Remedy = null);
}
