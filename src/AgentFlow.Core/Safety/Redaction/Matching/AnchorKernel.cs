using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace AgentFlow.Safety.Redaction;

/// <summary>
/// The vector pass: for each position, whether its four bytes may be a fingerprint. Two shuffles per byte and bucket group tell it
/// for 16, 32 or 64 positions at once. The buffer must be readable <see cref="Padding"/> bytes beyond what is asked about.
/// </summary>
internal static class AnchorKernel
{
    /// <summary>Readable bytes that every scanned buffer has behind its text.</summary>
    public const int Padding = 128;

    /// <summary>Writes the positions in [<paramref name="from"/>, <paramref name="to"/>) to <paramref name="hits"/>; returns their number.</summary>
    public static int Collect(byte[] buffer, int from, int to, AnchorIndex index, int[] hits)
    {
        ref byte text = ref MemoryMarshal.GetArrayDataReference(buffer);
        ref int output = ref MemoryMarshal.GetArrayDataReference(hits);
        int count = 0;
        foreach (byte[] table in index.Tables)
        {
            ref byte first = ref MemoryMarshal.GetArrayDataReference(table);
            count = Avx512BW.IsSupported ? Collect512(ref text, from, to, ref first, ref output, count)
                : Avx2.IsSupported ? Collect256(ref text, from, to, ref first, ref output, count)
                : Ssse3.IsSupported || AdvSimd.Arm64.IsSupported ? Collect128(ref text, from, to, ref first, ref output, count)
                : CollectScalar(ref text, from, to, ref first, ref output, count);
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Collect512(ref byte text, int from, int to, ref byte table, ref int output, int count)
    {
        Vector512<byte> nibble = Vector512.Create((byte)15);
        Vector512<byte> low0 = Wide(ref table, 0), high0 = Wide(ref table, 16);
        Vector512<byte> low1 = Wide(ref table, 32), high1 = Wide(ref table, 48);
        Vector512<byte> low2 = Wide(ref table, 64), high2 = Wide(ref table, 80);
        Vector512<byte> low3 = Wide(ref table, 96), high3 = Wide(ref table, 112);
        for (int i = from; i < to; i += 64)
        {
            ref byte at = ref Unsafe.Add(ref text, i);
            Vector512<byte> b0 = Vector512.LoadUnsafe(ref at);
            Vector512<byte> b1 = Vector512.LoadUnsafe(ref at, 1);
            Vector512<byte> b2 = Vector512.LoadUnsafe(ref at, 2);
            Vector512<byte> b3 = Vector512.LoadUnsafe(ref at, 3);
            Vector512<byte> seen =
                Avx512BW.Shuffle(low0, b0 & nibble) & Avx512BW.Shuffle(high0, (b0.AsUInt16() >> 4).AsByte() & nibble)
                & Avx512BW.Shuffle(low1, b1 & nibble) & Avx512BW.Shuffle(high1, (b1.AsUInt16() >> 4).AsByte() & nibble)
                & Avx512BW.Shuffle(low2, b2 & nibble) & Avx512BW.Shuffle(high2, (b2.AsUInt16() >> 4).AsByte() & nibble)
                & Avx512BW.Shuffle(low3, b3 & nibble) & Avx512BW.Shuffle(high3, (b3.AsUInt16() >> 4).AsByte() & nibble);
            ulong mask = ~Vector512.Equals(seen, Vector512<byte>.Zero).ExtractMostSignificantBits();
            mask = to - i < 64 ? mask & ((1UL << (to - i)) - 1) : mask;
            while (mask != 0)
            {
                Unsafe.Add(ref output, count++) = i + BitOperations.TrailingZeroCount(mask);
                mask &= mask - 1;
            }
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Collect256(ref byte text, int from, int to, ref byte table, ref int output, int count)
    {
        Vector256<byte> nibble = Vector256.Create((byte)15);
        Vector256<byte> low0 = Twice(ref table, 0), high0 = Twice(ref table, 16);
        Vector256<byte> low1 = Twice(ref table, 32), high1 = Twice(ref table, 48);
        Vector256<byte> low2 = Twice(ref table, 64), high2 = Twice(ref table, 80);
        Vector256<byte> low3 = Twice(ref table, 96), high3 = Twice(ref table, 112);
        for (int i = from; i < to; i += 32)
        {
            ref byte at = ref Unsafe.Add(ref text, i);
            Vector256<byte> b0 = Vector256.LoadUnsafe(ref at);
            Vector256<byte> b1 = Vector256.LoadUnsafe(ref at, 1);
            Vector256<byte> b2 = Vector256.LoadUnsafe(ref at, 2);
            Vector256<byte> b3 = Vector256.LoadUnsafe(ref at, 3);
            Vector256<byte> seen =
                Avx2.Shuffle(low0, b0 & nibble) & Avx2.Shuffle(high0, (b0.AsUInt16() >> 4).AsByte() & nibble)
                & Avx2.Shuffle(low1, b1 & nibble) & Avx2.Shuffle(high1, (b1.AsUInt16() >> 4).AsByte() & nibble)
                & Avx2.Shuffle(low2, b2 & nibble) & Avx2.Shuffle(high2, (b2.AsUInt16() >> 4).AsByte() & nibble)
                & Avx2.Shuffle(low3, b3 & nibble) & Avx2.Shuffle(high3, (b3.AsUInt16() >> 4).AsByte() & nibble);
            uint mask = ~Vector256.Equals(seen, Vector256<byte>.Zero).ExtractMostSignificantBits();
            mask = to - i < 32 ? mask & ((1U << (to - i)) - 1) : mask;
            while (mask != 0)
            {
                Unsafe.Add(ref output, count++) = i + BitOperations.TrailingZeroCount(mask);
                mask &= mask - 1;
            }
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Collect128(ref byte text, int from, int to, ref byte table, ref int output, int count)
    {
        for (int i = from; i < to; i += 16)
        {
            Vector128<byte> seen = Vector128<byte>.AllBitsSet;
            for (int k = 0; k < AnchorIndex.Width; k++)
            {
                Vector128<byte> bytes = Vector128.LoadUnsafe(ref Unsafe.Add(ref text, i + k));
                Vector128<byte> low = Vector128.LoadUnsafe(ref table, (nuint)(k * 32));
                Vector128<byte> high = Vector128.LoadUnsafe(ref table, (nuint)((k * 32) + 16));
                seen &= Vector128.Shuffle(low, bytes & Vector128.Create((byte)15)) & Vector128.Shuffle(high, bytes >> 4);
            }

            uint mask = ~Vector128.Equals(seen, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xFFFF;
            mask = to - i < 16 ? mask & ((1U << (to - i)) - 1) : mask;
            while (mask != 0)
            {
                Unsafe.Add(ref output, count++) = i + BitOperations.TrailingZeroCount(mask);
                mask &= mask - 1;
            }
        }

        return count;
    }

    internal static int CollectScalar(ref byte text, int from, int to, ref byte table, ref int output, int count)
    {
        for (int i = from; i < to; i++)
        {
            int seen = 255;
            for (int k = 0; k < AnchorIndex.Width && seen != 0; k++)
            {
                byte c = Unsafe.Add(ref text, i + k);
                seen &= Unsafe.Add(ref table, (k * 32) + (c & 15)) & Unsafe.Add(ref table, (k * 32) + 16 + (c >> 4));
            }

            if (seen != 0)
            {
                Unsafe.Add(ref output, count++) = i;
            }
        }

        return count;
    }

    private static Vector512<byte> Wide(ref byte table, nuint offset)
    {
        Vector256<byte> half = Twice(ref table, offset);
        return Vector512.Create(half, half);
    }

    private static Vector256<byte> Twice(ref byte table, nuint offset)
    {
        Vector128<byte> quarter = Vector128.LoadUnsafe(ref table, offset);
        return Vector256.Create(quarter, quarter);
    }
}
