namespace AgentFlow.Benchmarks.Redaction;

/// <summary>What a fuzzing campaign did. A failure names its property and the seed that makes its text again.</summary>
public sealed record FuzzTotals
{
    /// <summary>Texts made and checked.</summary>
    public required long Cases { get; init; }

    /// <summary>Bytes of all texts.</summary>
    public required long Bytes { get; init; }

    /// <summary>Placeholders written.</summary>
    public required long Findings { get; init; }

    /// <summary>The first seed; each case takes the next.</summary>
    public required int FirstSeed { get; init; }

    /// <summary>Seconds of the clock.</summary>
    public required double Seconds { get; init; }

    /// <summary>At most a hundred failures as <c>property:seed</c>.</summary>
    public required IReadOnlyList<string> Failures { get; init; }
}
