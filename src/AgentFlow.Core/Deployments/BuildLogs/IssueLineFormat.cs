using System.Text.RegularExpressions;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>
/// A validator's issues as lines of text: NAME and its verdict side by side in either order, or the verdict first and an arrow
/// with the name on the next line (z.prettifyError, v.summarize).
/// </summary>
internal sealed partial class IssueLineFormat : ILogFormat
{
    private const int Lasts = 3;

    private int _sinceVerdict = Lasts;

    public string Name => "issue line";

    public bool IsOpen => _sinceVerdict < Lasts;

    public void Read(CleanLine line, ScanContext context)
    {
        string text = line.Trimmed;
        if (line.IsEmpty || text.Length > 2_000 || line.IsCode)
        {
            return;
        }

        if (line.HasCapitals && Arrow().Match(text) is { Success: true } arrow)
        {
            if (_sinceVerdict < Lasts && EnvName.IsCapital(arrow.Groups["name"].ValueSpan))
            {
                context.Report(this, arrow.Groups["name"].ValueSpan, line.Number);
            }

            _sinceVerdict = Lasts;
            return;
        }

        _sinceVerdict = Marked().IsMatch(text) ? 0 : Math.Min(Lasts, _sinceVerdict + 1);
        if (!line.HasCapitals)
        {
            return;
        }

        foreach (Match issue in Placed().Matches(text))
        {
            Report(issue, line, context);
        }

        if (Inline().Match(text) is { Success: true } header)
        {
            foreach (Match issue in Entry().Matches(text, header.Length))
            {
                Report(issue, line, context);
            }
        }

        if (Labelled().Match(text) is { Success: true } labelled && !Doubts.AreIn(text))
        {
            string verdict = labelled.Groups["verdict"].Value;
            if (EnvName.IsCapital(labelled.Groups["name"].ValueSpan) && !Doubts.Follow(verdict, 0) && (VerdictWords.IsMissing(verdict) || (context.IsEnvironmentNear && VerdictWords.IsVerdict(verdict))))
            {
                context.Report(this, labelled.Groups["name"].ValueSpan, line.Number);
            }
        }
    }

    public void Break() => _sinceVerdict = Lasts;

    private void Report(Match issue, CleanLine line, ScanContext context)
    {
        if (EnvName.IsCapital(issue.Groups["name"].ValueSpan))
        {
            context.Report(this, issue.Groups["name"].ValueSpan, line.Number);
        }
    }

    [GeneratedRegex("""^(?:\u2192|->|=>|\u21b3|\u2514\u2500?|at)\s*(?:at|path|in)?:?\s*["'`\[]{0,2}(?:\w+\.)?(?<name>[A-Z][A-Z0-9_]+)["'`\]]{0,2}$""", RegexOptions.CultureInvariant)]
    private static partial Regex Arrow();

    // A verdict that waits for its place.
    [GeneratedRegex(@"^(?:\w*Error:\s*)?(?:\u2716|\u00d7|\u2717|\u2718|\u274c|x|-|\*|\u2022)\s+\S|^(?:Invalid|Required|Expected|Too small|Too big|Missing)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Marked();

    // Required at "X"; Invalid url at "Y"; At path: X -- Expected a string; X must be a string (was missing); Expected "X" but received undefined.
    [GeneratedRegex(
        """
        \b(?:Required|[Ii]nvalid\ [\w\ ]{2,40}|(?:[Ii]nvalid\ \w+:\ )?[Ee]xpected\ [^";]{1,80}|Too\ small[^";]{0,60}|String\ must[^";]{0,60}|[Mm]issing)\s+at\s+(?:path\s+)?["'`]?(?:env\.)?(?<name>[A-Z][A-Z0-9_]+)\b
        |\b[Aa]t\ path:?\s+["'`]?(?<name>[A-Z][A-Z0-9_]+)["'`]?\s*(?:--|-|:|\u2013)\s*(?:[Ee]xpected|[Rr]equired|[Mm]issing|[Ii]nvalid)
        |(?<![\w.])["'`]?(?<name>[A-Z][A-Z0-9_]+)["'`]?\ (?:must|should)\ be\ [^()]{1,80}\(was\ [^()]{1,80}\)
        |(?<![\w/])env/(?<name>[A-Z][A-Z0-9_]+)\ must\b
        |\b[Ee]xpected\ ["'`](?<name>[A-Z][A-Z0-9_]+)["'`]\ but\ received\ undefined\b
        |\b(?:must|should)\ have\ required\ property\ ["'`]?\.?(?<name>[A-Z][A-Z0-9_]+)
        |\bproperty\ (?<name>[A-Z][A-Z0-9_]+)\ has\ failed\ the\ following\ constraints
        |\bconstraints\ for\ (?<name>[A-Z][A-Z0-9_]+)\ are\ not\ met
        |\benv-var:\ ["'`](?<name>[A-Z][A-Z0-9_]+)["'`]\ should\ be\b
        |(?:^|[:.]\ )["'`](?<name>[A-Z][A-Z0-9_]+)["'`]\ (?:must\ be|must\ only|must\ contain|must\ match|length\ must|is\ not\ allowed\ to\ be\ empty|contains\ an\ invalid|with\ value)\b
        |(?<=failed\ assertions:.{0,400})\b(?<name>[A-Z][A-Z0-9_]+)\ is\ (?:missing|empty|not\ )
        |:\ (?:undefined|string)\ supplied\ to\ :\s*[^/]*/(?<name>[A-Z][A-Z0-9_]+)\b
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Placed();

    // Invalid environment variables: A: Required; B: Invalid url
    [GeneratedRegex(@"^.{0,80}\b(?:[Ii]nvalid|[Mm]issing|[Ff]ailed)\b.{0,40}\b(?:environment|env|config\w*)\b[^:]{0,40}:|^.{0,80}\b(?:[Ee]nvironment|[Ee]nv|[Cc]onfig\w*)\b.{0,40}\b(?:invalid|failed|errors?)\b[^:]{0,40}:", RegexOptions.CultureInvariant)]
    private static partial Regex Inline();

    [GeneratedRegex("""(?<=[:;,]\s)/?["'`]?(?<name>[A-Z][A-Z0-9_]+)["'`]?(?::\s(?=[A-Za-z(])|\s(?=(?:Required|Expected|Invalid|must|should)\b))""", RegexOptions.CultureInvariant)]
    private static partial Regex Entry();

    // NAME: Required, "NAME" is not allowed to be empty, NAME must be "dark" or "light" (was "blue")
    [GeneratedRegex("""^(?:[\w\s]{0,40}(?:[Ee]rror|[Ii]nvalid|[Ff]ailed)[\w\s]{0,30}:\s*)?(?:[-*\u2022\u2716\u00d7\u2717\u2718\u274c\u25b8>x]\s*|\d{1,3}[.)]\s*)?[\["'`]{0,2}(?:process\.env\.|env\.)?(?<name>[A-Z][A-Z0-9_]+)[\]"'`]{0,2}\s*(?:[:\u2013\u2014=|]|\.{2,}|-{1,2}>?|=>|\u2192|\u2190|(?='s\b)|(?=\s(?:is|must|should|has|cannot|failed|was)\b))\s*(?<verdict>\S.*)$""", RegexOptions.CultureInvariant)]
    private static partial Regex Labelled();
}
