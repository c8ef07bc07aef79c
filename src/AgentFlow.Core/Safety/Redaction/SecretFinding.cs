namespace AgentFlow.Safety;

/// <summary>Where a secret stands in a text, and under which name. It never holds the value.</summary>
public sealed record SecretFinding
{
    /// <summary>Name of the rule as in <see cref="RedactionRules.Table"/>; <c>error</c> for a part that could not be scanned.</summary>
    public required string Rule { get; init; }

    /// <summary>Class of the rule; a part that could not be scanned counts as known, the strictest.</summary>
    public required RedactionClass Class { get; init; }

    /// <summary>Bytes before the secret, in the text as UTF-8 (the file's own offset unless it is UTF-16 or UTF-32).</summary>
    public required long Offset { get; init; }

    /// <summary>Bytes of the secret as it stands in the text, encoded or wrapped, as UTF-8.</summary>
    public required long Length { get; init; }

    /// <summary>Line of its first character, from 1.</summary>
    public required long Line { get; init; }

    /// <summary>Column of its first character, in characters, from 1.</summary>
    public required long Column { get; init; }

    /// <summary>Ten consonants: the same for equal values under one key, the same as in the placeholder; nothing of the value can be told from it.</summary>
    public required string Fingerprint { get; init; }
}
