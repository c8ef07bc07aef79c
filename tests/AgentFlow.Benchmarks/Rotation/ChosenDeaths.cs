namespace AgentFlow.Benchmarks.Rotation;

/// <summary>Deaths at places where none has died yet: first on the way to one of them, then at others that the rotation comes by.</summary>
internal sealed class ChosenDeaths : IDeathPlan
{
    private const int MostDeaths = 20;
    private const int LeastChoices = 4;
    private readonly PlaceBook _book;
    private readonly Random _random;
    private readonly Queue<string> _script;
    private readonly List<string> _died = [];
    private readonly string? _target;
    private bool _scripted;

    public ChosenDeaths(PlaceBook book, Random random)
    {
        (_book, _random) = (book, random);
        _script = new(book.Take(random));
        ScriptLength = _script.Count;
        _target = _script.LastOrDefault();
    }

    /// <summary>How many deaths the way to its place has.</summary>
    public int ScriptLength { get; }

    /// <summary>The deaths so far, in order.</summary>
    public IReadOnlyList<string> Died => [.. _died];

    public Deaths Next(string command)
    {
        _scripted = _script.TryPeek(out string? next) && PlaceBook.CommandOf(next) == command;
        return _scripted ? new(0, [next!]) : _script.Count > 0 || _died.Count >= MostDeaths ? Deaths.None : new(0, _book.Some(command, LeastChoices, _random));
    }

    public void Ended(HostRun run)
    {
        if (run.Killed)
        {
            _died.Add(run.Places[^1]);
            _book.Died(run.Places[^1]);
            if (_scripted)
            {
                _script.Dequeue();
            }
        }
        else if (_scripted)
        {
            // The way did not lead there this time.
            _script.Clear();
        }
    }

    /// <summary>The rotation is over: another may try its place.</summary>
    public void Release()
    {
        if (_target is not null)
        {
            _book.Release(_target);
        }
    }

    public override string ToString() => $"died [{string.Join("; ", _died)}]";
}
