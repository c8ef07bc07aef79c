using System.Buffers;
using System.Text.RegularExpressions;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>
/// A table with a variable per row and its state in a later cell: cells between bars, as console.table and Markdown draw them, or
/// apart by several blanks. A plain no or a cross counts where the head of its column asks whether the variable is set.
/// </summary>
internal sealed partial class TableFormat : ILogFormat
{
    private const int MostRows = 200;
    private const int MostCells = 12;

    private static readonly SearchValues<char> s_bars = SearchValues.Create("|\u2502\u2503");

    private readonly List<string> _cells = [];
    private readonly List<string> _heads = [];
    private int _rows;

    public string Name => "table";

    public bool IsOpen => false;

    public void Read(CleanLine line, ScanContext context)
    {
        if (line.IsJson || line.IsEmpty || line.Trimmed.Length > 400 || !(line.Trimmed.AsSpan().ContainsAny(s_bars) || line.Trimmed.Contains("  ", StringComparison.Ordinal)) || !Split(line.Trimmed))
        {
            return;
        }

        int name = line.HasCapitals ? _cells.FindIndex(cell => EnvName.IsCapital(cell)) : -1;
        if (name < 0)
        {
            if (_cells.Exists(cell => Question().IsMatch(cell)))
            {
                _heads.Clear();
                _heads.AddRange(_cells);
                _rows = 0;
            }

            return;
        }

        if (++_rows > MostRows)
        {
            _heads.Clear();
        }

        bool isMissing = false;
        for (int i = 0; i < _cells.Count; i++)
        {
            string head = _heads.Count == _cells.Count ? _heads[i] : string.Empty;
            if (Optional().IsMatch(_cells[i]) || (Need().IsMatch(head) && Denied().IsMatch(_cells[i])))
            {
                return;
            }

            isMissing |= i > name && (State().IsMatch(_cells[i]) || (Question().IsMatch(head) && Denied().IsMatch(_cells[i])));
        }

        if (isMissing)
        {
            context.Report(this, _cells[name], line.Number);
        }
    }

    public void Break() => _heads.Clear();

    private bool Split(string text)
    {
        _cells.Clear();
        int end = 0;
        foreach (ValueMatch gap in Gap().EnumerateMatches(text))
        {
            Add(text.AsSpan(end..gap.Index));
            end = gap.Index + gap.Length;
        }

        Add(text.AsSpan(end..));
        return _cells.Count is > 1 and <= MostCells;
    }

    private void Add(ReadOnlySpan<char> cell)
    {
        ReadOnlySpan<char> inner = cell.Trim().Trim("'\"`");
        if (!inner.IsEmpty || _cells.Count > 0)
        {
            _cells.Add(inner.ToString());
        }
    }

    [GeneratedRegex(@"\s*[|\u2502\u2503]\s*|\s{2,}")]
    private static partial Regex Gap();

    [GeneratedRegex(@"^(?:is )?(?:set|present|found|configured|defined|exists|available|loaded|ok|valid|status|state)\??$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Question();

    [GeneratedRegex(@"^(?:is )?(?:required|mandatory)\??$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Need();

    [GeneratedRegex(@"^(?:no|false|\u274c|\u2717|\u2718|\u2716|\u00d7)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Denied();

    [GeneratedRegex(@"^(?:\W{1,3}\s*)?(?:missing|unset|undefined|absent|not (?:set|found|provided|defined|configured|present))\W{0,3}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex State();

    [GeneratedRegex(@"^\(?optional\)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Optional();
}
