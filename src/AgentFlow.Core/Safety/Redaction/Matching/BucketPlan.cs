using System.Numerics;

namespace AgentFlow.Safety.Redaction;

/// <summary>Shares anchors out over the buckets of the vector pass so that the estimated number of false sightings stays lowest.</summary>
internal sealed class BucketPlan(int buckets)
{
    private const int Positions = AnchorIndex.Width;

    private readonly ushort[] _low = new ushort[buckets * Positions];
    private readonly ushort[] _high = new ushort[buckets * Positions];
    private readonly double[] _cost = new double[buckets];
    private readonly List<(ushort[] Low, ushort[] High, double Cost)> _groups = [];

    /// <summary>Adds the fingerprints of one anchor; they share a bucket.</summary>
    public void Add(List<Fingerprint> prints, bool foldCase)
    {
        ushort[] low = new ushort[Positions];
        ushort[] high = new ushort[Positions];
        foreach (Fingerprint print in prints)
        {
            for (int k = 0; k < Positions; k++)
            {
                byte c = print[k];
                low[k] |= (ushort)(1 << (c & 15));
                high[k] |= (ushort)(1 << (c >> 4));
                if (foldCase && c is >= (byte)'a' and <= (byte)'z')
                {
                    high[k] |= (ushort)(1 << ((c >> 4) - 2));
                }
            }
        }

        _groups.Add((low, high, Chance(low, high)));
    }

    /// <summary>The nibble tables, one array per eight buckets.</summary>
    public byte[][] ToTables()
    {
        foreach ((ushort[] low, ushort[] high, double _) in _groups.OrderByDescending(g => g.Cost))
        {
            Place(low, high);
        }

        byte[][] tables = new byte[buckets / 8][];
        for (int group = 0; group < tables.Length; group++)
        {
            byte[] table = new byte[Positions * 32];
            for (int bucket = 0; bucket < 8; bucket++)
            {
                Fill(table, (group * 8) + bucket, (byte)(1 << bucket));
            }

            tables[group] = table;
        }

        return tables;
    }

    private static double Chance(ReadOnlySpan<ushort> low, ReadOnlySpan<ushort> high)
    {
        double chance = 1;
        for (int k = 0; k < Positions; k++)
        {
            double share = 0;
            for (int h = high[k]; h != 0; h &= h - 1)
            {
                int row = BitOperations.TrailingZeroCount(h) << 4;
                for (int l = low[k]; l != 0; l &= l - 1)
                {
                    share += Fingerprint.Frequency(row | BitOperations.TrailingZeroCount(l));
                }
            }

            chance *= share;
        }

        return chance;
    }

    private void Place(ushort[] low, ushort[] high)
    {
        Span<ushort> mergedLow = stackalloc ushort[Positions];
        Span<ushort> mergedHigh = stackalloc ushort[Positions];
        int best = 0;
        double lowest = double.MaxValue;
        double bestCost = 0;
        for (int bucket = 0; bucket < buckets; bucket++)
        {
            for (int k = 0; k < Positions; k++)
            {
                mergedLow[k] = (ushort)(_low[(bucket * Positions) + k] | low[k]);
                mergedHigh[k] = (ushort)(_high[(bucket * Positions) + k] | high[k]);
            }

            double cost = Chance(mergedLow, mergedHigh);
            if (cost - _cost[bucket] < lowest)
            {
                (best, lowest, bestCost) = (bucket, cost - _cost[bucket], cost);
            }
        }

        _cost[best] = bestCost;
        for (int k = 0; k < Positions; k++)
        {
            _low[(best * Positions) + k] |= low[k];
            _high[(best * Positions) + k] |= high[k];
        }
    }

    private void Fill(byte[] table, int bucket, byte bit)
    {
        for (int k = 0; k < Positions; k++)
        {
            for (int nibble = 0; nibble < 16; nibble++)
            {
                if ((_low[(bucket * Positions) + k] >> nibble & 1) != 0)
                {
                    table[(k * 32) + nibble] |= bit;
                }

                if ((_high[(bucket * Positions) + k] >> nibble & 1) != 0)
                {
                    table[(k * 32) + 16 + nibble] |= bit;
                }
            }
        }
    }
}
