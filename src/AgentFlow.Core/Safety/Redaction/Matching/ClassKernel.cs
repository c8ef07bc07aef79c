using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AgentFlow.Safety.Redaction;

/// <summary>
/// Sightings that no literal marks: digit groups (cards, phone numbers), country code and check digits (IBAN), long base64 runs.
/// Character classes become 64-bit masks, and shapes become shifts of masks.
/// </summary>
internal static class ClassKernel
{
    /// <summary>Shortest run of base64 characters that is decoded and scanned again.</summary>
    public const int MinRun = 40;

    /// <summary>A longer run is taken in pieces of this many characters (a multiple of four).</summary>
    public const int Segment = 16 * 1024;

    /// <summary>Says that no run is open; any other value is a position, also a negative one.</summary>
    public const long NoRun = long.MinValue;

    private const int Step = 48;

    /// <summary>Positions where a card, phone number or IBAN may begin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Numbers(byte[] buffer, int from, int to, int[] hits)
    {
        ref byte text = ref MemoryMarshal.GetArrayDataReference(buffer);
        int count = 0;
        ulong digitBefore = from > 0 && char.IsAsciiDigit((char)buffer[from - 1]) ? 1UL : 0;
        for (int i = from; i < to; i += Step)
        {
            Vector512<byte> bytes = Vector512.LoadUnsafe(ref Unsafe.Add(ref text, i));
            ulong d = Within(bytes, (byte)'0', 10);
            ulong separator = Is(bytes, ' ') | Is(bytes, '-') | Is(bytes, '.');
            ulong upper = Within(bytes, (byte)'A', 26);
            ulong starts = d & ~((d << 1) | digitBefore);
            digitBefore = d >> (Step - 1) & 1;
            ulong d2 = d & (d >> 1);
            ulong d3 = d2 & (d >> 2);
            ulong d4 = d2 & (d2 >> 2);
            ulong d8 = d4 & (d4 >> 4);
            ulong card = d8 & (d8 >> 5);
            card |= d4 & (separator >> 4) & (d4 >> 5) & ((separator >> 9) | (separator >> 11));
            ulong phone = d3 & (separator >> 3) & (d3 >> 4) & (separator >> 7) & (d4 >> 8);
            ulong mask = starts & (card | phone);
            mask |= Is(bytes, '+') & (d >> 1) & (d >> 2 | separator >> 2 | Is(bytes, '(') >> 2);
            mask |= Is(bytes, '(') & (d2 >> 1) & (d >> 3 | Is(bytes, ')') >> 3);
            mask |= upper & (upper >> 1) & (d2 >> 2);
            mask &= (1UL << Math.Min(Step, to - i)) - 1;
            while (mask != 0)
            {
                hits[count++] = i + BitOperations.TrailingZeroCount(mask);
                mask &= mask - 1;
            }
        }

        return count;
    }

    /// <summary>
    /// Starts of base64 runs of at least <see cref="MinRun"/> characters and of each further piece of a very long one; at signs; dots with another dot seven places on.
    /// <paramref name="runStart"/> carries the start of the run that is open at <paramref name="from"/> (<see cref="NoRun"/> for none).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int RunsAndMarks(byte[] buffer, int from, int to, ref long runStart, int[] hits)
    {
        ref byte text = ref MemoryMarshal.GetArrayDataReference(buffer);
        int count = 0;
        long open = runStart;
        for (int i = from; i < to; i += 64)
        {
            Vector512<byte> bytes = Vector512.LoadUnsafe(ref Unsafe.Add(ref text, i));
            ulong member = Within(bytes | Vector512.Create((byte)0x20), (byte)'a', 26) | Within(bytes, (byte)'0', 10)
                | Is(bytes, '+') | Is(bytes, '/') | Is(bytes, '-') | Is(bytes, '_');
            int width = Math.Min(64, to - i);
            ulong within = width == 64 ? ~0UL : (1UL << width) - 1;
            ulong marks = ((Is(bytes, '.') & Is(Vector512.LoadUnsafe(ref Unsafe.Add(ref text, i + 7)), '.')) | Is(bytes, '@')) & within;
            for (; marks != 0; marks &= marks - 1)
            {
                hits[count++] = i + BitOperations.TrailingZeroCount(marks);
            }

            member &= within;
            int head = BitOperations.TrailingZeroCount(~member);
            if (head < 64 && (open == NoRun ? 0 : i - open) + head < MinRun && !HasLongRun(member))
            {
                int tail = width == 64 ? BitOperations.LeadingZeroCount(~member) : BitOperations.LeadingZeroCount(~(member << (64 - width)));
                open = tail == 0 ? NoRun : tail == width && open != NoRun ? open : i + width - tail;
                continue;
            }

            ulong gaps = ~member & within;
            int at = 0;
            while (true)
            {
                int end = gaps == 0 ? width : BitOperations.TrailingZeroCount(gaps);
                if (end > at || open != NoRun)
                {
                    long start = open != NoRun ? open : i + at;
                    count = Extend(start, open != NoRun ? i : start, i + end, hits, count);
                    open = gaps == 0 ? start : NoRun;
                }

                if (gaps == 0)
                {
                    break;
                }

                at = end + 1;
                gaps &= gaps - 1;
            }
        }

        runStart = open;
        return count;
    }

    /// <summary>Whether some run inside the mask has <see cref="MinRun"/> members.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasLongRun(ulong member)
    {
        ulong run = member & (member >> 1);
        run &= run >> 2;
        run &= run >> 4;
        run &= run >> 8;
        run &= run >> 16;
        return (run & (run >> (MinRun - 32))) != 0;
    }

    private static int Extend(long start, long before, long end, int[] hits, int count)
    {
        long had = before - start;
        long has = end - start;
        if (has < MinRun)
        {
            return count;
        }

        long next = had < MinRun ? 0 : ((had - MinRun) / Segment) + 1;
        for (long piece = next; (piece * Segment) + MinRun <= has; piece++)
        {
            hits[count++] = (int)(start + (piece * Segment));
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Is(Vector512<byte> bytes, char c) =>
        Vector512.Equals(bytes, Vector512.Create((byte)c)).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Within(Vector512<byte> bytes, byte first, byte count) =>
        Vector512.LessThan(bytes - Vector512.Create(first), Vector512.Create(count)).ExtractMostSignificantBits();
}
