using System.Globalization;
using System.Text;

namespace AgentFlow.Deployments.Routes;

/// <summary>
/// Reads addresses the way browsers do (WHATWG URL), because that is who follows a redirect: tabs and line ends vanish, backslashes are
/// slashes, <c>//host</c>, <c>/\host</c> and <c>https:/\host</c> leave the site, <c>user@</c> is no host. What is not certainly the same host is foreign.
/// </summary>
internal static class BrowserAddress
{
    // C0 controls and the space, which browsers strip from both ends.
    private static readonly string s_controls = string.Concat(Enumerable.Range(0, 0x21).Select(code => (char)code));

    /// <summary>Where <paramref name="text"/> leads from a page at <paramref name="page"/>.</summary>
    public static BrowserTarget Resolve(Uri page, string text)
    {
        string clean = Clean(text);
        int colon = SchemeLength(clean);
        string scheme = colon > 0 ? clean[..colon].ToLowerInvariant() : page.Scheme;
        ReadOnlySpan<char> rest = colon > 0 ? clean.AsSpan(colon + 1) : clean;
        if (colon > 0 && scheme is not ("http" or "https"))
        {
            // ftp and the web socket schemes have hosts, but no browser stays on a page through them either.
            return new(BrowserTargetKind.NotHttp, scheme, null, null, true);
        }

        // A scheme equal to the page's without two slashes is relative (https:path), with any mix of slashes it is an authority.
        bool sameScheme = colon <= 0 || scheme == page.Scheme;
        int slashes = LeadingSlashes(rest);
        bool hasAuthority = slashes >= 2 || (colon > 0 && !sameScheme);
        if (!hasAuthority)
        {
            return Relative(page, rest);
        }

        ReadOnlySpan<char> after = rest[slashes..];
        int end = after.IndexOfAny("/\\?#");
        ReadOnlySpan<char> authority = end < 0 ? after : after[..end];
        ReadOnlySpan<char> tail = end < 0 ? [] : after[end..];
        return Absolute(page, scheme, authority, tail);
    }

    private static BrowserTarget Relative(Uri page, ReadOnlySpan<char> rest)
    {
        string path = Slashes(rest);
        return Uri.TryCreate(page, path.Length == 0 ? page.PathAndQuery : path, out Uri? uri) && DeploymentOrigin.Same(uri, page)
            ? new(BrowserTargetKind.Same, page.Scheme, page.IdnHost, uri, false)
            : new(BrowserTargetKind.Malformed, page.Scheme, null, null, false);
    }

    private static BrowserTarget Absolute(Uri page, string scheme, ReadOnlySpan<char> authority, ReadOnlySpan<char> tail)
    {
        int at = authority.LastIndexOf('@');
        ReadOnlySpan<char> hostAndPort = at < 0 ? authority : authority[(at + 1)..];
        int portAt = hostAndPort.Length > 0 && hostAndPort[^1] == ']' ? -1 : hostAndPort.LastIndexOf(':');
        ReadOnlySpan<char> portText = portAt < 0 ? [] : hostAndPort[(portAt + 1)..];
        string host = Host(portAt < 0 ? hostAndPort : hostAndPort[..portAt]);
        int port = scheme == "https" ? 443 : 80;
        if (host.Length == 0 || (portText.Length > 0 && !int.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out port)))
        {
            return new(BrowserTargetKind.Malformed, scheme, null, null, true);
        }

        string path = Slashes(tail);
        string authorityText = (at >= 0 ? "user@" : string.Empty) + (host.Contains(':', StringComparison.Ordinal) && host[0] != '[' ? $"[{host}]" : host);
        bool isUri = Uri.TryCreate(string.Create(CultureInfo.InvariantCulture, $"{scheme}://{authorityText}:{port}{(path.StartsWith('/') ? path : "/" + path)}"), UriKind.Absolute, out Uri? uri);
        bool sameHost = host.Equals(page.IdnHost, StringComparison.OrdinalIgnoreCase) || host.Equals(page.Host, StringComparison.OrdinalIgnoreCase);

        // User information before the host serves no honest redirect, and the two readers of such an address often disagree.
        BrowserTargetKind kind = !sameHost || at >= 0 ? BrowserTargetKind.Foreign
            : scheme == page.Scheme ? (port == page.Port ? BrowserTargetKind.Same : BrowserTargetKind.Foreign)
            : scheme == "http" ? BrowserTargetKind.Downgrade
            : page.IsDefaultPort && port == 443 ? BrowserTargetKind.Upgrade : BrowserTargetKind.Foreign;
        return new(kind, scheme, host, isUri ? uri : null, true);
    }

    private static string Clean(string text)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan().TrimStart(s_controls).TrimEnd(s_controls);
        if (!trimmed.ContainsAny('\t', '\r', '\n'))
        {
            return trimmed.ToString();
        }

        StringBuilder kept = new(trimmed.Length);
        foreach (char c in trimmed)
        {
            if (c is not ('\t' or '\r' or '\n'))
            {
                kept.Append(c);
            }
        }

        return kept.ToString();
    }

    // Length of the scheme before its colon; 0 when the text has none.
    private static int SchemeLength(string text)
    {
        if (text.Length == 0 || !char.IsAsciiLetter(text[0]))
        {
            return 0;
        }

        for (int i = 1; i < text.Length; i++)
        {
            char c = text[i];
            if (c == ':')
            {
                return i;
            }

            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.'))
            {
                return 0;
            }
        }

        return 0;
    }

    private static int LeadingSlashes(ReadOnlySpan<char> text)
    {
        int count = text.IndexOfAnyExcept('/', '\\');
        return count < 0 ? text.Length : count;
    }

    // Backslashes are slashes up to the query.
    private static string Slashes(ReadOnlySpan<char> text)
    {
        int query = text.IndexOfAny('?', '#');
        string path = (query < 0 ? text : text[..query]).ToString().Replace('\\', '/');
        return query < 0 ? path : string.Concat(path, text[query..]);
    }

    private static string Host(ReadOnlySpan<char> text)
    {
        string decoded = Uri.UnescapeDataString(text.ToString());
        return decoded.Replace('\u3002', '.').Replace('\uFF0E', '.').Replace('\uFF61', '.').ToLowerInvariant();
    }
}
