using System.Buffers;
using System.Text.RegularExpressions;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>
/// A report with one variable per row and its state beside it or a tick or cross before it. A cross alone counts when the lines
/// before or after the rows say that they are about variables.
/// </summary>
internal sealed partial class ChecklistFormat : ILogFormat
{
    private const int MostWaiting = 200;
    private const int Lasts = 3;

    private static readonly SearchValues<char> s_crosses = SearchValues.Create("\u274c\u2717\u2718\u2716\u00d7");

    private readonly List<(string Name, int Line)> _waiting = [];
    private int _age;

    public string Name => "checklist";

    public bool IsOpen => _waiting.Count > 0;

    public void Read(CleanLine line, ScanContext context)
    {
        if (line.IsJson || line.Trimmed.Length > 400)
        {
            return;
        }

        if (!line.HasCapitals)
        {
            if (_waiting.Count > 0 && !line.IsEmpty)
            {
                Conclude(line, context);
            }

            return;
        }

        if (State().Match(line.Trimmed) is { Success: true } state && Acceptable(state) && !Doubts.Follow(line.Trimmed, 0))
        {
            context.Report(this, state.Groups["name"].ValueSpan, line.Number);
        }
        else if (line.Trimmed.AsSpan().ContainsAny(s_crosses) && Crosses().Matches(line.Trimmed) is { Count: > 0 } crosses && Marks().Count(line.Trimmed) > 1)
        {
            foreach (Match several in crosses)
            {
                Note(several, line, context);
            }

            _age = 0;
        }
        else if (Cross().Match(line.Trimmed) is { Success: true } cross && EnvName.IsCapital(cross.Groups["name"].ValueSpan))
        {
            Note(cross, line, context);
            _age = 0;
        }
        else if (_waiting.Count > 0 && !Row().IsMatch(line.Trimmed))
        {
            Conclude(line, context);
        }
    }

    public void Break() => _waiting.Clear();

    private void Note(Match cross, CleanLine line, ScanContext context)
    {
        if (!EnvName.IsCapital(cross.Groups["name"].ValueSpan))
        {
            return;
        }

        if (context.IsEnvironmentNear || cross.Groups["said"].Success)
        {
            context.Report(this, cross.Groups["name"].ValueSpan, line.Number);
        }
        else if (_waiting.Count < MostWaiting)
        {
            _waiting.Add((cross.Groups["name"].Value, line.Number));
        }
    }

    private void Conclude(CleanLine line, ScanContext context)
    {
        if (Total().IsMatch(line.Trimmed))
        {
            foreach ((string name, int number) in _waiting)
            {
                context.Report(this, name, number);
            }

            _waiting.Clear();
        }
        else if (++_age > Lasts)
        {
            _waiting.Clear();
        }
    }

    private static bool Acceptable(Match state) => EnvName.ShapeOf(state.Groups["name"].ValueSpan) switch
    {
        NameShape.Strong => true,
        NameShape.Weak => state.Groups["mark"].Success,
        _ => false,
    };

    // NAME ....... MISSING, NAME: <not set>, NAME | missing, 2. NAME (missing), cross NAME (empty)
    [GeneratedRegex(
        """
        ^(?:\[[\w.-]{1,20}\]\s*)?(?:[|*\u2022-]\s*|\d{1,3}[.)]\s*)?(?<mark>[\u274c\u2717\u2718\u2716\u00d7\u26a0!x]\s+|\[[ xX!-]\]\s*)?["'`|]?(?<name>[A-Z][A-Z0-9_]+)["'`]?
        \s*(?:[.\u2026\u00b7]{2,}|[:=|\u2013\u2014\u2192\u2190-]+>?|\s\s|(?=[<(\[]))\s*[<(\["'`]*(?:is\ )?(?:missing|not\ (?:set|found|provided|defined|configured|present|in\ env\w*)|unset|undefined|absent|none\ set|no\ value)\b
        |^(?:\[[\w.-]{1,20}\]\s*)?(?<mark>[\u274c\u2717\u2718\u2716\u00d7]\s*)["'`]?(?<name>[A-Z][A-Z0-9_]+)["'`]?\s*[-:(\u2013\u2014]*\s*(?:missing|empty|not\ set|unset|required|invalid)\b
        |^(?:[*\u2022-]\s*|\d{1,3}[.)]\s*)?(?<name>[A-Z][A-Z0-9_]+)\s*\((?:expected|invalid|must\ be)\b
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex State();

    [GeneratedRegex("""^(?:\[[\w.-]{1,20}\]\s*)?(?:\u274c|\u2717|\u2718|\u2716|\u00d7)\ufe0f?\s*["'`]?(?<name>[A-Z][A-Z0-9_]+)["'`]?(?:\s*[-:(\u2013\u2014].{0,80})?$|^(?:\[[\w.-]{1,20}\]\s*)?(?:[*\u2022-]\s*)?["'`]?(?<name>[A-Z][A-Z0-9_]+)["'`]?\s*[-:=|.\u2026\u2192\s>]+(?:\u274c|\u2717|\u2718|\u2716|\u00d7)\ufe0f?(?:\s+[a-z ]{1,30})?$""", RegexOptions.CultureInvariant)]
    private static partial Regex Cross();

    [GeneratedRegex("""[\u274c\u2717\u2718\u2716\u00d7]\ufe0f?\s*["'`]?(?<name>[A-Z][A-Z0-9_]+)\b(?<said>["'`]?\s*[(:-]\s*(?:missing|empty|unset|required|not set)\b)?""", RegexOptions.CultureInvariant)]
    private static partial Regex Crosses();

    // Ticks and crosses before names.
    [GeneratedRegex("""[\u274c\u2717\u2718\u2716\u00d7\u2713\u2714\u2705\u221a]\ufe0f?\s*["'`]?[A-Z][A-Z0-9_]+\b""", RegexOptions.CultureInvariant)]
    private static partial Regex Marks();

    [GeneratedRegex(@"^\W*(?:\w+\W+)?[A-Z][A-Z0-9_]+\b.{0,80}$|^\W*$", RegexOptions.CultureInvariant)]
    private static partial Regex Row();

    [GeneratedRegex(@"\b(?:env\w*|variables?|vars?|secrets?|settings|config\w*|keys)\b.{0,60}\b(?:missing|not set|unset|invalid|absent|required|failed|problems?)\b|\b(?:missing|unset|invalid|absent|required)\b.{0,60}\b(?:env\w*|variables?|vars?|secrets?|settings|config\w*|keys)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Total();
}
