namespace AgentFlow.Safety.Redaction;

/// <summary>A stretch of a text as it will be written, with placeholders, and the way back from its positions to those of the text.</summary>
internal sealed class MaskedStretch
{
    private readonly List<Piece> _pieces = [];

    /// <summary>The bytes; <see cref="AnchorKernel.Padding"/> bytes behind <see cref="Length"/> are readable.</summary>
    public byte[] Buffer { get; private set; } = new byte[8192];

    public int Length { get; private set; }

    /// <summary>Empties it; the next piece begins at a place of the text.</summary>
    public void Clear()
    {
        Length = 0;
        _pieces.Clear();
    }

    /// <summary>Appends a part of the text that stays.</summary>
    public void Keep(ReadOnlySpan<byte> window, int start, int end)
    {
        if (end > start)
        {
            _pieces.Add(new(Length, start, end, Kept: true));
            window[start..end].CopyTo(Room(end - start));
            Length += end - start;
        }
    }

    /// <summary>Appends what will stand in place of a finding.</summary>
    public void Mask(Finding finding)
    {
        _pieces.Add(new(Length, finding.Start, finding.End, Kept: false));
        Length += Placeholder.Write(finding, Room(Placeholder.MaxLength));
    }

    /// <summary>Where a place of the text stands here.</summary>
    public int Here(int place)
    {
        int low = 0;
        int high = _pieces.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _pieces[middle].End > place ? (low, middle) : (middle + 1, high);
        }

        return low == _pieces.Count ? Length : _pieces[low].At + (_pieces[low].Kept ? Math.Max(0, place - _pieces[low].Start) : 0);
    }

    /// <summary>The span of the text that a span here stands for; a placeholder counts as the whole of what it hides.</summary>
    public (int Start, int End) There(int start, int end)
    {
        Piece first = PieceOf(start);
        Piece last = PieceOf(end - 1);
        return (first.Kept ? first.Start + start - first.At : first.Start, last.Kept ? last.Start + end - last.At : last.End);
    }

    /// <summary>Forgets the bytes.</summary>
    public void Wipe() => Buffer.AsSpan(0, Length).Clear();

    private Piece PieceOf(int at)
    {
        int low = 0;
        int high = _pieces.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = _pieces[middle].At > at ? (low, middle - 1) : (middle, high);
        }

        return _pieces[low];
    }

    private Span<byte> Room(int count)
    {
        int needed = Length + count + AnchorKernel.Padding;
        if (needed > Buffer.Length)
        {
            byte[] larger = new byte[Math.Max(needed, Buffer.Length * 2)];
            Buffer.AsSpan(0, Length).CopyTo(larger);
            Wipe();
            Buffer = larger;
        }

        return Buffer.AsSpan(Length);
    }

    private readonly record struct Piece(int At, int Start, int End, bool Kept);
}
