namespace AgentFlow.Safety.Redaction;

/// <summary>Makes a row for a token with its own grammar: the patterns give anchors, verifier and example.</summary>
internal static class TokenRule
{
    private const int WeakHead = 5;

    /// <summary>A row of class Token.</summary>
    /// <param name="name">Name in the placeholder.</param>
    /// <param name="summary">What it is and who issues it.</param>
    /// <param name="patterns">Grammars, see <see cref="TokenPattern"/>.</param>
    public static RedactionRule Of(string name, string summary, params string[] patterns)
    {
        TokenPattern[] parsed = [.. patterns.Select(TokenPattern.Parse)];
        Anchor[] anchors = [.. parsed.Select(p => new Anchor(p.Anchor.Text, false, p.Anchor.Next, (scoped in Site site) => Verify(site, p)))];
        return new(name, RedactionClass.Token, summary, anchors, random => parsed[random.Next(parsed.Length)].Example(random));
    }

    private static void Verify(in Site site, TokenPattern pattern)
    {
        int start = site.At - pattern.Anchor.Offset;
        if (start < 0 || (pattern.NeedsBoundary && !Escapes.LeftBoundary(site.Text, start) && !EndsName(site.Text[..start])))
        {
            return;
        }

        (int secret, int end) = pattern.Match(site.Text, start, out (int Secret, int End, int Missing) cut);
        if (cut.End > 0 && LineWrap.Extend(site.Text, start, cut.End, pattern.Tail) is var wrapped && wrapped >= cut.End + cut.Missing && !IsStandIn(site.Text[start..cut.End], pattern))
        {
            site.Report(cut.Secret, wrapped, cut.Secret, cut.End);
        }

        if (end > 0 && !IsStandIn(site.Text[start..end], pattern))
        {
            site.Report(secret, LineWrap.Extend(site.Text, start, end, pattern.Tail), secret, end);
        }
    }

    /// <summary>Whether a name and an underscore stand before: <c>/cache/groq_api_key_gsk_….json</c>.</summary>
    private static bool EndsName(ReadOnlySpan<byte> before) =>
        before.EndsWith("key_"u8) || before.EndsWith("token_"u8) || before.EndsWith("secret_"u8) || before.EndsWith("KEY_"u8) || before.EndsWith("TOKEN_"u8) || before.EndsWith("SECRET_"u8);

    /// <summary>What follows the prefix is one character again and again, or plain words.</summary>
    private static bool IsStandIn(ReadOnlySpan<byte> token, TokenPattern pattern)
    {
        ReadOnlySpan<byte> body = token[Math.Min(pattern.Head, token.Length)..];
        if (Shape.IsDummy(body) || body.Length < 8)
        {
            return Shape.IsDummy(body);
        }

        // A prefix that says little meets names of functions and tests; one that says much needs more than a chance likeness to words.
        if (pattern.Head <= WeakHead)
        {
            int digits = Shape.Digits(body);
            return digits == 0 ? Shape.IsWordy(body) || Shape.ReadsLikeWords(body) : pattern.Head == WeakHead && body.Length >= 28 && digits <= 2 && Shape.ReadsLikeWords(body);
        }

        bool mixed = body.ContainsAnyInRange((byte)'a', (byte)'z') && body.ContainsAnyInRange((byte)'A', (byte)'Z');
        return Shape.Digits(body) == 0 && Shape.IsWordy(body) && (!mixed || SecretValues.IsStandIn(body));
    }
}
