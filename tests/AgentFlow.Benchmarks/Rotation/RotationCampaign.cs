using System.Diagnostics;

namespace AgentFlow.Benchmarks.Rotation;

/// <summary>
/// Kills the rotating process at every place that it has, in every command, for every unattended kind, and lets every outside call meet
/// every bad answer; goes on as an operator would, and compares the sandbox's truth with what the journal says.
/// </summary>
/// <param name="sandboxProgram">The sandbox to run.</param>
/// <param name="kills">Goes on after that until so many kills were made.</param>
/// <param name="minutes">Begins no rotation after so long; null takes the time that it needs.</param>
/// <param name="seed">The order.</param>
/// <param name="plant">A bug of the host, to try the audit; null for none.</param>
internal sealed class RotationCampaign(string sandboxProgram, int kills, double? minutes, int seed, string? plant = null)
{
    private const int Lanes = 6;
    private const int RunsPerWord = 25;
    private const int TroublesAtOnce = 3;
    private readonly Lock _lock = new();
    private readonly List<CampaignKindWork> _work = [.. CampaignKind.All.Select(static kind => new CampaignKindWork(kind))];
    private CampaignTotals _totals = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _runs;

    /// <summary>At every point that a rotation passes some process died, and every call met every trouble.</summary>
    public bool IsCovered => _work.TrueForAll(static work => work.IsCovered);

    /// <summary>And in each command that comes by it.</summary>
    public bool IsWhole => _work.TrueForAll(static work => work.IsWhole);

    /// <summary>Runs it; prints a line for each finding.</summary>
    public async Task<CampaignTotals> RunAsync()
    {
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(RunLaneAsync));
        return _totals;
    }

    /// <summary>What was covered, for each kind.</summary>
    public IEnumerable<string> Report() => _work.SelectMany(work => work.Report(minutes is null));

    private async Task RunLaneAsync(int lane)
    {
        await using CampaignSandbox sandbox = await CampaignSandbox.StartAsync(sandboxProgram);
        Random random = new(seed * Lanes + lane);
        while (Choose(random) is { } work)
        {
            if (!work.Learned)
            {
                await LearnAsync(sandbox, work);
            }
            else
            {
                await DisturbAsync(sandbox, work, random);
            }
        }
    }

    // The kind with the most to do; with nothing to do anywhere, any kind until the kills are enough.
    private CampaignKindWork? Choose(Random random)
    {
        lock (_lock)
        {
            if (_work.Find(static one => !one.Learned && !one.Learning) is { } unknown)
            {
                unknown.Learning = true;
                return unknown;
            }

            if (_totals.Kills >= kills && minutes is { } most && _clock.Elapsed.TotalMinutes >= most)
            {
                return null;
            }

            List<CampaignKindWork> ready = [.. _work.Where(static one => one.Learned)];
            return ready.Where(static one => one.HasOpen).MaxBy(static one => one.Open)
                ?? (ready.Count > 0 && (_totals.Kills < kills || ready.Count < _work.Count) ? ready[random.Next(ready.Count)] : null);
        }
    }

    private async Task LearnAsync(CampaignSandbox sandbox, CampaignKindWork work)
    {
        RotationRun run = new(sandbox, work.Kind, new(new NumberedDeaths(), [], Plant: plant) { WantsExchanges = true }) { Watch = one => work.Places.Learn(one.Places) };
        CampaignTotals totals = await run.RunAsync();
        lock (_lock)
        {
            work.Troubles.Learn(run.Exchanges);
            work.Learned = true;
            _totals = _totals.Plus(totals);
        }
    }

    private async Task DisturbAsync(CampaignSandbox sandbox, CampaignKindWork work, Random random)
    {
        int number = Interlocked.Increment(ref _runs);
        ChosenDeaths deaths = new(work.Places, random);

        // Where deaths lead is only learned, and found again, where nothing else goes wrong: what a bad answer leads to may never come again.
        IReadOnlyList<CampaignTrouble> troubles = deaths.ScriptLength > 1 || number % 3 == 0 ? [] : work.Troubles.Take(TroublesAtOnce, random);

        // A build that was asked for twice leaves a second deployment with the new value, and then the gate may open at once.
        bool hasty = number % 4 == 0 && !troubles.Any(static trouble => trouble.Call.StartsWith("POST vercel/v13/deployments", StringComparison.Ordinal));
        RotationRun run = new(sandbox, work.Kind, new(deaths, troubles, hasty, plant) { Confirms = number % 6 == 0 || work.Places.Some("confirm", 1, random).Count > 0 })
        {
            Watch = troubles.Count > 0 ? null : one => work.Places.Saw(one.Places, deaths.Died),
        };
        CampaignTotals totals = await run.RunAsync();
        work.Troubles.Record(run.Exchanges);
        deaths.Release();
        lock (_lock)
        {
            _totals = _totals.Plus(totals);
            if (_totals.Runs % RunsPerWord == 0)
            {
                Console.WriteLine($"{_clock.Elapsed:mm\\:ss}: {_totals.Runs} rotations, {_totals.Kills} kills; to go: {_work.Sum(static one => one.OpenPoints)} points, {_work.Sum(static one => one.Open)} places and bad answers");
            }
        }
    }
}
