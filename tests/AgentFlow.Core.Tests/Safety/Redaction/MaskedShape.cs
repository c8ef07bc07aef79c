using AgentFlow.Safety;

namespace AgentFlow.Core.Tests.Safety.Redaction;

/// <summary>A text with a mark where its secret stands.</summary>
internal static class MaskedShape
{
    /// <summary>Puts the value in place of each § and checks that what is to be hidden goes, nothing else does, and a second pass changes nothing.</summary>
    public static void Check(string shape, string hidden, string value)
    {
        RedactionSession session = new(RedactionRules.Default);
        string text = shape.Replace("§", value, StringComparison.Ordinal);

        string safe = session.Redact(text);

        hidden = hidden.Replace("§", value, StringComparison.Ordinal);
        int at = text.IndexOf(hidden, StringComparison.Ordinal);
        int end = text.LastIndexOf(hidden, StringComparison.Ordinal) + hidden.Length;
        Assert.StartsWith(text[..at] + "[REDACTED:", safe, StringComparison.Ordinal);
        Assert.EndsWith("]" + text[end..], safe, StringComparison.Ordinal);
        Assert.Same(safe, session.Redact(safe));
    }
}
