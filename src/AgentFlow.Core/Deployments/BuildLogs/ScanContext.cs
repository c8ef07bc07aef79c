using System.Text.RegularExpressions;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>What the formats share: the last lines, whether they are about the environment, and the names of this log, each once.</summary>
internal sealed partial class ScanContext
{
    // A log that calls more names missing than this is no log; memory stays bounded.
    private const int MostNames = 10_000;
    private const int MostRecent = 12;
    private const int EnvironmentLasts = 40;

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<string> _recent = new(MostRecent);
    private List<MissingEnv> _fresh = [];
    private int _sinceEnvironment = int.MaxValue;

    /// <summary>The last lines, oldest first, with the current one at the end.</summary>
    public IEnumerable<string> Recent => _recent;

    /// <summary>True soon after a line that says that the environment is not valid.</summary>
    public bool IsEnvironmentNear => _sinceEnvironment <= EnvironmentLasts;

    /// <summary>Notes a line before the formats read it.</summary>
    public void Hear(CleanLine line)
    {
        if (_recent.Count == MostRecent)
        {
            _recent.Dequeue();
        }

        _recent.Enqueue(line.Text);
        _sinceEnvironment = line.HasSubject && Environment().IsMatch(line.Text) ? 0 : Math.Min(_sinceEnvironment, EnvironmentLasts) + 1;
    }

    /// <summary>Reports a name unless the log has named it before.</summary>
    public void Report(ILogFormat format, ReadOnlySpan<char> name, int line, string? tool = null)
    {
        if (_seen.Count < MostNames && !_seen.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name))
        {
            string text = name.ToString();
            _seen.Add(text);
            _fresh.Add(new() { Name = text, Source = tool ?? ToolNames.Of(_recent.Reverse()), Parser = format.Name, Line = line });
        }
    }

    /// <summary>The names since the last call.</summary>
    public IReadOnlyList<MissingEnv> Take()
    {
        if (_fresh.Count == 0)
        {
            return [];
        }

        List<MissingEnv> fresh = _fresh;
        _fresh = [];
        return fresh;
    }

    /// <summary>Forgets the lines, not the names: lines have been left out.</summary>
    public void Break() => _recent.Clear();

    [GeneratedRegex(@"(?:\b|\.)(?:env(?:ironment)?(?:al)?[\s_-]*(?:var(?:iable)?s?)?|process\.env|config(?:uration)?|settings)\b.{0,60}\b(?:invalid|validat\w+|errors?|failed|missing|pars\w+|problems?|absent)\b|\b(?:invalid|validat\w+|errors?|failed|missing|pars\w+|check(?:ing|s)?|absent)\b.{0,60}\b(?:env(?:ironment)?[\s_-]*(?:var(?:iable)?s?)?|process\.env|config(?:uration)?|settings)\b|\bEnv\w*Error\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Environment();
}
