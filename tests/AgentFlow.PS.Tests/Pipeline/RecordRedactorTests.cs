using AgentFlow.Cmdlets.Pipeline;

namespace AgentFlow.PS.Tests.Pipeline;

public sealed class RecordRedactorTests
{
    private readonly RecordRedactor _redactor = new(text => text.Contains("hush", StringComparison.Ordinal) ? text.Replace("hush", "***", StringComparison.Ordinal) : text);

    [Fact]
    public void A_clean_record_passes_as_the_same_object()
    {
        Outer record = new() { Name = "a", Inner = new() { Text = "b" }, Lines = ["c"] };
        Assert.Same(record, _redactor.Redact(record));
    }

    [Fact]
    public void Strings_lists_maps_and_nested_records_are_redacted_in_a_copy()
    {
        Outer record = new() { Name = "hush", Inner = new() { Text = "x hush" }, Lines = ["c", "hush!"], Map = new Dictionary<string, string> { ["k"] = "hush" }, Inners = [new() { Text = "hush" }] };
        Outer clean = (Outer)_redactor.Redact(record);
        Assert.Equal("***", clean.Name);
        Assert.Equal("x ***", clean.Inner!.Text);
        Assert.Equal(["c", "***!"], clean.Lines);
        Assert.Equal("***", clean.Map["k"]);
        Assert.Equal("***", clean.Inners[0].Text);
        Assert.Equal("hush", record.Name);
        Assert.Equal("hush", record.Inners[0].Text);
    }

    [Fact]
    public void A_plain_string_is_redacted() => Assert.Equal("***", _redactor.Redact("hush"));

    [Fact]
    public void Maps_of_anything_their_keys_sets_and_addresses_are_redacted()
    {
        Wide record = new()
        {
            Lists = new Dictionary<string, IReadOnlyList<string>> { ["a"] = ["x", "hush"], ["hush"] = ["b"] },
            Set = new HashSet<string> { "hush", "b" },
            Any = new System.Collections.Hashtable { ["n"] = 1, ["h"] = new object[] { "hush" } },
            Address = new("https://app.test/x?key=hush"),
            Raw = [1, 2],
        };

        Wide clean = (Wide)_redactor.Redact(record);

        Assert.Equal(["x", "***"], clean.Lists["a"]);
        Assert.Equal(["b"], clean.Lists["***"]);
        Assert.Equal(["***", "b"], clean.Set.Order());
        Assert.Equal("***", ((object[])((System.Collections.IDictionary)clean.Any!)["h"]!)[0]);
        Assert.Equal("https://app.test/x?key=***", clean.Address!.OriginalString);
        Assert.Same(record.Raw, clean.Raw);
        Assert.Equal("hush", record.Lists["a"][1]);
    }

    [Fact]
    public void A_key_tells_what_its_value_is()
    {
        RecordRedactor redactor = new(text => text.StartsWith("authorization: ", StringComparison.Ordinal) ? "authorization: ***" : text);
        Outer clean = (Outer)redactor.Redact(new Outer { Name = "a", Map = new Dictionary<string, string> { ["authorization"] = "opaque", ["accept"] = "opaque" } });

        Assert.Equal(("***", "opaque"), (clean.Map["authorization"], clean.Map["accept"]));
    }

    [Fact]
    public void An_address_that_no_longer_parses_says_only_that_it_was_there()
    {
        RecordRedactor redactor = new(text => text.Replace("hush", "[R:x]", StringComparison.Ordinal));
        Wide clean = (Wide)redactor.Redact(new Wide { Address = new("https://user:hush@app.test/") });

        Assert.DoesNotContain("hush", clean.Address!.OriginalString, StringComparison.Ordinal);
    }

    private sealed record Wide
    {
        public IReadOnlyDictionary<string, IReadOnlyList<string>> Lists { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

        public IReadOnlySet<string> Set { get; init; } = new HashSet<string>();

        public object? Any { get; init; }

        public Uri? Address { get; init; }

        public byte[]? Raw { get; init; }
    }

    private sealed record Outer
    {
        public required string Name { get; init; }

        public Inner? Inner { get; init; }

        public IReadOnlyList<string> Lines { get; init; } = [];

        public IReadOnlyList<Inner> Inners { get; init; } = [];

        public IReadOnlyDictionary<string, string> Map { get; init; } = new Dictionary<string, string>();
    }

    private sealed record Inner
    {
        public required string Text { get; init; }
    }
}
