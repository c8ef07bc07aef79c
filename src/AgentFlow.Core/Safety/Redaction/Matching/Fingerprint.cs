namespace AgentFlow.Safety.Redaction;

/// <summary>Four bytes that stand for an anchor in the vector pass.</summary>
/// <param name="Value">The bytes, first one lowest.</param>
internal readonly record struct Fingerprint(uint Value)
{
    private static readonly float[] s_frequency = Frequencies();

    public byte this[int position] => (byte)(Value >> (8 * position));

    /// <summary>Estimated share of a byte in build logs and JSON.</summary>
    public static float Frequency(int value) => s_frequency[value];

    /// <summary>Offset of the four bytes of an anchor that are least likely by chance; 0 for short anchors.</summary>
    public static int RarestWindow(ReadOnlySpan<byte> literal)
    {
        int best = 0;
        double lowest = double.MaxValue;
        for (int i = 0; i + AnchorIndex.Width <= Math.Min(literal.Length, AnchorIndex.MaxWindow); i++)
        {
            double chance = 1;
            for (int k = 0; k < AnchorIndex.Width; k++)
            {
                chance *= s_frequency[literal[i + k]];
            }

            if (chance < lowest)
            {
                (best, lowest) = (i, chance);
            }
        }

        return best;
    }

    /// <summary>The fingerprints of an anchor: one, or for a literal below four bytes one per way it can go on.</summary>
    public static List<Fingerprint> Of(Anchor anchor, int window)
    {
        ReadOnlySpan<byte> literal = anchor.Bytes;
        if (literal.Length >= AnchorIndex.Width)
        {
            return [new(BitConverter.ToUInt32(literal[window..]))];
        }

        byte[] next = anchor.Next?.Members() ?? throw new ArgumentException($"Anchor '{anchor.Text}' is too short to stand alone.", nameof(anchor));
        List<Fingerprint> prints = [];
        uint head = 0;
        for (int i = 0; i < literal.Length; i++)
        {
            head |= (uint)literal[i] << (8 * i);
        }

        foreach (byte third in next)
        {
            if (literal.Length == 3)
            {
                prints.Add(new(head | ((uint)third << 24)));
                continue;
            }

            foreach (byte fourth in next)
            {
                prints.Add(new(head | ((uint)third << 16) | ((uint)fourth << 24)));
            }
        }

        return prints;
    }

    private static float[] Frequencies()
    {
        float[] share = new float[256];
        Array.Fill(share, 0.0004f);
        const string Letters = "etaoinsrhldcumfpgwybvkxjqz";
        for (int i = 0; i < Letters.Length; i++)
        {
            float lower = 0.065f - (0.0025f * i);
            share[Letters[i]] = lower;
            share[char.ToUpperInvariant(Letters[i])] = Math.Max(0.0015f, lower / 12);
        }

        for (int digit = '0'; digit <= '9'; digit++)
        {
            share[digit] = 0.022f;
        }

        share[' '] = 0.1f;
        foreach (char c in "\"/.-:,")
        {
            share[c] = 0.025f;
        }

        foreach (char c in "_{}[]()=\n'\\")
        {
            share[c] = 0.006f;
        }

        return share;
    }
}
