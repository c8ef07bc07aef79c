using System.Buffers;

namespace AgentFlow.Safety.Redaction;

/// <summary>Long base64 runs: those that hold text are decoded and scanned; a secret in them hides the characters that carry it.</summary>
internal static class Base64Verifier
{
    private const int Sample = 32;
    private const int Skipped = 8;
    private const int Overlap = 1024;

    /// <summary>Lines of wrapped text that are decoded together with the one before them.</summary>
    private const int MaxLines = 8;

    private static readonly ByteSet s_encoded = new("A-Za-z0-9+/=_-");

    private static readonly byte[] s_values = Values();

    public static void Verify(in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int run = ByteSet.AnyBase64.Run(text, site.At, ClassKernel.Segment + Overlap);
        ReadOnlySpan<byte> encoded = text.Slice(site.At, run);
        LongTokens.Verify(site, run);
        if (Placeholder.EndsBefore(text, site.At) || text[(site.At + run)..].StartsWith("[REDACTED:"u8))
        {
            // The rest of a run that was decoded as a whole before.
            return;
        }

        for (int shift = 0; shift < 4; shift++)
        {
            if (LooksLikeText(encoded[shift..]))
            {
                if (LineWrap.Continuation(text, site.At + run, s_encoded, out _) > 0)
                {
                    ScanWrapped(site, run, shift);
                }
                else
                {
                    ScanDecoded(site, encoded, shift, []);
                }

                return;
            }
        }
    }

    /// <summary>Scans a line together with those that it goes on over: what encodes files wraps its lines.</summary>
    private static void ScanWrapped(in Site site, int run, int shift)
    {
        ReadOnlySpan<byte> text = site.Text;
        int most = Math.Min(text.Length - site.At, run + (MaxLines * (run + 8)));
        byte[] joined = ArrayPool<byte>.Shared.Rent(most);
        int[] places = ArrayPool<int>.Shared.Rent(most);
        try
        {
            int count = 0;
            int at = site.At;
            int length = run;
            for (int line = 0; line <= MaxLines && length <= run && count + length <= most; line++)
            {
                text.Slice(at, length).CopyTo(joined.AsSpan(count));
                if (line > 0 && !GoesOn(joined.AsSpan(0, count + length), count, shift))
                {
                    break;
                }

                for (int i = 0; i < length; i++)
                {
                    places[count++] = at + i;
                }

                int next = length < run ? -1 : LineWrap.Continuation(text, at + length, s_encoded, out length);
                if (next < 0)
                {
                    break;
                }

                at = next;
            }

            ScanDecoded(site, joined.AsSpan(0, count), shift, places.AsSpan(0, count));
        }
        finally
        {
            joined.AsSpan().Clear();
            ArrayPool<byte>.Shared.Return(joined);
            ArrayPool<int>.Shared.Return(places);
        }
    }

    /// <summary>Whether the last line of what was joined is more of the same text, and not a word that follows it.</summary>
    private static bool GoesOn(ReadOnlySpan<byte> joined, int line, int shift)
    {
        int group = line + (-(line - shift) & 3);
        ReadOnlySpan<byte> own = joined[Math.Min(group, joined.Length)..].TrimEnd((byte)'=');
        return own.Length >= 4 ? IsText(own[..(own.Length & ~3)]) : ((joined.Length - shift) & 3) == 0;
    }

    /// <summary>Whether a sample from the start and one from the middle decode to printable text, as UTF-8 or UTF-16.</summary>
    private static bool LooksLikeText(ReadOnlySpan<byte> encoded)
    {
        // The first characters may belong to an escape or a path in front of the encoded text.
        if (encoded.Length < Sample)
        {
            return false;
        }

        int middle = (encoded.Length / 2) & ~3;
        return IsText(encoded.Slice(Math.Min(Skipped, (encoded.Length - Sample) & ~3), Sample)) && (middle + Sample > encoded.Length || IsText(encoded.Slice(middle, Sample)));
    }

    private static bool IsText(ReadOnlySpan<byte> sample)
    {
        int bytes = sample.Length / 4 * 3;
        int printable = 0;
        int zero = 0;
        for (int i = 0; i + 4 <= sample.Length; i += 4)
        {
            int bits = (s_values[sample[i]] << 18) | (s_values[sample[i + 1]] << 12) | (s_values[sample[i + 2]] << 6) | s_values[sample[i + 3]];
            for (int k = 16; k >= 0; k -= 8)
            {
                int c = bits >> k & 0xFF;
                printable += c is (>= 0x20 and < 0x7F) or '\n' or '\r' or '\t' ? 1 : 0;
                zero += c == 0 ? 1 : 0;
            }

            if (((i / 4 * 3) + 3 - printable - zero) * 100 > bytes * 12)
            {
                return false;
            }
        }

        return printable * 100 >= bytes * 88 || (zero * 100 >= bytes * 45 && (printable + zero) * 100 >= bytes * 95);
    }

    /// <param name="site">The sighting.</param>
    /// <param name="encoded">The characters.</param>
    /// <param name="shift">How many of them stand before the first that counts.</param>
    /// <param name="places">Where each of them stands in the text; empty when they stand there as they are.</param>
    private static void ScanDecoded(in Site site, ReadOnlySpan<byte> encoded, int shift, ReadOnlySpan<int> places)
    {
        byte[] decoded = ArrayPool<byte>.Shared.Rent((encoded.Length * 3 / 4) + 4 + AnchorKernel.Padding);
        int[]? origin = null;
        try
        {
            int length = Decode(encoded[shift..], decoded);
            if (decoded.AsSpan(0, length).Count((byte)0) * 10 > length * 4)
            {
                origin = ArrayPool<int>.Shared.Rent(length + 1);
                length = Narrow(decoded, length, origin);
            }

            ScanContext nested = site.Context.Nested();
            nested.Scan(decoded, length, 0, length);
            nested.Settle(decoded, length, length);
            foreach (Finding finding in nested.Findings)
            {
                int first = origin is null ? finding.Start : origin[finding.Start];
                int last = origin is null ? finding.End : origin[finding.End - 1] + 1;
                int start = shift + (first * 4 / 3);
                int end = Math.Min(encoded.Length, shift + (((last * 4) + 2) / 3));
                site.Report(places.IsEmpty ? site.At + start : places[start], places.IsEmpty ? site.At + end : places[end - 1] + 1, finding.Rule, finding.Id);
            }
        }
        finally
        {
            decoded.AsSpan().Clear();
            ArrayPool<byte>.Shared.Return(decoded);
            if (origin is not null)
            {
                ArrayPool<int>.Shared.Return(origin);
            }
        }
    }

    private static int Decode(ReadOnlySpan<byte> encoded, byte[] output)
    {
        int written = 0;
        int i = 0;
        for (; i + 4 <= encoded.Length; i += 4)
        {
            int bits = (s_values[encoded[i]] << 18) | (s_values[encoded[i + 1]] << 12) | (s_values[encoded[i + 2]] << 6) | s_values[encoded[i + 3]];
            output[written++] = (byte)(bits >> 16);
            output[written++] = (byte)(bits >> 8);
            output[written++] = (byte)bits;
        }

        int rest = encoded.Length - i;
        if (rest >= 2)
        {
            output[written++] = (byte)((s_values[encoded[i]] << 2) | (s_values[encoded[i + 1]] >> 4));
        }

        if (rest == 3)
        {
            output[written++] = (byte)((s_values[encoded[i + 1]] << 4) | (s_values[encoded[i + 2]] >> 2));
        }

        return written;
    }

    /// <summary>UTF-16 to single bytes in place; <paramref name="origin"/> keeps where each one came from.</summary>
    private static int Narrow(byte[] text, int length, int[] origin)
    {
        int written = 0;
        for (int i = 0; i < length; i++)
        {
            if (text[i] != 0)
            {
                origin[written] = i;
                text[written++] = text[i];
            }
        }

        return written;
    }

    private static byte[] Values()
    {
        byte[] values = new byte[256];
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < Alphabet.Length; i++)
        {
            values[Alphabet[i]] = (byte)i;
        }

        values['-'] = 62;
        values['_'] = 63;
        return values;
    }
}
