using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AgentFlow.Safety.Redaction;

/// <summary>
/// All anchors of one plan, compiled: tables of buckets for the vector pass, and a hash of the exact (case-folded) four bytes for what
/// the pass lets through. Each anchor stands for its rarest four bytes, not its first.
/// </summary>
internal sealed class AnchorIndex
{
    /// <summary>Bytes of a fingerprint.</summary>
    public const int Width = 4;

    private const int BucketsPerGroup = 8;
    private const uint Fold = 0x20202020;
    private const uint Spread = 0x9E3779B1u;
    private const int FilterBits = 16;

    private readonly BucketTables _tables;
    private readonly ulong[] _filter = new ulong[(1 << FilterBits) / 64];
    private readonly Entry[] _entries;
    private readonly uint[] _keys;
    private readonly ushort[] _heads;
    private readonly int _shift;

    private AnchorIndex(BucketTables tables, Entry[] entries, uint[] keys, ushort[] heads, int shift)
    {
        _tables = tables;
        _entries = entries;
        _keys = keys;
        _heads = heads;
        _shift = shift;
        for (int i = 0; i < heads.Length; i++)
        {
            uint bit = (keys[i] * Spread) >> (32 - FilterBits);
            _filter[bit >> 6] |= heads[i] == 0 ? 0 : 1UL << (int)bit;
        }
    }

    /// <summary>Farthest that a fingerprint stands behind the start of its anchor.</summary>
    public const int MaxWindow = 64;

    public static AnchorIndex Build(IEnumerable<(Anchor Anchor, short Rule)> anchors, int groups)
    {
        List<Entry> entries = [default];
        List<(uint Key, ushort Entry)> keys = [];
        BucketPlan buckets = new(groups * BucketsPerGroup);
        foreach ((Anchor anchor, short rule) in anchors)
        {
            int window = Fingerprint.RarestWindow(anchor.Bytes);
            ushort entry = checked((ushort)entries.Count);
            entries.Add(new(anchor.Bytes, window, anchor.FoldCase, anchor.Verify, rule));
            List<Fingerprint> prints = Fingerprint.Of(anchor, window);
            buckets.Add(prints, anchor.FoldCase);
            keys.AddRange(prints.Select(p => p.Value | Fold).Distinct().Select(k => (k, entry)));
        }

        return Compile(new(buckets.ToTables()), entries, keys);
    }

    /// <summary>Writes the positions in [<paramref name="from"/>, <paramref name="to"/>) whose four bytes are very likely a fingerprint; returns their number.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public int Collect(byte[] buffer, int from, int to, ulong[] masks, int[] hits)
    {
        AnchorKernel.Mark(buffer, from, to, _tables, masks);
        ref byte text = ref MemoryMarshal.GetArrayDataReference(buffer);
        ref ulong filter = ref MemoryMarshal.GetArrayDataReference(_filter);
        ref int output = ref MemoryMarshal.GetArrayDataReference(hits);
        int count = 0;
        int block = 0;
        for (int i = from; i < to; i += AnchorKernel.Block)
        {
            ulong mask = masks[block++];
            mask = to - i < AnchorKernel.Block ? mask & ((1UL << (to - i)) - 1) : mask;
            for (; mask != 0; mask &= mask - 1)
            {
                int at = i + BitOperations.TrailingZeroCount(mask);
                uint bit = ((Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref text, at)) | Fold) * Spread) >> (32 - FilterBits);
                Unsafe.Add(ref output, count) = at;
                count += (int)(Unsafe.Add(ref filter, (int)(bit >> 6)) >> (int)bit) & 1;
            }
        }

        return count;
    }

    /// <summary>Runs the verifiers of every anchor whose fingerprint stands at <paramref name="at"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Dispatch(ScanContext context, byte[] buffer, int length, int at)
    {
        uint key = Unsafe.ReadUnaligned<uint>(ref buffer[at]) | Fold;
        uint slot = (key * Spread) >> _shift;
        while (_heads[slot] != 0)
        {
            if (_keys[slot] == key)
            {
                Run(context, buffer.AsSpan(0, length), at, _heads[slot]);
            }

            slot = (slot + 1) & (uint)(_heads.Length - 1);
        }
    }

    private static AnchorIndex Compile(BucketTables tables, List<Entry> entries, List<(uint Key, ushort Entry)> keys)
    {
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(64, keys.Count * 4));
        int shift = 32 - BitOperations.Log2((uint)size);
        uint[] slots = new uint[size];
        ushort[] heads = new ushort[size];
        foreach ((uint key, ushort entry) in keys)
        {
            uint slot = (key * Spread) >> shift;
            while (heads[slot] != 0)
            {
                slot = (slot + 1) & (uint)(size - 1);
            }

            slots[slot] = key;
            heads[slot] = entry;
        }

        return new(tables, [.. entries], slots, heads, shift);
    }

    /// <summary>Never instrumented: a profile of which verifier is called costs a tenth of the first pass, and all of them are.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Run(ScanContext context, ReadOnlySpan<byte> window, int at, ushort index)
    {
        ref readonly Entry entry = ref _entries[index];
        int start = at - entry.Window;
        if (start < 0 || start + entry.Literal.Length > window.Length)
        {
            return;
        }

        ReadOnlySpan<byte> seen = window.Slice(start, entry.Literal.Length);
        if (entry.FoldCase ? EqualFolded(seen, entry.Literal) : seen.SequenceEqual(entry.Literal))
        {
            entry.Verify(new Site(context, window, start, entry.Rule));
        }
    }

    private static bool EqualFolded(ReadOnlySpan<byte> seen, byte[] literal)
    {
        for (int i = 0; i < literal.Length; i++)
        {
            byte c = seen[i];
            c = c is >= (byte)'A' and <= (byte)'Z' ? (byte)(c | 0x20) : c;
            if (c != literal[i])
            {
                return false;
            }
        }

        return true;
    }

    private readonly record struct Entry(byte[] Literal, int Window, bool FoldCase, Verifier Verify, short Rule);
}
