using System.Text.Json.Serialization;

namespace AgentFlow.Benchmarks.Reporting;

/// <summary>One figure: a ratio against a named peer or limit that was measured in the same run.</summary>
public sealed record BenchRow
{
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("value")]
    public required double Value { get; init; }

    [JsonPropertyName("unit")]
    public required string Unit { get; init; }

    /// <summary>What it is held against, with its own figure.</summary>
    [JsonPropertyName("against")]
    public required string Against { get; init; }

    [JsonPropertyName("ratio")]
    public required double Ratio { get; init; }

    /// <summary>For example <c>&lt;= 3</c>.</summary>
    [JsonPropertyName("bar")]
    public required string Bar { get; init; }

    [JsonPropertyName("ok")]
    public required bool Ok { get; init; }

    /// <summary>A ratio that must not be above the bar.</summary>
    public static BenchRow AtMost(string name, double value, string unit, string peer, double against, double bar) => new()
    {
        Name = name, Value = Math.Round(value, 3), Unit = unit, Against = FormattableString.Invariant($"{peer} {against:0.###} {unit}"), Ratio = Math.Round(value / against, 3), Bar = FormattableString.Invariant($"<= {bar}"), Ok = value / against <= bar,
    };

    /// <summary>A ratio that must not be below the bar.</summary>
    public static BenchRow AtLeast(string name, double value, string unit, string peer, double against, double bar) => new()
    {
        Name = name, Value = Math.Round(value, 3), Unit = unit, Against = FormattableString.Invariant($"{peer} {against:0.###} {unit}"), Ratio = Math.Round(value / against, 3), Bar = FormattableString.Invariant($">= {bar}"), Ok = value / against >= bar,
    };
}
