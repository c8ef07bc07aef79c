using System.Net;
using System.Text;
using System.Text.Json;

namespace AgentFlow.Deployments.Routes;

/// <summary>
/// What a visitor would see of a page, and what its framework says about it. Text inside scripts and templates is not seen: every page of a
/// Next.js app carries the not-found page's words in its flight data.
/// </summary>
internal sealed class PageReading
{
    private const int MostText = 16 * 1024;

    /// <summary>The title; empty without one.</summary>
    public string Title { get; private set; } = string.Empty;

    /// <summary>Text of the first main heading; empty without one.</summary>
    public string Heading { get; private set; } = string.Empty;

    /// <summary>Visible text with single spaces, cut at 16 KB.</summary>
    public string Text { get; private set; } = string.Empty;

    /// <summary>True when the root element is Next.js' error document.</summary>
    public bool IsNextErrorDocument { get; private set; }

    /// <summary>Content of <c>meta name="next-error"</c>; null without one.</summary>
    public string? NextError { get; private set; }

    /// <summary>Error digests in flight data and templates, for example <c>NEXT_HTTP_ERROR_FALLBACK;404</c>.</summary>
    public IReadOnlyList<string> Digests => _digests;

    /// <summary>Where the page sends the browser by itself; null when it does not.</summary>
    public string? Refresh { get; private set; }

    /// <summary>Status in the Pages Router's data when its error page was rendered; null otherwise.</summary>
    public int? PagesRouterError { get; private set; }

    /// <summary>True when it asks for a password.</summary>
    public bool AsksForPassword { get; private set; }

    /// <summary>True when it loads scripts, which may draw what is not in the text.</summary>
    public bool HasScripts { get; private set; }

    /// <summary>Addresses that links and forms lead to.</summary>
    public IReadOnlyList<string> Links => _links;

    /// <summary>Values of hidden form fields.</summary>
    public IReadOnlyList<string> HiddenValues => _hidden;

    /// <summary>Text of inline scripts.</summary>
    public IReadOnlyList<string> Scripts => _scripts;

    private readonly List<string> _digests = [];
    private readonly List<string> _links = [];
    private readonly List<string> _hidden = [];
    private readonly List<string> _scripts = [];

    /// <summary>Reads the beginning of a document.</summary>
    public static PageReading Of(string html)
    {
        PageReading page = new();
        StringBuilder text = new();
        StringBuilder heading = new();
        HtmlScan scan = new(html);
        int templates = 0;
        bool inHeading = false;
        bool isData = false;
        while (scan.Read())
        {
            switch (scan.Piece)
            {
                case HtmlPiece.Open:
                    isData = scan.Name == "script" && scan.Attribute("id") == "__NEXT_DATA__";
                    page.Open(ref scan);
                    templates += scan.Name == "template" ? 1 : 0;
                    inHeading |= scan.Name == "h1" && heading.Length == 0;
                    text.Append(' ');
                    break;
                case HtmlPiece.Close:
                    templates -= scan.Name == "template" && templates > 0 ? 1 : 0;
                    inHeading &= scan.Name != "h1";
                    text.Append(' ');
                    break;
                case HtmlPiece.RawText:
                    page.Raw(scan.Name, scan.Text, isData);
                    break;
                case HtmlPiece.Text when templates == 0 && text.Length < MostText:
                    text.Append(scan.Text);
                    if (inHeading)
                    {
                        heading.Append(scan.Text);
                    }

                    break;
            }
        }

        page.Text = Squeeze(text.ToString());
        page.Heading = Squeeze(heading.ToString());
        return page;
    }

    private void Open(ref HtmlScan scan)
    {
        switch (scan.Name)
        {
            case "html":
                IsNextErrorDocument = scan.Attribute("id") == "__next_error__";
                break;
            case "meta":
                Meta(ref scan);
                break;
            case "template":
                AddDigest(scan.Attribute("data-dgst"));
                break;
            case "script":
                HasScripts |= scan.Attribute("src") is not null;
                break;
            case "a" or "form" or "button" or "base":
                AddLink(scan.Attribute(scan.Name switch { "form" => "action", "button" => "formaction", _ => "href" }));
                break;
            case "input":
                string? type = scan.Attribute("type");
                AsksForPassword |= string.Equals(type, "password", StringComparison.OrdinalIgnoreCase);
                if (string.Equals(type, "hidden", StringComparison.OrdinalIgnoreCase) && scan.Attribute("value") is { Length: > 0 } value)
                {
                    _hidden.Add(value);
                }

                break;
        }
    }

    private void Meta(ref HtmlScan scan)
    {
        if (string.Equals(scan.Attribute("http-equiv"), "refresh", StringComparison.OrdinalIgnoreCase))
        {
            Refresh ??= RefreshTarget(scan.Attribute("content"));
        }
        else if (scan.Attribute("name") == "next-error")
        {
            NextError = scan.Attribute("content");
        }
    }

    private void Raw(string name, ReadOnlySpan<char> text, bool isData)
    {
        if (name == "title")
        {
            Title = Title.Length == 0 ? Squeeze(text.ToString()) : Title;
        }
        else if (name == "script" && text.Length > 0)
        {
            string script = text.ToString();
            _scripts.Add(script);
            ScanDigests(script);
            if (isData)
            {
                PagesRouterError = PagesError(script);
            }
        }
    }

    // In flight data quotes are escaped (digest\":\"…), in plain data they are not.
    private void ScanDigests(string script)
    {
        const string Key = "digest";
        for (int at = script.IndexOf(Key, StringComparison.Ordinal); at >= 0; at = script.IndexOf(Key, at + Key.Length, StringComparison.Ordinal))
        {
            ReadOnlySpan<char> value = script.AsSpan(at + Key.Length).TrimStart("\\\": ");
            int end = value.IndexOfAny('"', '\\');
            AddDigest((end < 0 ? value : value[..end]).ToString());
        }
    }

    private void AddDigest(string? digest)
    {
        if (digest is { Length: > 0 and < 300 } && digest.StartsWith("NEXT_", StringComparison.Ordinal))
        {
            _digests.Add(digest);
        }
    }

    private void AddLink(string? address)
    {
        if (!string.IsNullOrEmpty(address))
        {
            _links.Add(address);
        }
    }

    /// <summary>The address in a refresh (<c>0; url=/login</c>), of the header or the meta tag; null when it only reloads.</summary>
    public static string? RefreshTarget(string? content)
    {
        if (content is null)
        {
            return null;
        }

        int at = content.IndexOfAny([';', ',']);
        ReadOnlySpan<char> rest = at < 0 ? [] : content.AsSpan(at + 1).Trim();
        if (rest.StartsWith("url", StringComparison.OrdinalIgnoreCase) && rest[3..].TrimStart() is { IsEmpty: false } after && after[0] == '=')
        {
            rest = after[1..].TrimStart();
        }

        rest = rest.Trim("'\"");
        return rest.IsEmpty ? null : rest.ToString();
    }

    // Pages Router: {"page":"/_error","props":{"pageProps":{"statusCode":500}}}; a document cut in the middle cannot be parsed and says nothing.
    private static int? PagesError(string json)
    {
        try
        {
            using JsonDocument data = JsonDocument.Parse(json);
            JsonElement root = data.RootElement;
            string? page = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("page", out JsonElement name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
            int? status = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("props", out JsonElement props) && props.ValueKind == JsonValueKind.Object
                && props.TryGetProperty("pageProps", out JsonElement inner) && inner.ValueKind == JsonValueKind.Object
                && inner.TryGetProperty("statusCode", out JsonElement code) && code.TryGetInt32(out int number) ? number : null;
            return (page, status) switch
            {
                ("/404", _) => 404,
                ("/500", _) => 500,
                ("/_error", null) => 500,
                (_, >= 400) => status,
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Squeeze(string text)
    {
        string decoded = WebUtility.HtmlDecode(text);
        StringBuilder result = new(decoded.Length);
        bool space = false;
        foreach (char c in decoded)
        {
            if (char.IsWhiteSpace(c))
            {
                space = result.Length > 0;
                continue;
            }

            if (space)
            {
                result.Append(' ');
                space = false;
            }

            result.Append(c);
        }

        return result.ToString();
    }
}
