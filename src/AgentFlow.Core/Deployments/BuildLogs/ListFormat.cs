using System.Text.RegularExpressions;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>A line that announces missing variables, and then one name or several per line, with or without bullets and descriptions.</summary>
internal sealed partial class ListFormat : ILogFormat
{
    private const int MostItems = 300;

    private int _items = -1;
    private int _blanks;
    private bool _isSpeaking;

    public string Name => "list";

    public bool IsOpen => _items >= 0;

    public void Read(CleanLine line, ScanContext context)
    {
        if (line.IsJson)
        {
            return;
        }

        if ((line.HasSubject || line.Trimmed.EndsWith(':')) && !line.IsCode && Announces(line.Trimmed, context))
        {
            (_items, _blanks, _isSpeaking) = (0, 0, line.Trimmed.EndsWith(':') || line.Trimmed.EndsWith('['));
            return;
        }

        if (_items < 0)
        {
            return;
        }

        if (line.IsEmpty || Rule().IsMatch(line.Trimmed))
        {
            _items = ++_blanks > (_items == 0 ? 2 : 1) ? -1 : _items;
            return;
        }

        if (Item().Match(line.Trimmed) is not { Success: true } item || ++_items > MostItems)
        {
            // Advice can stand between the header and its list, but not after it has begun.
            _items = _items == 0 && _isSpeaking && _blanks == 0 && Advice().IsMatch(line.Trimmed) ? 0 : -1;
            return;
        }

        _blanks = 0;
        string rest = item.Groups["rest"].Value;
        if (Fine().IsMatch(line.Trimmed) || Doubts.Follow(rest, 0) || (!_isSpeaking && rest.Length > 0 && !VerdictWords.IsVerdict(rest)))
        {
            return;
        }

        foreach (Capture name in item.Groups["name"].Captures)
        {
            if (EnvName.IsCapital(name.ValueSpan))
            {
                context.Report(this, name.ValueSpan, line.Number);
            }
        }
    }

    public void Break() => _items = -1;

    // A header can be wrapped over up to three lines; its colon ends it.
    private static bool Announces(string text, ScanContext context)
    {
        if (text.Length == 0 || text.Length > 600)
        {
            return false;
        }

        if (Header().IsMatch(text))
        {
            return !Doubts.AreIn(text);
        }

        string joined = text[^1] == ':' ? string.Join(' ', context.Recent.TakeLast(3).Select(line => line.Trim())) : string.Empty;
        return joined.Length is > 0 and < 600 && !Doubts.AreIn(joined) && Header().IsMatch(joined);
    }

    // A verdict about variables in the plural or "the following", at the end of its line or before a colon.
    [GeneratedRegex(
        """
        \b(?:missing|undefined|unset|invalid|incorrect|absent|empty)\b[^.:]{0,60}\b(?:env(?:ironment)?[\s_-]*(?:var(?:iable)?(?:s|\(s\))?)|envs?|variables?|vars?|secrets?|settings|keys|config(?:uration)?(?:\ (?:keys|values|variables|options))?)(?:\(s\))?\b[^:]{0,60}(?::\s*[\[{(]?|[\[{]|\.{3})?$
        |\b(?:env(?:ironment)?[\s_-]*(?:var(?:iable)?(?:s|\(s\))?)|variables|vars|secrets|settings|keys|envs?)(?=\b|\s|\))[^:]{0,120}(?:\b(?:missing|undefined|unset|required|invalid|empty|absent)\b|\b(?:not|n't)\s+(?:\w+\s+){0,3}?(?:set|defined|found|provided|present|specified|configured|available|exist|declared|valid)\b|\b(?:have|has|with)\ no\ values?\b|\b(?:must|need\ to|have\ to)\s+be\s+(?:set|defined|provided|specified|configured|present)\b)[^:]{0,80}:\s*[\[{(]?$
        |\b(?:env(?:ironment)?[\s_-]*(?:var(?:iable)?(?:s|\(s\))?)|variables|secrets)\b[^:.]{0,60}\b(?:missing|undefined|unset|not\s+(?:\w+\s+){0,2}(?:set|defined|found|provided|present|configured))\b[^:.]{0,30}\.?$
        |\b(?:set|provide|define|specify|configure|add|supply|export)\b[^.:]{0,30}\b(?:following|these|one\ of|all\ of|missing)\b[^:]{0,80}:\s*[\[{(]?$
        |\b(?:env(?:ironment)?|config(?:uration)?)[\s_-]*(?:var(?:iable)?s?\s+)?(?:validation|parsing|check)\s+(?:\w+\s+)?(?:failed|errors?)\b[^:]{0,60}:?\s*[\[{(]?$
        |\b(?:errors?|problems?|issues?)\s+(?:\w+\s+){0,3}(?:while|when|in|with|validating|parsing)\b[^:]{0,60}\benv(?:ironment)?\b[^:]{0,60}:?\s*[\[{(]?$
        |\bfollowing\b[^:]{0,80}\b(?:variables|vars|secrets|settings|keys|envs?)\b[^:]{0,60}\b(?:missing|undefined|unset|invalid|empty|not\s+(?:\w+\s+){0,2}(?:set|defined|found|provided|present|configured))\b[^:]{0,40}$
        |\brequired\b[^:.]{0,40}\b(?:variables?|vars?|secrets?|keys|settings|envs?)\b[^:]{0,40}\bmissing\b[^:]{0,40}:?$
        |^\W*missing(?:\s*\(\d+\))?:\s*[\[{(]?$|^\W*missing\s*\(\d+\)$
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Header();

    // A bullet, one or more names, and what is said of the last.
    [GeneratedRegex("""^(?:[-*\u2022\u2023\u25aa\u25b8\u25cf\u00b7+>\u2192\u2192\u2022\u2716\u2717\u2718\u2715\u274c\u00d7!\u26a0x]|\d{1,3}[.)]|\[[ xX!]?\])?\s*(?:\u274c|\u2717|\u26a0)?\s*(?:\$|env:|process\.env\.|import\.meta\.env\.|Variable\s+|The\s+(?:variable\s+)?)?[\["'`(]{0,2}\$?(?<name>[A-Z][A-Z0-9_]{1,127})[\]"'`)]{0,2}(?:\s*(?:,|\band\b|\||/|&)\s*["'`]?(?<name>[A-Z][A-Z0-9_]{1,127})["'`]?)*[,;]?(?<rest>(?:\s*(?:[:=(\u2013\u2014\u2192\u2190]|-|->|=>|\s(?:is|must|was|has|should|needs|not|cannot|failed|missing|required|for|to)\b|'s\b|\#|//).*|\s{2,}\S.*|\s*\.{2,}.*|\.)?)$""", RegexOptions.CultureInvariant)]
    private static partial Regex Item();

    // The item is there after all, or may stay away.
    [GeneratedRegex(@"^[\u2713\u2714\u2705\u221a]|\boptional\b|[:=]\s*(?:set|ok|present|found|\*{3,}|configured|defined|yes|true)\W*$|\bis (?:set|present|defined|configured|ok|valid)\b|[\u2713\u2714\u2705]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Fine();

    [GeneratedRegex(@"^[=\-_*~#]{3,}$")]
    private static partial Regex Rule();

    [GeneratedRegex(@"^(?:please|see|add|set|make sure|check|learn|read|for more|you can|https?:)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Advice();
}
