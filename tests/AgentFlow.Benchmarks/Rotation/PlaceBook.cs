namespace AgentFlow.Benchmarks.Rotation;

/// <summary>
/// The places of one kind, as real processes told them, and which of them a process has died at. A place that only a certain death leads
/// to, as the recovery of a credential whose making was cut off, is known with the deaths before it.
/// </summary>
internal sealed class PlaceBook
{
    private const int MostTries = 8;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, IReadOnlyList<string>> _known = [];
    private readonly HashSet<string> _covered = [];
    private readonly HashSet<string> _seen = [];
    private readonly HashSet<string> _sure = [];
    private readonly HashSet<string> _points = [];
    private readonly Dictionary<string, int> _tries = [];
    private readonly HashSet<string> _taken = [];

    /// <summary>The command of <c>before start Minted: …</c>.</summary>
    public static string CommandOf(string place) => place.Split(' ', 3)[1];

    /// <summary>How many places are known and how many of them were died at.</summary>
    public (int Known, int Covered) Count(string? command = null)
    {
        lock (_lock)
        {
            List<string> mine = [.. _known.Keys.Where(place => command is null || CommandOf(place) == command)];
            return (mine.Count, mine.Count(_covered.Contains));
        }
    }

    /// <summary>
    /// How many points a rotation passes where nothing dies, the places of all commands taken as one, and how many of them were died at;
    /// and the same of the points that only deaths lead to, some of them only when a provider is slow as well.
    /// </summary>
    public (int Known, int Covered, int Further, int FurtherCovered) Points()
    {
        lock (_lock)
        {
            List<string> further = [.. _seen.Where(point => !_sure.Contains(point))];
            return (_sure.Count, _sure.Count(_points.Contains), further.Count, further.Count(_points.Contains));
        }
    }

    /// <summary>Places at which no process has died, though it was tried often or there is no more time: each command at the points that every rotation passes.</summary>
    public IReadOnlyList<string> Missed()
    {
        lock (_lock)
        {
            return [.. _known.Keys.Where(place => !_covered.Contains(place) && _sure.Contains(PointOf(place))).Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Those points at which no process of any command has died.</summary>
    public IReadOnlyList<string> MissedPoints()
    {
        lock (_lock)
        {
            return [.. _sure.Where(point => !_points.Contains(point)).Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Whether there is a place left that is worth a try.</summary>
    public bool HasOpen()
    {
        lock (_lock)
        {
            return Open().Any();
        }
    }

    /// <summary>What a rotation passes where nothing dies.</summary>
    public void Learn(IReadOnlyList<string> places)
    {
        lock (_lock)
        {
            _sure.UnionWith(places.Select(PointOf));
        }

        Saw(places, []);
    }

    /// <summary>A process came by.</summary>
    /// <param name="places">Where.</param>
    /// <param name="before">The deaths in that rotation before it.</param>
    public void Saw(IEnumerable<string> places, IReadOnlyList<string> before)
    {
        lock (_lock)
        {
            foreach (string place in places)
            {
                _seen.Add(PointOf(place));
                if (!_known.TryGetValue(place, out IReadOnlyList<string>? way) || way.Count > before.Count)
                {
                    _known[place] = before;
                }
            }
        }
    }

    public void Died(string place)
    {
        lock (_lock)
        {
            _covered.Add(place);
            _points.Add(PointOf(place));
        }
    }

    /// <summary>The deaths of a rotation that ends at a place where none has died yet; nothing when there is no such place. Those of the first command go first, for a rotation begins once.</summary>
    public IReadOnlyList<string> Take(Random random)
    {
        lock (_lock)
        {
            List<string> open = NewFirst([.. Open()]);
            List<string> first = [.. open.Where(static place => CommandOf(place) == "start")];
            open = first.Count > 0 ? first : open;
            if (open.Count == 0)
            {
                return [];
            }

            string place = open[random.Next(open.Count)];
            _tries[place] = _tries.GetValueOrDefault(place) + 1;
            _taken.Add(place);
            return [.. _known[place], place];
        }
    }

    /// <summary>The rotation that <see cref="Take"/> gave is over.</summary>
    public void Release(string place)
    {
        lock (_lock)
        {
            _taken.Remove(place);
        }
    }

    /// <summary>Some places of a command where none has died: a third of them, so that many lie on the way and each rotation meets others.</summary>
    public IReadOnlyList<string> Some(string command, int least, Random random)
    {
        lock (_lock)
        {
            string[] mine = [.. _known.Keys.Where(place => CommandOf(place) == command && !_taken.Contains(place))];
            random.Shuffle(mine);
            List<string> fresh = NewFirst([.. mine.Where(place => !_covered.Contains(place))]);
            return [.. fresh.Take(Math.Max(least, fresh.Count / 3))];
        }
    }

    /// <summary>The place without its command: whichever process was killed there, the journal and the world stand the same.</summary>
    private static string PointOf(string place) => place.Split(' ', 3) is [string side, _, string rest] ? $"{side} {rest}" : place;

    // What no process of any command has died at goes first, and of that what every rotation passes.
    private List<string> NewFirst(List<string> places)
    {
        List<string> fresh = [.. places.Where(place => !_points.Contains(PointOf(place)))];
        List<string> sure = [.. fresh.Where(place => _sure.Contains(PointOf(place)))];
        return sure.Count > 0 ? sure : fresh.Count > 0 ? fresh : places;
    }

    private IEnumerable<string> Open() => _known.Keys.Where(place => !_covered.Contains(place) && !_taken.Contains(place) && _tries.GetValueOrDefault(place) < MostTries);
}
