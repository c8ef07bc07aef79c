using System.Numerics;

namespace AgentFlow.Safety.Redaction;

/// <summary>Shares anchors out over the buckets of the vector pass so that the estimated number of false sightings stays lowest.</summary>
internal sealed class BucketPlan(int buckets)
{
    private const int Positions = AnchorIndex.Width;
    private const int Passes = 2;

    private readonly UInt128[] _members = new UInt128[buckets * Positions];
    private readonly double[] _shares = new double[buckets * Positions];
    private readonly List<(UInt128[] Members, double Chance)> _anchors = [];

    /// <summary>Adds the fingerprints of one anchor; they share a bucket.</summary>
    public void Add(List<Fingerprint> prints, bool foldCase)
    {
        UInt128[] members = new UInt128[Positions];
        foreach (Fingerprint print in prints)
        {
            for (int k = 0; k < Positions; k++)
            {
                byte c = print[k];
                members[k] |= UInt128.One << (c & 127);
                members[k] |= foldCase && c is >= (byte)'a' and <= (byte)'z' ? UInt128.One << (c - 32) : UInt128.Zero;
            }
        }

        double chance = 1;
        foreach (UInt128 set in members)
        {
            chance *= Share(set);
        }

        _anchors.Add((members, chance));
    }

    /// <summary>Per group of eight buckets and position, the buckets of each ASCII character: 4 × 128 bytes.</summary>
    public byte[][] ToTables()
    {
        Spread([.. _anchors.OrderByDescending(a => a.Chance).Select(a => a.Members)]);

        byte[][] tables = new byte[buckets / 8][];
        for (int group = 0; group < tables.Length; group++)
        {
            tables[group] = new byte[Positions * 128];
            for (int bucket = 0; bucket < 8; bucket++)
            {
                Fill(tables[group], (group * 8) + bucket, (byte)(1 << bucket));
            }
        }

        return tables;
    }

    private static double Share(UInt128 set)
    {
        double share = 0;
        Add((ulong)set, 0);
        Add((ulong)(set >> 64), 64);
        return share;

        void Add(ulong half, int from)
        {
            for (; half != 0; half &= half - 1)
            {
                share += Fingerprint.Frequency(from + BitOperations.TrailingZeroCount(half));
            }
        }
    }

    /// <summary>Puts each anchor where it adds least, then moves each once more, now that all are known: a third fewer false sightings.</summary>
    private void Spread(UInt128[][] anchors)
    {
        List<UInt128[]>[] placed = [.. Enumerable.Range(0, buckets).Select(static _ => new List<UInt128[]>())];
        int[] places = [.. anchors.Select(Place)];
        for (int i = 0; i < anchors.Length; i++)
        {
            placed[places[i]].Add(anchors[i]);
        }

        for (int pass = 0; pass < Passes; pass++)
        {
            for (int i = 0; i < anchors.Length; i++)
            {
                placed[places[i]].Remove(anchors[i]);
                Gather(places[i], placed[places[i]]);
                places[i] = Place(anchors[i]);
                placed[places[i]].Add(anchors[i]);
            }
        }
    }

    /// <summary>Fills a bucket anew with its anchors.</summary>
    private void Gather(int bucket, List<UInt128[]> anchors)
    {
        for (int k = 0; k < Positions; k++)
        {
            UInt128 set = UInt128.Zero;
            foreach (UInt128[] members in anchors)
            {
                set |= members[k];
            }

            _members[(bucket * Positions) + k] = set;
            _shares[(bucket * Positions) + k] = Share(set);
        }
    }

    /// <summary>Puts an anchor where it adds least; gives the bucket.</summary>
    private int Place(UInt128[] members)
    {
        int best = 0;
        double lowest = double.MaxValue;
        for (int bucket = 0; bucket < buckets; bucket++)
        {
            double before = 1;
            double after = 1;
            for (int k = 0; k < Positions; k++)
            {
                int at = (bucket * Positions) + k;
                before *= _shares[at];
                after *= _shares[at] + Share(members[k] & ~_members[at]);
            }

            if (after - before < lowest)
            {
                (best, lowest) = (bucket, after - before);
            }
        }

        for (int k = 0; k < Positions; k++)
        {
            int at = (best * Positions) + k;
            _shares[at] += Share(members[k] & ~_members[at]);
            _members[at] |= members[k];
        }

        return best;
    }

    private void Fill(byte[] table, int bucket, byte bit)
    {
        for (int k = 0; k < Positions; k++)
        {
            UInt128 set = _members[(bucket * Positions) + k];
            for (int c = 0; c < 128; c++)
            {
                table[(k * 128) + c] |= (set >> c & UInt128.One) != UInt128.Zero ? bit : (byte)0;
            }
        }
    }
}
