namespace AgentFlow.Deployments.Routes;

/// <summary>Recognises error pages by what they call themselves: in the title, in the main heading, or as all that they say.</summary>
internal static class ErrorWords
{
    private const int ShortText = 160;

    // An error page is short; a guide about errors is not.
    private const int LongestErrorPage = 4000;
    private const int WordsAround = 3;

    private static readonly string[] s_missing =
    [
        "page not found", "page could not be found", "page cannot be found", "page can't be found", "page can’t be found", "page doesn't exist", "page doesn’t exist", "page does not exist",
        "couldn't find that page", "couldn’t find that page", "nothing to see here", "resource not found",
    ];

    private static readonly string[] s_broken =
    [
        "internal server error", "application error", "something went wrong", "server error", "bad gateway", "gateway timeout", "service unavailable", "an error occurred", "an error has occurred",
        "unexpected error", "unhandled runtime error", "this function has crashed",
    ];

    /// <summary>404, 500 or the like when the page calls itself so; null when it does not.</summary>
    public static int? Of(PageReading page)
    {
        if (page.Text.Length <= LongestErrorPage && (OfLine(page.Title) ?? OfLine(page.Heading)) is { } called)
        {
            return called;
        }

        // Next.js draws this sentence in place of the whole page, without a main heading.
        return page.Text.StartsWith("Application error: a ", StringComparison.Ordinal) ? 500
            : page.Text.Length is > 0 and <= ShortText ? OfLine(page.Text) : null;
    }

    private static int? OfLine(string line)
    {
        string text = line.Trim().ToLowerInvariant();
        if (text.Length >= 3 && int.TryParse(text.AsSpan(0, 3), out int code) && code is 400 or 401 or 403 or 404 or 410 or (>= 500 and <= 511)
            && (text.Length == 3 || (!char.IsLetterOrDigit(text[3]) && IsStatusLine(text.AsSpan(3)))))
        {
            return code;
        }

        foreach (string part in text.Split(['|', '–', '—', '·', ':'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).SelectMany(part => part.Split(" - ")))
        {
            string said = part.Trim(' ', '.', '!', '?', '"', '…');
            if (said is "not found" or "error 404" || s_missing.Any(words => Says(said, words)))
            {
                return 404;
            }

            if (said is "error" or "error 500" || s_broken.Any(words => Says(said, words)))
            {
                return 500;
            }
        }

        return null;
    }

    // The phrase opens or closes the part, with few words around it: "Oops, something went wrong" is an error page, "Why an internal server error is not your fault" is an article.
    private static bool Says(string part, string phrase)
    {
        bool opens = part.StartsWith(phrase, StringComparison.Ordinal) && (part.Length == phrase.Length || !char.IsLetterOrDigit(part[phrase.Length]));
        bool closes = part.EndsWith(phrase, StringComparison.Ordinal) && (part.Length == phrase.Length || !char.IsLetterOrDigit(part[^(phrase.Length + 1)]));
        return (opens || closes) && part.Count(c => c == ' ') - phrase.Count(c => c == ' ') <= WordsAround;
    }

    // "404", "404: …", "500 - …", "404 | Site", "404 Not Found"; not "500 customers".
    private static bool IsStatusLine(ReadOnlySpan<char> rest)
    {
        ReadOnlySpan<char> after = rest.TrimStart();
        return after.IsEmpty || !char.IsLetterOrDigit(after[0]) || after.StartsWith("not found") || after.StartsWith("error") || after.StartsWith("internal") || after.StartsWith("bad gateway")
            || after.StartsWith("service") || after.StartsWith("forbidden") || after.StartsWith("gone") || after.StartsWith("gateway") || after.StartsWith("unauthorized") || after.StartsWith("page");
    }
}
