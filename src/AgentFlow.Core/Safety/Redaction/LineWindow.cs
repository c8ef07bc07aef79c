using System.Text;

namespace AgentFlow.Safety.Redaction;

/// <summary>The newest lines of a text as one buffer: those already given, which are only looked at, and those that wait.</summary>
internal sealed class LineWindow(RedactionSession session)
{
    /// <summary>Bytes of given lines that stay in sight when nothing is open.</summary>
    private const int Behind = 512;

    /// <summary>Bytes of given lines that stay in sight while a finding reaches to the end.</summary>
    private const int MostBehind = Site.LookAhead - 1024;

    private readonly ScanContext _context = new(session.Plan);
    private readonly List<(string Text, int Start, int End)> _waiting = [];
    private byte[] _buffer = new byte[8192];
    private int _length;
    private long _dropped;
    private long _openStart = -1;
    private ulong _openId;

    /// <summary>Everything in sight.</summary>
    public ReadOnlySpan<byte> Text => _buffer.AsSpan(0, _length);

    /// <summary>Lines that wait.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Bytes of the lines that wait.</summary>
    public int WaitingBytes => _waiting.Count == 0 ? 0 : _length - _waiting[0].Start;

    /// <summary>The newest line.</summary>
    public ReadOnlySpan<byte> Last => _waiting.Count == 0 ? [] : _buffer.AsSpan(_waiting[^1].Start.._waiting[^1].End);

    /// <summary>Appends a line and looks at all that is in sight.</summary>
    public IReadOnlyList<Finding> Push(string line)
    {
        int needed = _length + Encoding.UTF8.GetMaxByteCount(line.Length) + 1 + AnchorKernel.Padding;
        if (needed > _buffer.Length)
        {
            byte[] larger = new byte[Math.Max(needed, _buffer.Length * 2)];
            _buffer.AsSpan(0, _length).CopyTo(larger);
            _buffer.AsSpan(0, _length).Clear();
            _buffer = larger;
        }

        // Kept before the work, so that a failure still knows how many lines it owes.
        _waiting.Add((line, _length, _length));
        int written = Encoding.UTF8.GetBytes(line, _buffer.AsSpan(_length));
        _waiting[^1] = (line, _length, _length + written);
        _length += written;
        _buffer[_length++] = (byte)'\n';
        return Scan();
    }

    /// <summary>What is found in sight, joined and in order; valid until the next scan.</summary>
    public IReadOnlyList<Finding> Scan()
    {
        _context.Plan = session.Plan;
        _context.Reset();
        _context.Scan(_buffer, _length, 0, _length);
        _context.Settle(_buffer, _length, _length);
        return _context.Findings;
    }

    /// <summary>Gives the waiting lines and keeps in sight what the next one may need.</summary>
    public IReadOnlyList<string> Release(IReadOnlyList<Finding> findings, bool forget = false)
    {
        string[] lines = new string[_waiting.Count];
        for (int i = 0; i < lines.Length; i++)
        {
            (string text, int start, int end) = _waiting[i];
            lines[i] = Redact(text, start, end, findings);
        }

        int open = findings.Count > 0 && _waiting.Count > 0 && findings[^1].End >= _waiting[^1].End && findings[^1].Start >= 0 ? findings.Count - 1 : -1;
        _waiting.Clear();
        if (forget)
        {
            Clear();
        }
        else
        {
            Remember(open < 0 ? null : findings[open]);
        }

        return lines;
    }

    /// <summary>A placeholder for each waiting line, after a failure.</summary>
    public IReadOnlyList<string> Blank()
    {
        string[] lines = new string[_waiting.Count];
        Array.Fill(lines, Placeholder.Error);
        _waiting.Clear();
        Clear();
        return lines;
    }

    private void Remember(Finding? open)
    {
        if (open is { } finding && finding.Start + _dropped != _openStart)
        {
            (_openStart, _openId) = (finding.Start + _dropped, finding.Id);
        }

        int from = Math.Max(0, _length - Behind);
        from = LineHold.FrameStart(Text) is >= 0 and int frame ? Math.Min(from, frame) : from;
        if (open is { } long_ && long_.Start < from && _length - long_.Start <= MostBehind)
        {
            from = long_.Start;
        }

        // Whole lines: a piece of one could be mistaken for something that it is not.
        int cut = from == 0 ? 0 : _buffer.AsSpan(0, from).LastIndexOf((byte)'\n') + 1;
        cut = _length - cut > MostBehind + Behind ? from : cut;
        _buffer.AsSpan(cut.._length).CopyTo(_buffer);
        _buffer.AsSpan((_length - cut).._length).Clear();
        _length -= cut;
        _dropped += cut;
    }

    private void Clear()
    {
        Array.Clear(_buffer);
        _length = 0;
        _dropped = 0;
        _openStart = -1;
    }

    private string Redact(string text, int start, int end, IReadOnlyList<Finding> findings)
    {
        StringBuilder? made = null;
        bool ascii = end - start == text.Length;
        int atByte = start;
        int atChar = 0;
        for (int i = FirstReaching(findings, start); i < findings.Count && findings[i].Start < end; i++)
        {
            Finding finding = findings[i];
            int from = Math.Max(finding.Start, start);
            int to = Math.Min(finding.End, end);
            if (from >= to)
            {
                continue;
            }

            made ??= new(text.Length);
            int gap = Characters(ascii, atByte, from);
            made.Append(text, atChar, gap);
            Placeholder.Append(made, finding.Start + _dropped == _openStart ? finding with { Id = _openId } : finding);
            atChar += gap + Characters(ascii, from, to);
            atByte = to;
        }

        return made?.Append(text, atChar, text.Length - atChar).ToString() ?? text;
    }

    private int Characters(bool ascii, int from, int to) => ascii ? to - from : Encoding.UTF8.GetCharCount(_buffer.AsSpan(from..to));

    private static int FirstReaching(IReadOnlyList<Finding> findings, int start)
    {
        int i = 0;
        while (i < findings.Count && findings[i].End <= start)
        {
            i++;
        }

        return i;
    }
}
