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
