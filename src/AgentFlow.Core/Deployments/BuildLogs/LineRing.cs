namespace AgentFlow.Deployments.BuildLogs;

/// <summary>The last lines that nobody needed yet, in buffers that are used again.</summary>
internal sealed class LineRing(int capacity)
{
    private const int Longest = 2048;

    private readonly Slot[] _slots = new Slot[capacity];
    private int _next;
    private int _count;

    public delegate void Reader(ReadOnlySpan<char> line, int number);

    /// <summary>True when lines were dropped since the last drain.</summary>
    public bool HasDropped { get; private set; }

    /// <summary>Keeps the start of a line and drops the oldest when full.</summary>
    public void Add(ReadOnlySpan<char> line, int number)
    {
        ref Slot slot = ref _slots[_next];
        int length = Math.Min(line.Length, Longest);
        if (slot.Text is null || slot.Text.Length < length)
        {
            slot.Text = new char[Math.Max(256, length)];
        }

        line[..length].CopyTo(slot.Text);
        (slot.Length, slot.Number) = (length, number);
        _next = (_next + 1) % _slots.Length;
        HasDropped |= _count == _slots.Length;
        _count = Math.Min(_count + 1, _slots.Length);
    }

    /// <summary>Hands out what is kept, oldest first, and forgets it.</summary>
    public void Drain(Reader read)
    {
        for (int i = 0; i < _count; i++)
        {
            Slot slot = _slots[(_next - _count + i + _slots.Length) % _slots.Length];
            read(slot.Text.AsSpan(0, slot.Length), slot.Number);
        }

        (_count, HasDropped) = (0, false);
    }

    private struct Slot
    {
        public char[] Text;
        public int Length;
        public int Number;
    }
}
