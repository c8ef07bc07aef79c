namespace AgentFlow.Safety;

/// <summary>What became of a value offered to <see cref="RedactionSession.AddKnown"/>.</summary>
public enum KnownValueResult
{
    /// <summary>Every later occurrence is redacted, in every encoding.</summary>
    Added,

    /// <summary>It was known before.</summary>
    AlreadyKnown,

    /// <summary>Refused: so short (below 6 bytes, or below 8 of one character class) that masking it would hide ordinary text.</summary>
    TooShort,

    /// <summary>Refused: an everyday word, a number or one repeated character; masking it would hide ordinary text.</summary>
    TooCommon,
}
