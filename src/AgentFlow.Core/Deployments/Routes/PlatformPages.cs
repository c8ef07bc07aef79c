namespace AgentFlow.Deployments.Routes;

/// <summary>Recognises answers that Vercel gives in the application's place (vercel.com/docs/errors, /docs/deployment-protection, /docs/vercel-firewall).</summary>
public static class PlatformPages
{
    /// <summary>What the platform put there; null when the application answered.</summary>
    public static PlatformPage? Recognise(RouteAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (answer.Header("x-vercel-mitigated") is { } mitigated)
        {
            return new(PlatformPageKind.Challenge, mitigated.ToUpperInvariant());
        }

        if (IsProtection(answer))
        {
            return new(PlatformPageKind.Protection);
        }

        if (answer.Header("x-vercel-error") is { Length: > 0 } code)
        {
            return new(PlatformPageKind.Error, Code(code));
        }

        // Older edges put the code into the text alone, on a line of its own.
        return answer.Status >= 400 && IsVercel(answer) && answer.ContentType is "text/plain" or "text/html" && FindCode(answer.Body) is { } found
            ? new(PlatformPageKind.Error, found)
            : null;
    }

    /// <summary>What an operator does about it.</summary>
    public static string Fix(PlatformPage page, bool bypassSent) => page.Kind switch
    {
        PlatformPageKind.Protection when bypassSent =>
            "The bypass was sent and not accepted: make a new one (Vercel project settings, Deployment Protection, Protection Bypass for Automation) and update the secret that vercel.protectionBypass refers to.",
        PlatformPageKind.Protection =>
            "Make a bypass (Vercel project settings, Deployment Protection, Protection Bypass for Automation) and name it in agentflow.json as vercel.protectionBypass (env:NAME, vault:NAME or file:PATH).",
        PlatformPageKind.Challenge => "Let this machine through: a firewall rule for its address, or a protection bypass (vercel.protectionBypass); or turn attack challenge mode off when the attack is over.",
        _ => page.Code switch
        {
            "DEPLOYMENT_NOT_FOUND" or "DEPLOYMENT_DELETED" => "The address points at no deployment: check the alias in Vercel, and deploy or promote again.",
            "DEPLOYMENT_PAUSED" => "The project is paused: resume it in Vercel (project settings) before anything else.",
            "DEPLOYMENT_DISABLED" or "DEPLOYMENT_BLOCKED" => "Vercel has switched the deployment off: see the team's billing and notices in the dashboard.",
            "DEPLOYMENT_NOT_READY_REDIRECTING" => "The build is not finished: wait for it with Wait-AfDeployment.",
            "NOT_FOUND" => "The deployment has no such page: see whether its build produced the route.",
            "INFINITE_LOOP_DETECTED" => "The app calls itself without end: see its rewrites and middleware.",
            { } code when code.StartsWith("DNS_", StringComparison.Ordinal) || code.StartsWith("ROUTER_", StringComparison.Ordinal) => "A rewrite leads to a host that cannot be reached: see vercel.json and its destination.",
            _ => "See the function log of the deployment at the time of this check.",
        },
    };

    /// <summary>One sentence about it.</summary>
    public static string Describe(PlatformPage page) => page.Kind switch
    {
        PlatformPageKind.Protection => "Deployment Protection answered in the app's place",
        PlatformPageKind.Challenge => $"Vercel's firewall answered in the app's place ({page.Code})",
        _ => $"Vercel answered in the app's place: {page.Code}",
    };

    private static bool IsProtection(RouteAnswer answer)
    {
        if (answer.Status is >= 300 and < 400)
        {
            return answer.Location is { } location && BrowserAddress.Resolve(answer.Uri, location) is { Host: "vercel.com", Uri: { } uri }
                && (uri.AbsolutePath.StartsWith("/sso-api", StringComparison.Ordinal) || uri.AbsolutePath.StartsWith("/sso/", StringComparison.Ordinal) || uri.AbsolutePath.StartsWith("/login", StringComparison.Ordinal));
        }

        if (answer.Status is not (401 or 403))
        {
            return false;
        }

        return answer.CookieNames.Any(name => name.StartsWith("_vercel_sso", StringComparison.Ordinal) || name.StartsWith("_vercel_password", StringComparison.Ordinal))
            || (IsVercel(answer) && (answer.Body.Contains("vercel.com/sso-api", StringComparison.Ordinal) || answer.Body.Contains("_vercel_password", StringComparison.Ordinal)
                || PageReading.Of(answer.Body) is { } page && (page.Title.Contains("Authentication Required", StringComparison.OrdinalIgnoreCase) || (page.AsksForPassword && page.Text.Contains("protected", StringComparison.OrdinalIgnoreCase)))));
    }

    private static bool IsVercel(RouteAnswer answer) =>
        string.Equals(answer.Header("server"), "Vercel", StringComparison.OrdinalIgnoreCase) || answer.Header("x-vercel-id") is not null;

    private static string? FindCode(string body)
    {
        foreach (ReadOnlySpan<char> line in body.AsSpan(0, Math.Min(body.Length, 4096)).EnumerateLines())
        {
            ReadOnlySpan<char> text = line.Trim();
            text = text.StartsWith("Code:", StringComparison.Ordinal) ? text[5..].Trim().Trim('`') : text;
            if (text.Length is > 5 and < 60 && text.Contains('_') && IsCode(text))
            {
                return text.ToString();
            }
        }

        return null;
    }

    private static bool IsCode(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiLetterUpper(c) && c != '_')
            {
                return false;
            }
        }

        return true;
    }

    // A header is a stranger's text; only what looks like a code is passed on.
    private static string Code(string header)
    {
        string code = header.Trim();
        return code.Length < 60 && IsCode(code) ? code : "UNKNOWN";
    }
}
