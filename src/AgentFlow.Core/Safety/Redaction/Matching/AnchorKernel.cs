using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace AgentFlow.Safety.Redaction;

/// <summary>
/// The vector pass: for each position, whether its four bytes may be a fingerprint of some bucket. With byte permutes one lookup per byte
/// tells it exactly; without them two nibble shuffles tell it nearly. The buffer must be readable <see cref="Padding"/> bytes beyond.
/// </summary>
internal static class AnchorKernel
{
    /// <summary>Readable bytes that every scanned buffer has behind its text.</summary>
    public const int Padding = 128;

    /// <summary>Positions told by one mask.</summary>
    public const int Block = 64;

    /// <summary>Writes one mask per 64 positions from <paramref name="from"/> on; bits at and beyond <paramref name="to"/> mean nothing.</summary>
    public static void Mark(byte[] buffer, int from, int to, BucketTables tables, ulong[] masks)
    {
        ref byte text = ref MemoryMarshal.GetArrayDataReference(buffer);
        ref ulong output = ref MemoryMarshal.GetArrayDataReference(masks);
        if (Avx512Vbmi.IsSupported)
        {
            MarkExact(ref text, from, to, tables.Exact, ref output);
        }
        else if (Avx2.IsSupported)
        {
            Mark256(ref text, from, to, tables.Nibbles, ref output);
        }
        else if (Ssse3.IsSupported || AdvSimd.Arm64.IsSupported)
        {
            Mark128(ref text, from, to, tables.Nibbles, ref output);
        }
        else
        {
            MarkScalar(ref text, from, to, tables.Exact, ref output);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void MarkExact(ref byte text, int from, int to, byte[][] tables, ref ulong masks)
    {
        // Two groups in one turn: the bytes are read once for both, and their tables still fit the registers.
        for (int group = 0; group < tables.Length; group += 2)
        {
            ref byte one = ref MemoryMarshal.GetArrayDataReference(tables[group]);
            ref byte two = ref MemoryMarshal.GetArrayDataReference(tables[Math.Min(group + 1, tables.Length - 1)]);
            Vector512<byte> low0 = Vector512.LoadUnsafe(ref one, 0), high0 = Vector512.LoadUnsafe(ref one, 64);
            Vector512<byte> low1 = Vector512.LoadUnsafe(ref one, 128), high1 = Vector512.LoadUnsafe(ref one, 192);
            Vector512<byte> low2 = Vector512.LoadUnsafe(ref one, 256), high2 = Vector512.LoadUnsafe(ref one, 320);
            Vector512<byte> low3 = Vector512.LoadUnsafe(ref one, 384), high3 = Vector512.LoadUnsafe(ref one, 448);
            Vector512<byte> also0 = Vector512.LoadUnsafe(ref two, 0), even0 = Vector512.LoadUnsafe(ref two, 64);
            Vector512<byte> also1 = Vector512.LoadUnsafe(ref two, 128), even1 = Vector512.LoadUnsafe(ref two, 192);
            Vector512<byte> also2 = Vector512.LoadUnsafe(ref two, 256), even2 = Vector512.LoadUnsafe(ref two, 320);
            Vector512<byte> also3 = Vector512.LoadUnsafe(ref two, 384), even3 = Vector512.LoadUnsafe(ref two, 448);
            ulong keep = group == 0 ? 0 : ~0UL;
            int block = 0;
            for (int i = from; i < to; i += Block)
            {
                ref byte at = ref Unsafe.Add(ref text, i);
                Vector512<byte> b0 = Vector512.LoadUnsafe(ref at);
                Vector512<byte> b1 = Vector512.LoadUnsafe(ref at, 1);
                Vector512<byte> b2 = Vector512.LoadUnsafe(ref at, 2);
                Vector512<byte> b3 = Vector512.LoadUnsafe(ref at, 3);
                Vector512<byte> seen =
                    (Avx512Vbmi.PermuteVar64x8x2(low0, b0, high0) & Avx512Vbmi.PermuteVar64x8x2(low1, b1, high1)
                    & Avx512Vbmi.PermuteVar64x8x2(low2, b2, high2) & Avx512Vbmi.PermuteVar64x8x2(low3, b3, high3))
                    | (Avx512Vbmi.PermuteVar64x8x2(also0, b0, even0) & Avx512Vbmi.PermuteVar64x8x2(also1, b1, even1)
                    & Avx512Vbmi.PermuteVar64x8x2(also2, b2, even2) & Avx512Vbmi.PermuteVar64x8x2(also3, b3, even3));
                ref ulong mask = ref Unsafe.Add(ref masks, block++);
                mask = (mask & keep) | ~Vector512.Equals(seen, Vector512<byte>.Zero).ExtractMostSignificantBits();
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Mark256(ref byte text, int from, int to, byte[][] tables, ref ulong masks)
    {
        Vector256<byte> nibble = Vector256.Create((byte)15);
        for (int group = 0; group < tables.Length; group++)
        {
            ref byte table = ref MemoryMarshal.GetArrayDataReference(tables[group]);
            Vector256<byte> low0 = Twice(ref table, 0), high0 = Twice(ref table, 16);
            Vector256<byte> low1 = Twice(ref table, 32), high1 = Twice(ref table, 48);
            Vector256<byte> low2 = Twice(ref table, 64), high2 = Twice(ref table, 80);
            Vector256<byte> low3 = Twice(ref table, 96), high3 = Twice(ref table, 112);
            ulong keep = group == 0 ? 0 : ~0UL;
            int block = 0;
            for (int i = from; i < to; i += Block)
            {
                ulong found = 0;
                for (int half = 0; half < Block; half += 32)
                {
                    ref byte at = ref Unsafe.Add(ref text, i + half);
                    Vector256<byte> b0 = Vector256.LoadUnsafe(ref at);
                    Vector256<byte> b1 = Vector256.LoadUnsafe(ref at, 1);
                    Vector256<byte> b2 = Vector256.LoadUnsafe(ref at, 2);
                    Vector256<byte> b3 = Vector256.LoadUnsafe(ref at, 3);
                    Vector256<byte> seen =
                        Avx2.Shuffle(low0, b0 & nibble) & Avx2.Shuffle(high0, (b0.AsUInt16() >> 4).AsByte() & nibble)
                        & Avx2.Shuffle(low1, b1 & nibble) & Avx2.Shuffle(high1, (b1.AsUInt16() >> 4).AsByte() & nibble)
                        & Avx2.Shuffle(low2, b2 & nibble) & Avx2.Shuffle(high2, (b2.AsUInt16() >> 4).AsByte() & nibble)
                        & Avx2.Shuffle(low3, b3 & nibble) & Avx2.Shuffle(high3, (b3.AsUInt16() >> 4).AsByte() & nibble);
                    found |= (ulong)(uint)~Vector256.Equals(seen, Vector256<byte>.Zero).ExtractMostSignificantBits() << half;
                }

                ref ulong mask = ref Unsafe.Add(ref masks, block++);
                mask = (mask & keep) | found;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Mark128(ref byte text, int from, int to, byte[][] tables, ref ulong masks)
    {
        int block = 0;
        for (int i = from; i < to; i += Block)
        {
            ulong found = 0;
            foreach (byte[] nibbles in tables)
            {
                ref byte table = ref MemoryMarshal.GetArrayDataReference(nibbles);
                for (int part = 0; part < Block; part += 16)
                {
                    Vector128<byte> seen = Vector128<byte>.AllBitsSet;
                    for (int k = 0; k < AnchorIndex.Width; k++)
                    {
                        Vector128<byte> bytes = Vector128.LoadUnsafe(ref Unsafe.Add(ref text, i + part + k));
                        Vector128<byte> low = Vector128.LoadUnsafe(ref table, (nuint)(k * 32));
                        Vector128<byte> high = Vector128.LoadUnsafe(ref table, (nuint)((k * 32) + 16));
                        seen &= Vector128.Shuffle(low, bytes & Vector128.Create((byte)15)) & Vector128.Shuffle(high, bytes >> 4);
                    }

                    found |= (ulong)(~Vector128.Equals(seen, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xFFFF) << part;
                }
            }

            Unsafe.Add(ref masks, block++) = found;
        }
    }

    internal static void MarkScalar(ref byte text, int from, int to, byte[][] tables, ref ulong masks)
    {
        int block = 0;
        for (int i = from; i < to; i += Block)
        {
            ulong found = 0;
            foreach (byte[] table in tables)
            {
                for (int j = 0; j < Block; j++)
                {
                    ref byte at = ref Unsafe.Add(ref text, i + j);
                    int seen = table[at & 127] & table[128 + (Unsafe.Add(ref at, 1) & 127)];
                    seen = seen == 0 ? 0 : seen & table[256 + (Unsafe.Add(ref at, 2) & 127)] & table[384 + (Unsafe.Add(ref at, 3) & 127)];
                    found |= seen == 0 ? 0 : 1UL << j;
                }
            }

            Unsafe.Add(ref masks, block++) = found;
        }
    }

    private static Vector256<byte> Twice(ref byte table, nuint offset)
    {
        Vector128<byte> half = Vector128.LoadUnsafe(ref table, offset);
        return Vector256.Create(half, half);
    }
}
