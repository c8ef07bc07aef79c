namespace AgentFlow.Deployments.Routes;

/// <summary>One way to smuggle a foreign address into a return parameter.</summary>
/// <param name="Shape">What it looks like, for the record.</param>
/// <param name="Value">The value, before it is escaped for the query.</param>
internal sealed record ForgedReturn(string Shape, string Value)
{
    /// <summary>A name that no site has (RFC 2606).</summary>
    public const string Host = "attacker.example";

    /// <summary>The shapes that get past checks which only look for a leading slash, a scheme or the own host's name.</summary>
    public static IReadOnlyList<ForgedReturn> All(Uri origin)
    {
        string own = origin.IdnHost;
        return
        [
            new("https://other", $"https://{Host}/"),
            new("//other", $"//{Host}/"),
            new("///other", $"///{Host}/"),
            new("/\\other", $"/\\{Host}/"),
            new("\\\\other", $"\\\\{Host}/"),
            new("/<tab>/other", $"/\t/{Host}/"),
            new("https:other", $"{(origin.Scheme == "https" ? "http" : "https")}:{Host}/"),
            new("encoded //other", $"%2F%2F{Host}%2F"),
            new("/ and encoded /other", $"/%2F{Host}/"),
            new("encoded https://other", $"https%3A%2F%2F{Host}%2F"),
            new("doubly encoded //other", $"%252F%252F{Host}%252F"),
            new("https://own@other", $"https://{own}@{Host}/"),
            new("https://own.other", $"https://{own}.{Host}/"),
            new("https://other?own", $"https://{Host}/?{own}/"),
            new("@other", $"@{Host}/"),
            new(".other", $".{Host}/"),
            new("javascript:", $"javascript:location='https://{Host}/'"),
            new("data:", "data:text/html,<p>attacker</p>"),
        ];
    }
}
