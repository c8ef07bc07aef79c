namespace AgentFlow.Safety.Redaction;

/// <summary>The buckets of each character at each of the four positions of a fingerprint, one array per eight buckets.</summary>
internal sealed class BucketTables
{
    private const int Positions = AnchorIndex.Width;

    public BucketTables(byte[][] exact)
    {
        Exact = exact;
        Nibbles = [.. exact.Select(ToNibbles)];
    }

    /// <summary>4 × 128 bytes, by the low seven bits of a byte.</summary>
    public byte[][] Exact { get; }

    /// <summary>4 × (16 bytes by low nibble, 16 by high nibble): a character may pass that is no member, none that is one is lost.</summary>
    public byte[][] Nibbles { get; }

    private static byte[] ToNibbles(byte[] exact)
    {
        byte[] nibbles = new byte[Positions * 32];
        for (int k = 0; k < Positions; k++)
        {
            for (int c = 0; c < 128; c++)
            {
                nibbles[(k * 32) + (c & 15)] |= exact[(k * 128) + c];
                nibbles[(k * 32) + 16 + (c >> 4)] |= exact[(k * 128) + c];
                nibbles[(k * 32) + 24 + (c >> 4)] |= exact[(k * 128) + c];
            }
        }

        return nibbles;
    }
}
