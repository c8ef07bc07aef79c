using System.Buffers;

namespace AgentFlow.Safety.Redaction;

/// <summary>
/// Judges what stands around each finding once more, as it will be read when the placeholder stands there: a secret that another one
/// touched, or hid the end of, is found in the first pass and not by whoever redacts the result again. Done until nothing new is found.
/// </summary>
internal sealed class Neighbourhoods
{
    /// <summary>How far in front of a finding an anchor may stand that is looked at again.</summary>
    private const int Before = 512;

    /// <summary>How far behind it.</summary>
    private const int After = 256;

    /// <summary>What verifiers see in front of the first anchor.</summary>
    private const int Behind = 1024;

    /// <summary>What they see behind the last one.</summary>
    private const int Ahead = 3072;

    /// <summary>Of a longer finding only the front is looked at: its end may be far.</summary>
    private const int Longest = 16_384;

    /// <summary>Findings in so much text are judged together.</summary>
    private const int Together = 4096;

    /// <summary>A finding of one word up to this length changes nothing for its neighbours.</summary>
    private const int LongestWord = 192;

    /// <summary>How far in front of a finding others may come to light, one after the other.</summary>
    private const int Chain = 16_384;

    /// <summary>The most bytes that must stay in memory in front of what is decided.</summary>
    public const int Reach = Chain + (2 * Longest) + After + Ahead;

    /// <summary>Marks in front of a word that no other word, number or value goes on over.</summary>
    private static readonly SearchValues<byte> s_opening = SearchValues.Create("\"'`<> \t\r\n,|=:(["u8);

    /// <summary>Marks behind it.</summary>
    private static readonly SearchValues<byte> s_closing = SearchValues.Create("\"'`<> \t\r\n,|&;)]"u8);

    /// <summary>What a reader of the text around may stop at inside of a finding.</summary>
    private static readonly SearchValues<byte> s_stops = SearchValues.Create("\"'`<>\\;,&|\r\n\u001b"u8);

    private readonly PriorityQueue<long, long> _again = new();
    private readonly MaskedStretch _stretch = new();
    private readonly List<(int Start, int End)> _places = [];
    private long _seen = long.MinValue;
    private long _floor;
    private long _dropped;

    /// <summary>Whether a byte is a mark behind which a word begins anew.</summary>
    public static bool Opens(byte mark) => s_opening.Contains(mark);

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _again.Clear();
        _seen = long.MinValue;
        _floor = 0;
        _dropped = 0;
    }

    /// <summary>The buffer dropped its first bytes.</summary>
    public void Shift(int count) => _dropped += count;

    /// <summary>
    /// Looks around the joined findings, first to last, as far as the text is decided, so that the result does not depend on the blocks.
    /// Gives the place before which nothing changes any more.
    /// </summary>
    public int Settle(ScanContext context, ScanContext beside, ReadOnlySpan<byte> window, int decided)
    {
        List<Finding> findings = context.Findings;
        for (int first = Next(findings); first < findings.Count; first = Next(findings))
        {
            // Nothing may come to light in what is written already, however long a row of discoveries gets.
            long start = findings[first].Start + _dropped;
            _floor = start > _seen ? Math.Max(_floor, Math.Min(start, decided + _dropped) - Chain) : _floor;
            bool far = findings[first].Length > Longest;
            int limit = far ? findings[first].Start : Math.Max(findings[first].Start + Together, findings[first].End);
            if (decided < window.Length && limit + (far ? 0 : After + Ahead) >= decided)
            {
                return (int)(_floor - _dropped);
            }

            _places.Clear();
            do
            {
                Note(window, findings[first]);
                first = Next(findings);
            }
            while (first < findings.Count && findings[first].End <= limit);

            if (_places.Count > 0)
            {
                Judge(findings, beside, window);
            }
        }

        return decided < window.Length ? (int)(Math.Max(_floor, decided + _dropped - Chain) - _dropped) : window.Length;
    }

    /// <summary>The place before which nothing changes when all findings were looked at.</summary>
    public static int Untouched(int length, int decided) => decided < length ? decided - Chain : length;

    /// <summary>Index of the first finding that was not looked at as it is now; the count when there is none.</summary>
    private int Next(List<Finding> findings)
    {
        int next = _seen == long.MinValue ? 0 : Merger.FirstBehind(findings, findings.Count, (int)Math.Max(int.MinValue, _seen - _dropped));
        while (_again.TryPeek(out long start, out _))
        {
            int place = (int)(start - _dropped);
            int at = Merger.FirstBehind(findings, findings.Count, place) - 1;
            if (at >= 0 && findings[at].Start == place)
            {
                return Math.Min(at, next);
            }

            _again.Dequeue();
        }

        return next;
    }

    /// <summary>Counts a finding as looked at, and keeps its place when its neighbours must be judged; of a long one only those in front.</summary>
    private void Note(ReadOnlySpan<byte> window, Finding finding)
    {
        long start = finding.Start + _dropped;
        bool far = finding.Length > Longest;
        bool known = start > _floor + 1 || _floor == 0;
        if (far ? start > _floor : !known || !StandsAlone(window, finding))
        {
            _places.Add((finding.Start, far ? finding.Start : finding.End));
        }

        while (_again.TryPeek(out long first, out _) && first <= start)
        {
            _again.Dequeue();
        }

        _seen = Math.Max(_seen, start);
    }

    /// <summary>Whether a finding is one word between marks that every reader of the text around stops at, with or without it.</summary>
    private static bool StandsAlone(ReadOnlySpan<byte> window, Finding finding)
    {
        if (finding.Length > LongestWord)
        {
            return false;
        }

        byte before = finding.Start == 0 ? (byte)'\n' : window[finding.Start - 1];
        byte after = finding.End == window.Length || (finding.Rule == RuleTable.UriPassword && window[finding.End] == '@') ? (byte)'\n' : window[finding.End];
        if (!s_opening.Contains(before) || !s_closing.Contains(after) || window[finding.Start..finding.End].ContainsAny(s_stops))
        {
            return false;
        }

        // What looks like a value itself may be one that goes on over signs of equality or colons.
        ReadOnlySpan<byte> front = window[Math.Max(0, finding.Start - LongestWord)..finding.Start].TrimEnd(before);
        if (before is (byte)'=' or (byte)':' && (front.IsEmpty || Shape.LooksRandom(Word(front))))
        {
            return false;
        }

        // A row of numbers goes on over blanks.
        bool row = (before == ' ' && finding.Start > 1 && ByteSet.Digit[window[finding.Start - 2]])
            || (after == ' ' && finding.End + 1 < window.Length && window[finding.End + 1] is (>= (byte)'0' and <= (byte)'9') or (byte)'+' or (byte)'(');
        return !row && (before != ' ' || after != ' ' || !window[finding.Start..finding.End].Contains((byte)' '));
    }

    /// <summary>What stands behind the last mark.</summary>
    private static ReadOnlySpan<byte> Word(ReadOnlySpan<byte> text) => text[(text.LastIndexOfAny(s_opening) + 1)..];

    private void Judge(List<Finding> findings, ScanContext beside, ReadOnlySpan<byte> window)
    {
        int high = Math.Min(window.Length, _places[^1].End + After + Ahead);
        bool whole = Scan(findings, beside, window, Behind, high, out bool first);
        if (!first && beside.Findings.Count > 0 && beside.Findings[0].Start == 0)
        {
            // It reaches out of the stretch, over what would be found without it: with all that a verifier may see it does not.
            _stretch.Wipe();
            whole = Scan(findings, beside, window, Site.LookBehind + 1, high, out first);
        }

        foreach (Finding seen in beside.Findings)
        {
            // What touches the edge of the stretch may be a part of something else.
            if ((seen.Start > 0 || first) && (seen.End < _stretch.Length || (whole && high == window.Length)))
            {
                (int start, int end) = _stretch.There(seen.Start, seen.End);
                Add(findings, seen with { Start = start, End = end });
            }
        }

        _stretch.Wipe();
    }

    /// <summary>Scans the text around the places as it will be read; gives whether it goes on to its end, and whether it begins where all text does.</summary>
    private bool Scan(List<Finding> findings, ScanContext beside, ReadOnlySpan<byte> window, int behind, int high, out bool first)
    {
        int low = (int)(Math.Max(_floor, Front(findings, _places[0].Start, Before + behind) + _dropped) - _dropped);
        first = low + _dropped == 0;
        bool whole = Write(findings, window, low, high);
        beside.Reset();
        for (int i = 0, to = 0; i < _places.Count; i++)
        {
            int from = Math.Max(to, _stretch.Here(_places[i].Start - Before));
            beside.OpenRun = from > to ? ClassKernel.NoRun : beside.OpenRun;
            to = Math.Max(to, _stretch.Here(_places[i].End + After));
            beside.Scan(_stretch.Buffer, _stretch.Length, from, to);
        }

        beside.Settle(_stretch.Buffer, _stretch.Length, _stretch.Length);
        return whole;
    }

    /// <summary>Where the stretch of a finding begins: a finding in front of it counts by its placeholder, for so much of it will be read.</summary>
    private static int Front(List<Finding> findings, int start, int left)
    {
        for (int i = Merger.FirstBehind(findings, findings.Count, start - 1) - 1; i >= 0 && start - findings[i].End < left; i--)
        {
            left -= start - findings[i].End + Placeholder.MaxLength;
            start = findings[i].Start;
            if (left <= 0)
            {
                return start;
            }
        }

        return Math.Max(0, start - left);
    }

    /// <summary>Writes the stretch with its placeholders; gives whether its end was reached.</summary>
    private bool Write(List<Finding> findings, ReadOnlySpan<byte> window, int low, int high)
    {
        _stretch.Clear();
        int at = low;
        for (int i = Math.Max(0, Merger.FirstBehind(findings, findings.Count, low) - 1); i < findings.Count && findings[i].Start < high; i++)
        {
            Finding finding = findings[i];
            if (finding.End <= low)
            {
                continue;
            }

            _stretch.Keep(window, at, finding.Start);
            at = finding.End;
            if ((finding.End >= high && high < window.Length) || (finding.Length > Longest && finding.Start >= low))
            {
                // Its name and its end may still change.
                _stretch.Mask(finding with { Rule = RuleTable.Known, Id = 0 });
                return false;
            }

            _stretch.Mask(finding);
        }

        _stretch.Keep(window, at, high);
        return true;
    }

    /// <summary>Joins what is new and has its surroundings looked at in their turn.</summary>
    private void Add(List<Finding> findings, Finding added)
    {
        int i = Merger.FirstBehind(findings, findings.Count, added.Start) - 1;
        if (i >= 0 && findings[i].End >= added.End)
        {
            return;
        }

        int known = findings.Count;
        findings.Add(added);
        Merger.Insert(findings, known);
        long start = findings[Merger.FirstBehind(findings, findings.Count, added.Start) - 1].Start + _dropped;
        if (start <= _seen)
        {
            _again.Enqueue(start, start);
        }
    }
}
