using System.Text.Json.Serialization;

namespace AgentFlow.Adapters.Tests.Rls;

/// <summary>One entry of the corpus's manifest.</summary>
public sealed record CorpusCase
{
    public required string Id { get; init; }

    public required string File { get; init; }

    public required string FailureMode { get; init; }

    /// <summary>The guilty object.</summary>
    [JsonPropertyName("object")]
    public required string Guilty { get; init; }

    public required string DetectableBy { get; init; }

    public required string Expected { get; init; }

    public string? Undo { get; init; }

    public bool IsBenign => Expected == "no-finding";

    /// <summary>True when only declared expectations can tell.</summary>
    public bool NeedsSpec => DetectableBy.Contains("spec", StringComparison.Ordinal);

    public override string ToString() => $"{Id} {FailureMode} ({Guilty})";
}
