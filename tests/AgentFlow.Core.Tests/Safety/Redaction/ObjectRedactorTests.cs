using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentFlow.Safety;

namespace AgentFlow.Core.Tests.Safety.Redaction;

/// <summary>Containers lose what values and names give away; clean ones come back as they are.</summary>
public sealed class ObjectRedactorTests
{
    private static readonly string s_key = "sk_" + "live_" + "51Hq8ZkLmPx2Vb9TnWcR4yDf";

    private readonly RedactionSession _session = new(RedactionRules.Default);

    [Theory]
    [InlineData("password")]
    [InlineData("Authorization")]
    [InlineData("client_secret")]
    [InlineData("client-secret")]
    [InlineData("Set-Cookie")]
    [InlineData("connectionString")]
    [InlineData("private.key")]
    public void A_name_that_says_secret_hides_whatever_it_holds(string name)
    {
        Hashtable map = new() { [name] = "plain" };

        IDictionary safe = Assert.IsType<IDictionary>(_session.Redact(map), exactMatch: false);

        Assert.StartsWith("[REDACTED:named-value#", (string?)safe[name], StringComparison.Ordinal);
        Assert.Equal("plain", map[name]);
    }

    [Theory]
    [InlineData("DATABASE_PASSWORD", "Tr0ub4dor-3xyz")]
    [InlineData("x-api-key", "q8Zk2mPx7Vb9TnWcR4yDfLh6")]
    public void A_longer_name_is_judged_with_its_value(string name, string value)
    {
        IReadOnlyDictionary<string, string> safe = Assert.IsType<IReadOnlyDictionary<string, string>>(_session.Redact(new Dictionary<string, string> { [name] = value }), exactMatch: false);

        Assert.DoesNotContain(value, safe[name], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DATABASE_PASSWORD", "env:DATABASE_PASSWORD")]
    [InlineData("keyboard", "qwertz")]
    [InlineData("author", "Ada Lovelace")]
    [InlineData("STRIPE_SECRET_KEY", "")]
    public void Ordinary_pairs_stay(string name, string value)
    {
        Dictionary<string, string> map = new() { [name] = value };

        Assert.Same(map, _session.Redact(map));
    }

    [Fact]
    public void Nesting_arrays_sets_and_queries_are_seen_through()
    {
        Dictionary<string, object?> map = new()
        {
            ["list"] = new object?[] { 1, new Hashtable { ["token"] = "abc" }, new[] { s_key } },
            ["set"] = new HashSet<string> { s_key },
            ["query"] = Enumerable.Range(0, 2).Select(_ => s_key),
            ["passwords"] = null,
        };

        string json = JsonSerializer.Serialize(_session.Redact(map));

        Assert.DoesNotContain(s_key, json, StringComparison.Ordinal);
        Assert.DoesNotContain("abc", json, StringComparison.Ordinal);
        HashSet<string> clean = ["a"];
        Assert.Same(clean, _session.Redact(clean));
    }

    [Fact]
    public void Cycles_end_and_are_not_shown()
    {
        List<object?> list = [];
        Hashtable map = new() { ["left"] = list, ["right"] = list, ["key"] = s_key };
        list.AddRange([map, map, list, list]);

        IDictionary safe = Assert.IsType<IDictionary>(_session.Redact(map), exactMatch: false);

        Assert.Equal(["[REDACTED:error]", "[REDACTED:error]", "[REDACTED:error]", "[REDACTED:error]"], ((IEnumerable)safe["left"]!).Cast<string>());
        Assert.DoesNotContain(s_key, (string)safe["key"]!, StringComparison.Ordinal);
        Assert.Same(list, map["left"]);
    }

    [Fact]
    public void Json_is_redacted_by_value_and_by_name_numbers_too()
    {
        JsonNode node = JsonNode.Parse($$"""{"pin":4711,"count":4711,"ok":true,"deep":[{"access_token":"abc"},{"text":"{{s_key}}"}],"none":null}""")!;
        using JsonDocument document = JsonDocument.Parse(node.ToJsonString());

        foreach (string json in new[] { ((JsonNode)_session.Redact(node)!).ToJsonString(), ((JsonElement)_session.Redact(document.RootElement)!).GetRawText() })
        {
            Assert.DoesNotContain(s_key, json, StringComparison.Ordinal);
            Assert.DoesNotContain("abc", json, StringComparison.Ordinal);
            Assert.DoesNotContain("\"pin\":4711", json, StringComparison.Ordinal);
            Assert.Contains("\"count\":4711,\"ok\":true", json, StringComparison.Ordinal);
            Assert.Contains("\"none\":null", json, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_collection_that_throws_is_blanked() =>
        Assert.Equal("[REDACTED:error]", _session.Redact(Enumerable.Range(0, 1).Select<int, string>(_ => throw new InvalidOperationException(s_key))));
}
