namespace AgentFlow.Benchmarks.Rotation;

/// <summary>Deaths at numbered places: of the whole run for the first, of the process that goes on for each later one.</summary>
internal sealed class NumberedDeaths(params IReadOnlyList<int> at) : IDeathPlan
{
    private int _passed;
    private int _deaths;

    public Deaths Next(string command) => new(_deaths >= at.Count ? 0 : _deaths > 0 ? at[_deaths] : Math.Max(0, at[0] - _passed), []);

    public void Ended(HostRun run)
    {
        _passed += run.Places.Count;
        _deaths += run.Killed ? 1 : 0;
    }

    public override string ToString() => $"dies at [{string.Join(", ", at)}]";
}
