namespace AgentFlow.Safety.Redaction;

/// <summary>Makes a row for a token with its own grammar: the patterns give anchors, verifier and example.</summary>
internal static class TokenRule
{
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
        if (start < 0 || (pattern.NeedsBoundary && !Escapes.LeftBoundary(site.Text, start)))
        {
            return;
        }

        int end = pattern.Match(site.Text, start);
        if (end > 0 && !Shape.IsDummy(site.Text[start..end]))
        {
            site.Report(start, end);
        }
    }
}
