using AgentFlow.Checks;

namespace AgentFlow.Deployments.Routes;

/// <summary>AFD024: a page that answers with success is the page, not an error, a missing page or the sign-in page in its place.</summary>
internal static class PageRule
{
    private const string SeeLog = "See the function log of the deployment at the time of this check, and answer errors with their status.";
    private const string SeeBuild = "See whether the build produced the route; a missing page must answer 404 (notFound() before anything is streamed).";

    /// <summary>What is wrong with the page; null when it is what it claims, or claims nothing. <paramref name="unknown"/> and <paramref name="signIn"/> are the pages it must not be.</summary>
    public static CheckFinding? Judge(RouteFacts facts, RouteAnswer? unknown, RouteFacts? signIn)
    {
        RouteAnswer answer = facts.Answer;
        if (facts.Platform is not null || answer.Status is < 200 or >= 300 || facts.Route.RedirectTo is not null)
        {
            return null;
        }

        if (WrongType(facts.Route.Path, answer) is { } wrong)
        {
            return wrong;
        }

        if (string.IsNullOrWhiteSpace(answer.Body) || facts.Page is not { } page)
        {
            return Fail("The answer is empty.", "a page", $"{answer.Status}, no text", SeeLog);
        }

        return OfFramework(facts, page) ?? OfWords(answer, page) ?? OfEmptiness(answer, page) ?? OfLikeness(facts, page, unknown, signIn) ?? OfContent(facts, answer, page);
    }

    /// <summary>404, 500 or the like when the page is an error page, whatever its status says; null when it is none.</summary>
    public static int? ErrorIn(PageReading page)
    {
        bool missing = page.NextError == "not-found" || page.PagesRouterError == 404 || page.Digests.Any(digest => digest is "NEXT_NOT_FOUND" or "NEXT_HTTP_ERROR_FALLBACK;404");
        return missing ? 404
            : Fallback(page) ?? page.PagesRouterError ?? (page.IsNextErrorDocument && !page.Digests.Any(IsRedirect) ? 500 : ErrorWords.Of(page));
    }

    private static CheckFinding? OfFramework(RouteFacts facts, PageReading page)
    {
        string? onward = page.Refresh;
        if (page.Digests.FirstOrDefault(IsRedirect) is { } digest)
        {
            // NEXT_REDIRECT;replace;/login;307;
            onward ??= digest.Split(';') is { Length: >= 3 } parts ? parts[2] : null;
        }

        if (onward is not null && BrowserAddress.Resolve(facts.Uri, onward) is { } target && !(target.Kind == BrowserTargetKind.Same && AnswerRule.SamePath(target.Uri!.AbsolutePath, facts.Route.Path)))
        {
            string where = target.Kind == BrowserTargetKind.Same ? target.Uri!.AbsolutePath : target.ToString();
            return Fail("The page sends the browser on by itself.", "a page", $"{facts.Answer.Status}, then {RouteTrail.Shown(where)}", "Redirect with a status before anything is rendered, or set redirectTo of this route in agentflow.json.");
        }

        return null;
    }

    private static CheckFinding? OfWords(RouteAnswer answer, PageReading page) => ErrorIn(page) switch
    {
        null => null,
        404 or 410 => Fail($"It answered {answer.Status} with a page that says it does not exist (soft 404).", "a page", $"{answer.Status}, a not-found page", SeeBuild),
        >= 500 => Fail($"It answered {answer.Status} with the page of a server error.", "a page", $"{answer.Status}, an error page", SeeLog),
        { } code => Fail($"It answered {answer.Status} with a page that says {code}.", "a page", $"{answer.Status}, an error page", SeeLog),
    };

    private static CheckFinding? OfEmptiness(RouteAnswer answer, PageReading page) => page.Text.Length > 0 ? null
        : page.HasScripts || page.Scripts.Count > 0
            ? CheckFinding.Warn("The page holds no text until its scripts run, so what it shows cannot be judged.", "Render the page on the server.")
            : Fail("The page holds no text.", "a page", $"{answer.Status}, no text", SeeLog);

    private static CheckFinding? OfLikeness(RouteFacts facts, PageReading page, RouteAnswer? unknown, RouteFacts? signIn)
    {
        // A site that answers unknown addresses with its start page has a fault of its own (AFD029), but the start page is what it is.
        bool startPage = facts.Route.Path == "/" && unknown?.Status is >= 200 and < 300;
        if (unknown is { Body.Length: > 0 } && !startPage && !RouteTrail.IsRedirectStatus(unknown.Status) && PlatformPages.Recognise(unknown) is null && Alike(page, PageReading.Of(unknown.Body)))
        {
            return Fail("It answers with the same page as an address that does not exist (soft 404).", "a page of its own", What(facts.Answer), SeeBuild);
        }

        if (signIn?.Page is { } login && signIn.Route.Path != facts.Route.Path && Alike(page, login))
        {
            return IsSignUpPath(facts.Route.Path)
                ? CheckFinding.Warn("It answers with the same page as sign-in.", "Make sure that visitors can sign up there.")
                : Fail("It answers with the sign-in page in place of the public page.", "a page of its own", What(facts.Answer), "Exclude the route from the middleware's matcher.");
        }

        return null;
    }

    private static CheckFinding? OfContent(RouteFacts facts, RouteAnswer answer, PageReading page)
    {
        if (facts.Route.Contains is not { Length: > 0 } wanted
            || page.Text.Contains(wanted, StringComparison.Ordinal) || page.Title.Contains(wanted, StringComparison.Ordinal) || answer.Body.Contains(wanted, StringComparison.Ordinal))
        {
            return null;
        }

        return answer.BodyTruncated
            ? CheckFinding.Inconclusive($"The expected text is not in the first {RouteAnswer.BodyLimit / 1024} KB of the page.", "Expect a text that stands earlier in the page.")
            : Fail("The expected text is not on the page.", $"text '{RouteTrail.Shown(wanted)}'", What(answer), "See what the page shows instead; correct contains of this route in agentflow.json if the text has changed.");
    }

    private static CheckFinding? WrongType(string path, RouteAnswer answer)
    {
        // Files and API routes have types of their own.
        string last = path[(path.LastIndexOf('/') + 1)..];
        if (last.Contains('.', StringComparison.Ordinal) || path.StartsWith("/api/", StringComparison.Ordinal) || answer.ContentType is "text/html" or "application/xhtml+xml")
        {
            return null;
        }

        return answer.ContentType is null && answer.Body.AsSpan().TrimStart().StartsWith("<", StringComparison.Ordinal)
            ? CheckFinding.Warn("The page does not say its content type.", "Send Content-Type: text/html.")
            : Fail("The answer is not a page.", "text/html", answer.ContentType ?? "no content type", "See what handles the route.");
    }

    private static bool Alike(PageReading left, PageReading right) => left.Title == right.Title && left.Heading == right.Heading && left.Text.Length > 0 && PageLikeness.Of(left.Text, right.Text) >= PageLikeness.SamePage;

    private static int? Fallback(PageReading page)
    {
        const string Prefix = "NEXT_HTTP_ERROR_FALLBACK;";
        return page.Digests.FirstOrDefault(digest => digest.StartsWith(Prefix, StringComparison.Ordinal)) is { } digest && int.TryParse(digest.AsSpan(Prefix.Length), out int code) ? code : null;
    }

    private static bool IsRedirect(string digest) => digest.StartsWith("NEXT_REDIRECT", StringComparison.Ordinal);

    private static bool IsSignUpPath(string path) => path.ToLowerInvariant() is { } lower && (lower.Contains("sign", StringComparison.Ordinal) || lower.Contains("regist", StringComparison.Ordinal) || lower.Contains("join", StringComparison.Ordinal) || lower.Contains("auth", StringComparison.Ordinal));

    // The page's own words stay out of records: nobody knows what they hold.
    private static string What(RouteAnswer answer) => $"{answer.Status}, another page";

    private static CheckFinding Fail(string reason, string expected, string actual, string fix) => CheckFinding.Fail(reason, expected, actual, fix);
}
