namespace AgentFlow.Deployments.BuildLogs;

/// <summary>
/// Reads one log line by line and tells each variable that it calls missing, once, as soon as a known format has said so. Names
/// only, never values. Lines without a telling word cost one vectorised search; memory is bounded whatever the log is.
/// </summary>
/// <remarks>
/// What a validator of the environment rejects counts as missing, since the build has no usable value; what is only mentioned,
/// deprecated, optional, given a default, or quoted from source, traces and tests does not. Not safe for use by several threads.
/// </remarks>
public sealed class MissingEnvScanner
{
    // A message can begin before its telling word and end after it.
    private const int MostBefore = 12;
    private const int LinesAfter = 3;

    private readonly LineCleaner _cleaner = new();
    private readonly ScanContext _context = new();
    private readonly LineRing _before = new(MostBefore);
    private readonly List<CleanLine> _lines = [];
    private readonly ILogFormat[] _formats =
    [
        new ExportFormat(), new PlaceholderFormat(), new ShellFormat(), new KeyErrorFormat(), new DumpFormat(), new IssueLineFormat(), new FieldFormat(), new LogfmtFormat(), new SentenceFormat(), new ListFormat(), new ChecklistFormat(), new TableFormat(), new CaretFormat(), new CauseFormat(),
    ];

    private char[] _plain = [];
    private int _number;
    private int _after;
    private bool _isOpen;

    /// <summary>Reads the next line, without its line end.</summary>
    /// <returns>Names that this line completed and that the log has not named before; usually none.</returns>
    public IReadOnlyList<MissingEnv> Feed(ReadOnlySpan<char> line)
    {
        _number++;
        ReadOnlySpan<char> read = line[..Math.Min(line.Length, LineCleaner.Longest)].TrimEnd("\r\n");
        bool hits = Triggers.Hits(Plain(read));
        if (!hits && _after == 0 && !_isOpen)
        {
            _before.Add(read, _number);
            return [];
        }

        if (_before.HasDropped)
        {
            Break();
        }

        _before.Drain(Process);
        Process(read, _number);
        _after = hits ? LinesAfter : Math.Max(0, _after - 1);
        _isOpen = Array.Exists(_formats, format => format.IsOpen);
        return _context.Take();
    }

    /// <summary>Ends the log.</summary>
    /// <returns>Names that only the end completed.</returns>
    public IReadOnlyList<MissingEnv> Complete()
    {
        Break();
        return _context.Take();
    }

    // A colour can stand in the middle of a telling word.
    private ReadOnlySpan<char> Plain(ReadOnlySpan<char> line)
    {
        if (!line.Contains('\u001b'))
        {
            return line;
        }

        if (_plain.Length < line.Length)
        {
            _plain = new char[Math.Max(1024, line.Length)];
        }

        return _plain.AsSpan(0, LineCleaner.CopyPlain(line, _plain));
    }

    private void Process(ReadOnlySpan<char> raw, int number)
    {
        _lines.Clear();
        _cleaner.Clean(raw, number, _lines);
        foreach (CleanLine line in _lines)
        {
            _context.Hear(line);
            foreach (ILogFormat format in _formats)
            {
                format.Read(line, _context);
            }
        }
    }

    private void Break()
    {
        _context.Break();
        foreach (ILogFormat format in _formats)
        {
            format.Break();
        }
    }
}
