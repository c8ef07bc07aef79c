namespace AgentFlow.Safety.Redaction;

/// <summary>A phrase further on in a sentence that tells a value: <c>… the old one was …</c>, <c>… it reads …</c>.</summary>
/// <param name="Value">Where the value starts, behind its opening quote; 0 for none.</param>
/// <param name="IsOfValue">Whether the phrase speaks of a value, so that a digest or a chosen password will do; else it only goes on about the name.</param>
internal readonly record struct Telling(int Value, bool IsOfValue)
{
    private const int MaxWords = 8;

    private static readonly ByteSet s_clause = new("A-Za-z0-9 ._\u0080-\u00ff-");

    /// <summary>The phrase whose verb follows the blank at <paramref name="verb"/>, when it tells of what is named before <paramref name="from"/>.</summary>
    public static Telling At(ReadOnlySpan<byte> text, int from, int verb)
    {
        ReadOnlySpan<byte> rest = text[(verb + 1)..];
        int length = rest.StartsWith("was "u8) ? 4 : rest.StartsWith("is "u8) ? 3 : rest.StartsWith("reads "u8) ? 6 : 0;
        if (length == 0)
        {
            return default;
        }

        rest = rest[length..];
        int value = verb + 1 + length + (rest.StartsWith("still "u8) ? 6 : rest.StartsWith("now "u8) ? 4 : 0);
        value += Quote.At(text, value).Length;
        ReadOnlySpan<byte> clause = text[from..verb];
        ReadOnlySpan<byte> subject = clause[(clause.LastIndexOf((byte)' ') + 1)..];
        bool isOfValue = subject.SequenceEqual("one"u8) || subject.SequenceEqual("value"u8) || (length == 6 && subject.SequenceEqual("it"u8));
        return isOfValue || subject.SequenceEqual("it"u8) || (Goes(clause) && !IsOther(subject)) ? new(value, isOfValue) : default;
    }

    /// <summary>Whether the words behind the name are one clause about it.</summary>
    private static bool Goes(ReadOnlySpan<byte> clause) =>
        clause.Count((byte)' ') <= MaxWords && s_clause.Run(clause, 0) == clause.Length && clause.IndexOf(". "u8) < 0;

    /// <summary>What has a value of its own that is no secret.</summary>
    private static bool IsOther(ReadOnlySpan<byte> subject) =>
        subject.EndsWith("id"u8) || subject.EndsWith("ID"u8) || subject.EndsWith("name"u8) || subject.EndsWith("hash"u8) || subject.SequenceEqual("digest"u8) || subject.SequenceEqual("checksum"u8)
        || subject.SequenceEqual("fingerprint"u8) || subject.SequenceEqual("version"u8) || subject.SequenceEqual("commit"u8) || subject.SequenceEqual("file"u8) || subject.SequenceEqual("path"u8) || subject.SequenceEqual("ref"u8);
}
