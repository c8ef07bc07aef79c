namespace AgentFlow.Safety.Redaction;

/// <summary>Working memory of one scan. One thread uses it at a time.</summary>
internal sealed class ScanContext
{
    /// <summary>How often decoded text is scanned for encoded text again.</summary>
    private const int MaxDepth = 2;

    /// <summary>Small enough that the second and third pass find the bytes in the first-level cache.</summary>
    private const int Slice = 4096;

    private readonly int[] _hits = new int[Slice + AnchorKernel.Block];
    private readonly ulong[] _masks = new ulong[(Slice / AnchorKernel.Block) + 1];
    private readonly OpenLists _open = new();
    private readonly OpenTables _tables = new();
    private readonly Neighbourhoods? _around;
    private readonly int _depth;
    private ScanContext? _nested;
    private ScanContext? _beside;

    public ScanContext(ScanPlan plan)
        : this(plan, 0, new())
    {
    }

    private ScanContext(ScanPlan plan, int depth, Neighbourhoods? around)
    {
        Plan = plan;
        _depth = depth;
        _around = around;
    }

    public ScanPlan Plan { get; set; }

    /// <summary>What was found since the caller last cleared it, in no order.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>Whether decoded text may be scanned below this level.</summary>
    public bool CanNest => _depth < MaxDepth;

    /// <summary>Start of the base64 run that is open where the last scan ended; <see cref="ClassKernel.NoRun"/> for none.</summary>
    public long OpenRun { get; set; } = ClassKernel.NoRun;

    /// <summary>A context one level down, cleared.</summary>
    public ScanContext Nested()
    {
        _nested ??= new(Plan, _depth + 1, _around is null ? null : new());
        _nested.Plan = Plan;
        _nested.Reset();
        return _nested;
    }

    public void Reset()
    {
        Findings.Clear();
        _open.Clear();
        _tables.Clear();
        _around?.Clear();
        OpenRun = ClassKernel.NoRun;
    }

    public void Add(Finding finding) => Findings.Add(finding);

    /// <summary>Keeps the end of a list until it is known what stands there.</summary>
    public void Postpone(int end, Quote quote) => _open.Add(end, quote);

    /// <summary>Keeps a heading until what stands below it is final. A stretch of a text may begin in the middle of a line and has none.</summary>
    public void Head(TableHeading heading)
    {
        if (_around is not null)
        {
            _tables.Add(heading);
        }
    }

    /// <summary>
    /// Joins the findings, goes on with the lists whose end lies in one of them, judges what stands around them anew, then the cells of tables. What lies before
    /// <paramref name="decided"/> no further anchor can change; it equals <paramref name="length"/> at the end of the text. Gives the place
    /// before which the findings are final.
    /// </summary>
    public int Settle(byte[] buffer, int length, int decided)
    {
        Merger.Merge(Findings);
        ReadOnlySpan<byte> window = buffer.AsSpan(0, length);
        _open.Settle(this, window, decided);
        int final = Findings.Count > 0 && _around is not null ? _around.Settle(this, Beside(), window, decided) : Neighbourhoods.Untouched(length, decided);
        return _tables.Settle(this, window, final);
    }

    /// <summary>A context for the neighbourhood of findings of this one.</summary>
    private ScanContext Beside()
    {
        _beside ??= new(Plan, _depth, null);
        _beside.Plan = Plan;
        return _beside;
    }

    /// <summary>Moves what is remembered when the buffer drops its first bytes.</summary>
    public void Shift(int count)
    {
        for (int i = 0; i < Findings.Count; i++)
        {
            Findings[i] = Findings[i] with { Start = Findings[i].Start - count, End = Findings[i].End - count };
        }

        _open.Shift(count);
        _tables.Shift(count);
        _around?.Shift(count);
        OpenRun -= OpenRun == ClassKernel.NoRun ? 0 : count;
    }

    public ulong Identify(ReadOnlySpan<byte> value) => Plan.Ids.Of(value);

    /// <summary>
    /// Looks at the anchors in [<paramref name="from"/>, <paramref name="to"/>) of a text of <paramref name="length"/> bytes.
    /// The buffer is readable <see cref="AnchorKernel.Padding"/> bytes beyond.
    /// </summary>
    public void Scan(byte[] buffer, int length, int from, int to)
    {
        // The vector passes read beyond the text; what an earlier text left there must not look like its continuation.
        buffer.AsSpan(length, AnchorKernel.Padding).Clear();
        for (int start = from; start < to; start += Slice)
        {
            int end = Math.Min(to, start + Slice);
            ScanAnchors(Plan.Rules, buffer, length, start, end);
            if (Plan.Known is { } known)
            {
                ScanAnchors(known, buffer, length, start, end);
            }

            if (Plan.Options.Pii)
            {
                ScanNumbers(buffer, length, start, end);
            }

            if (Plan.Options.IpAddresses)
            {
                AddressRules.Scan(this, buffer, length, start, end);
            }

            ScanRunsAndMarks(buffer, length, start, end);
        }
    }

    private void ScanAnchors(AnchorIndex index, byte[] buffer, int length, int from, int to)
    {
        int count = index.Collect(buffer, from, to, _masks, _hits);
        for (int i = 0; i < count; i++)
        {
            index.Dispatch(this, buffer, length, _hits[i]);
        }
    }

    private void ScanNumbers(byte[] buffer, int length, int from, int to)
    {
        int count = ClassKernel.Numbers(buffer, from, to, _hits);
        ReadOnlySpan<byte> window = buffer.AsSpan(0, length);
        for (int i = 0; i < count; i++)
        {
            NumberVerifier.Verify(new(this, window, _hits[i], RuleTable.Card));
        }
    }

    private void ScanRunsAndMarks(byte[] buffer, int length, int from, int to)
    {
        long open = OpenRun;
        int count = ClassKernel.RunsAndMarks(buffer, from, to, ref open, _hits);
        OpenRun = open;
        ReadOnlySpan<byte> window = buffer.AsSpan(0, length);
        for (int i = 0; i < count; i++)
        {
            int at = _hits[i];
            if (at < 0)
            {
                continue;
            }

            if (buffer[at] == '@')
            {
                VerifyAt(new(this, window, at, RuleTable.UriPassword));
            }
            else if (buffer[at] == '.')
            {
                LongTokens.VerifyDots(new(this, window, at, RuleTable.Discord));
            }
            else if (CanNest)
            {
                Base64Verifier.Verify(new(this, window, at, RuleTable.Known));
            }
        }
    }

    private void VerifyAt(in Site site)
    {
        if (!UriVerifier.VerifyUserInfo(site) && Plan.Options.Pii)
        {
            EmailVerifier.Verify(site);
        }
    }
}
