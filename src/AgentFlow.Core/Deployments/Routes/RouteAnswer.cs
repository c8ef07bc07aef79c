namespace AgentFlow.Deployments.Routes;

/// <summary>What one GET brought back. The body stays inside the procedure: no record carries it.</summary>
public sealed record RouteAnswer
{
    /// <summary>Most characters of <see cref="Body"/>.</summary>
    public const int BodyLimit = 64 * 1024;

    /// <summary>The address that was asked.</summary>
    public required Uri Uri { get; init; }

    /// <summary>HTTP status code.</summary>
    public required int Status { get; init; }

    /// <summary>The Location header as it was sent.</summary>
    public string? Location { get; init; }

    /// <summary>Media type without parameters, lower case; null when not said.</summary>
    public string? ContentType { get; init; }

    /// <summary>Other headers of interest by lower-case name: vercel's, caching, refresh, the stamp. No cookie is among them.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Names of the cookies that the answer sets; never their values.</summary>
    public IReadOnlyList<string> CookieNames { get; init; } = [];

    /// <summary>The first <see cref="BodyLimit"/> bytes of the body as text; empty for a body that is not text.</summary>
    public string Body { get; init; } = string.Empty;

    /// <summary>True when the body went on after <see cref="BodyLimit"/>.</summary>
    public bool BodyTruncated { get; init; }

    /// <summary>Requests that were needed, retries included.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>From the first request to the last byte read.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The protocol that was spoken, for example <c>2.0</c>.</summary>
    public string HttpVersion { get; init; } = string.Empty;

    /// <summary>True when the protection bypass was sent with the request.</summary>
    public bool BypassSent { get; init; }

    /// <summary>A header of interest by lower-case name; null when not sent.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
