namespace AgentFlow.Safety.Redaction;

/// <summary>
/// A stream in fixed memory. A buffer holds what lies behind (a finding may begin there), a block whose anchors are looked at, and what
/// lies ahead (a verifier may read it). All three are counted in bytes of the stream, so cutting the reads differently changes nothing.
/// </summary>
internal sealed class StreamRedactor
{
    /// <summary>Anchors looked at in one turn.</summary>
    public const int DefaultBlock = 256 * 1024;

    private const int Behind = Site.LookBehind + AnchorIndex.MaxWindow;

    /// <summary>The most that stays unwritten in front of what is looked at.</summary>
    private const int Lag = Behind + Neighbourhoods.Reach + OpenTables.MaxRow;

    private readonly ScanContext _context;
    private readonly Stream _input;
    private readonly StreamSink _sink;
    private readonly byte[] _buffer;
    private readonly long[] _counts = new long[RuleTable.All.Count + 1];
    private int _length;
    private int _scanned;
    private int _written;
    private bool _ended;

    private StreamRedactor(ScanPlan plan, Stream input, StreamSink sink, int block)
    {
        _context = new(plan);
        _input = input;
        _sink = sink;
        _buffer = new byte[Lag + block + Site.LookAhead + AnchorKernel.Padding];
    }

    private long BytesRead { get; set; }

    private long Total { get; set; }

    /// <summary>Copies the input to the output with placeholders.</summary>
    public static RedactionReport Run(ScanPlan plan, Stream input, Stream output, Action<RedactionProgress>? progress, CancellationToken cancellationToken, int block = DefaultBlock)
    {
        StreamEncoding encoding = StreamEncoding.Detect(input);
        using Stream source = encoding.Decode();
        using Stream target = encoding.Encode(output);
        RedactingSink sink = new(target, block);
        StreamRedactor redactor = new(plan, source, sink, block);
        redactor.Run(progress, cancellationToken);
        target.Flush();
        return redactor.Report(encoding, sink.BytesWritten);
    }

    /// <summary>Reads the input and reports where the findings stand.</summary>
    public static RedactionReport Find(ScanPlan plan, Stream input, Action<SecretFinding> found, Action<RedactionProgress>? progress, CancellationToken cancellationToken, int block = DefaultBlock)
    {
        StreamEncoding encoding = StreamEncoding.Detect(input);
        using Stream source = encoding.Decode();
        StreamRedactor redactor = new(plan, source, new LocatingSink(found), block);
        redactor.Run(progress, cancellationToken);
        return redactor.Report(encoding, 0);
    }

    /// <summary>The same with the bytes of each finding.</summary>
    public static void Find(ScanPlan plan, Stream input, FoundValue found, CancellationToken cancellationToken)
    {
        using Stream source = StreamEncoding.Detect(input).Decode();
        new StreamRedactor(plan, source, new ValueSink(found), DefaultBlock).Run(null, cancellationToken);
    }

    private void Run(Action<RedactionProgress>? progress, CancellationToken cancellationToken)
    {
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            Fill();
            int to = _ended ? _length : Math.Max(_scanned, _length - Site.LookAhead);
            int final = ScanBlock(to);
            _scanned = to;
            Write(_ended ? _length : Math.Max(_written, final));
            Shift();
            progress?.Invoke(new(BytesRead, Total));
        }
        while (!_ended || _written < _length);

        cancellationToken.ThrowIfCancellationRequested();
    }

    private void Fill()
    {
        int capacity = _buffer.Length - AnchorKernel.Padding;
        while (!_ended && _length < capacity)
        {
            int read = _input.Read(_buffer, _length, capacity - _length);
            _ended = read == 0;
            _length += read;
            BytesRead += read;
        }
    }

    /// <summary>Looks at the anchors before a place; gives where what is found is final.</summary>
    private int ScanBlock(int to)
    {
        int known = _context.Findings.Count;
        try
        {
            _context.Scan(_buffer, _length, _scanned, to);
        }
        catch (Exception)
        {
            // Closed, not open: whatever could not be judged does not pass.
            _context.Findings.RemoveRange(known, _context.Findings.Count - known);
            _context.Add(new(Math.Max(_written, _scanned - Behind), to, -1, 0));
        }

        try
        {
            return _context.Settle(_buffer, _length, _ended ? _length : to - Behind);
        }
        catch (Exception)
        {
            _context.Add(new(_written, to, -1, 0));
            Merger.Merge(_context.Findings);
            return to - Behind;
        }
    }

    /// <summary>Hands on what is decided: everything before <paramref name="end"/>; a finding that reaches beyond stays open.</summary>
    private void Write(int end)
    {
        List<Finding> findings = _context.Findings;
        int done = 0;
        foreach (Finding finding in findings)
        {
            if (finding.Start >= end || (finding.End >= end && !_ended))
            {
                break;
            }

            Pass(finding.Start);
            Hide(finding.End);
            _sink.Found(finding);
            _counts[finding.Rule + 1]++;
            Total++;
            done++;
        }

        bool open = done < findings.Count && findings[done].Start < end;
        Pass(open ? findings[done].Start : end);
        Hide(end);
        findings.RemoveRange(0, done);
        _sink.BlockEnd();
    }

    private void Pass(int end)
    {
        if (end > _written)
        {
            _sink.Text(_buffer.AsSpan(_written, end - _written));
            _written = end;
        }
    }

    private void Hide(int end)
    {
        if (end > _written)
        {
            _sink.Hidden(_buffer.AsSpan(_written, end - _written));
            _written = end;
        }
    }

    private void Shift()
    {
        int shift = Math.Max(0, Math.Min(_written, _scanned - Behind));
        if (shift == 0)
        {
            return;
        }

        _buffer.AsSpan(shift, _length - shift).CopyTo(_buffer);
        _length -= shift;
        _scanned -= shift;
        _written -= shift;
        _context.Shift(shift);
    }

    private RedactionReport Report(StreamEncoding encoding, long written)
    {
        Dictionary<string, long> counts = new(StringComparer.Ordinal);
        for (int i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] > 0)
            {
                counts[i == 0 ? "error" : RuleTable.All[i - 1].Name] = _counts[i];
            }
        }

        return new() { BytesRead = BytesRead, BytesWritten = written, Counts = counts, Total = Total, Encoding = encoding.Name };
    }
}
