namespace AgentFlow.Safety.Scanning;

/// <summary>Tells text from other content by its first bytes.</summary>
internal static class BinaryContent
{
    /// <summary>Bytes that are looked at, as many as git looks at.</summary>
    public const int Sample = 8000;

    /// <summary>True when it is not text: a zero byte outside UTF-16 and UTF-32.</summary>
    public static bool IsBinary(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> sample = head[..Math.Min(head.Length, Sample)];
        return sample.Contains((byte)0) && !IsWide(sample);
    }

    /// <summary>Whether it is UTF-16 or UTF-32: by byte-order mark, or because every unit is a plain character.</summary>
    public static bool IsWide(ReadOnlySpan<byte> sample) => sample switch
    {
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, 0, 0xFE, 0xFF, ..] => true,
        [not 0, 0, not 0, 0, ..] => IsPlain(sample, 0),
        [0, not 0, 0, not 0, ..] => IsPlain(sample, 1),
        _ => false,
    };

    private static bool IsPlain(ReadOnlySpan<byte> sample, int low)
    {
        for (int i = 0; i + 1 < sample.Length; i += 2)
        {
            byte character = sample[i + low];
            if (sample[i + 1 - low] == 0 && character < 0x20 && character is not ((byte)'\t' or (byte)'\n' or (byte)'\r'))
            {
                return false;
            }
        }

        return true;
    }
}
