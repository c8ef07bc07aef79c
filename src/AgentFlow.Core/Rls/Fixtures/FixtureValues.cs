using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Tenancy;
using AgentFlow.Rls.Text;

namespace AgentFlow.Rls.Fixtures;

/// <summary>Values that a column may accept, the likeliest first: what its checks name, what its name suggests, what its type has.</summary>
public sealed partial class FixtureValues(RlsGraph graph, string fixture, DateTimeOffset now)
{
    private static readonly string[] s_numbers = ["1", "0", "10", "100", "50", "1000", "-1"];

    /// <summary>Candidates; empty for a type that this product cannot fill.</summary>
    /// <param name="table">The table of the column.</param>
    /// <param name="column">The column.</param>
    /// <param name="label">Makes texts differ from row to row.</param>
    public IReadOnlyList<JsonNode?> Candidates(RlsRelation table, RlsColumn column, string label)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(column);
        if (column.Labels.Count > 0)
        {
            return [.. column.Labels.Select(value => (JsonNode?)value)];
        }

        string type = MembershipDiscovery.BaseType(column.Type);
        SqlReading checks = new(graph.CheckConstraints(table).Where(check => check.Columns.Contains(column.Number)).Select(check => check.Definition));
        return [.. (column.Category switch
        {
            "S" => checks.Literals().Where(literal => literal.Length > 0).Concat(Texts(column, label)).Select(text => (JsonNode?)Cut(text, column.Type)),
            "N" => checks.Tokens.Where(token => token.Kind == SqlTokenKind.Number).Select(token => token.Value).Concat(s_numbers).Select(text => (JsonNode?)decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)),
            "B" => [false, true],
            "D" => Times(type).Select(text => (JsonNode?)text),
            "T" => ["1 day"],
            "A" => [new JsonArray()],
            "I" => ["127.0.0.1"],
            "R" => ["empty"],
            "G" => ["(0,0)"],
            "V" => ["0"],
            _ => Others(type, label),
        }).Take(40)];
    }

    /// <summary>The same id for the same fixture and label, so that a test can name it beforehand.</summary>
    public static string Id(string fixture, string label)
    {
        Span<byte> hash = stackalloc byte[32];
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"agentflow tenant fixture\n{fixture}\n{label}"), hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true).ToString();
    }

    /// <summary>An address that no mail ever reaches (RFC 2606).</summary>
    public string Email(string label) => $"{Slug(label)}.{Slug(fixture)}@agentflow.invalid";

    private IEnumerable<string> Texts(RlsColumn column, string label)
    {
        string plain = $"fixture {fixture} {label}";
        string slug = $"fixture-{Slug(fixture)}-{Slug(label)}";
        string[] likely = column.Name switch
        {
            { } name when name.Contains("email", StringComparison.Ordinal) || name.Contains("mail", StringComparison.Ordinal) => [Email(label)],
            { } name when name.Contains("url", StringComparison.Ordinal) || name.Contains("link", StringComparison.Ordinal) || name.Contains("website", StringComparison.Ordinal) => [$"https://agentflow.invalid/{slug}"],
            { } name when name.Contains("phone", StringComparison.Ordinal) => ["+15555550100"],
            { } name when name.Contains("slug", StringComparison.Ordinal) || name.Contains("code", StringComparison.Ordinal) || name.Contains("domain", StringComparison.Ordinal) => [slug],
            { } name when name.Contains("currency", StringComparison.Ordinal) => ["usd", "USD"],
            { } name when name.Contains("country", StringComparison.Ordinal) => ["US", "us"],
            { } name when name.Contains("locale", StringComparison.Ordinal) || name.Contains("lang", StringComparison.Ordinal) => ["en", "en-US"],
            _ => [],
        };
        return likely.Concat([plain, slug, Email(label), $"https://agentflow.invalid/{slug}", "a", "A", "1", "AA", "00", "2026-01-01", "#000000", "+15555550100", slug.Replace('-', '_')]);
    }

    private IEnumerable<string> Times(string type) => (type.StartsWith("time ", StringComparison.Ordinal) || type == "time" ? ["12:00:00"] : new[] { now, now.AddDays(30), now.AddDays(-30), new DateTimeOffset(now.Year, 1, 2, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(now.Year - 1, 7, 1, 0, 0, 0, TimeSpan.Zero) }
        .Select(time => time.ToString("O", CultureInfo.InvariantCulture)));

    private JsonNode?[] Others(string type, string label) => type switch
    {
        "uuid" => [Id(fixture, label)],
        "json" or "jsonb" => [new JsonObject(), new JsonArray()],
        "bytea" => ["\\x00"],
        "xml" => ["<fixture/>"],
        "tsvector" => ["fixture"],
        "macaddr" => ["08:00:2b:01:02:03"],
        "ltree" => ["fixture"],
        _ => [],
    };

    private static string Cut(string text, string type) => Length().Match(type) is { Success: true } match && int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is var most && text.Length > most ? text[..most] : text;

    private static string Slug(string text) => NotPlain().Replace(text.ToLowerInvariant(), "-").Trim('-');

    [GeneratedRegex(@"\((\d+)\)")]
    private static partial Regex Length();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotPlain();
}
