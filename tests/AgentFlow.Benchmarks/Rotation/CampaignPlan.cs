using AgentFlow.TestKit.Sandbox;

namespace AgentFlow.Benchmarks.Rotation;

/// <summary>What happens in one run: where the process dies, what a provider does wrong, and which bug was planted to try the audit.</summary>
/// <param name="DieAt">The places, from 1: of the whole run for the first death, of the resumed process for each later one.</param>
/// <param name="Trouble">One bad answer; null for none.</param>
/// <param name="Hasty">Completion is also asked for at once, when the gate must still be shut.</param>
/// <param name="Plant">As the host knows them; null for none.</param>
internal sealed record CampaignPlan(IReadOnlyList<int> DieAt, SandboxFault? Trouble = null, bool Hasty = false, string? Plant = null)
{
    private const int Recoveries = 2;
    private const int RecoveryPlaces = 29;
    private const int LateMilliseconds = 3_500;
    private const int SlowMilliseconds = 400;
    private static readonly string[] s_methods = ["POST", "PATCH", "PUT", "DELETE"];

    /// <summary>The plan of run number <paramref name="run"/>: most meet one bad answer as well.</summary>
    public static CampaignPlan Of(int run, int place, CampaignKind kind)
    {
        SandboxFault? trouble = ((run / CampaignKind.All.Count) % 8) switch
        {
            1 => new("status") { Status = 429, RetryAfterSeconds = 1 },
            2 => new("lost"),
            3 => new("status") { Status = 503 },
            4 => new("late") { Milliseconds = LateMilliseconds },
            5 => new("twice"),
            6 => new("truncate"),
            7 => new("latency") { Milliseconds = SlowMilliseconds },
            _ => null,
        };
        IEnumerable<int> again = Enumerable.Range(1, run % (Recoveries + 1)).Select(death => 1 + (((run * 7) + (death * 11)) % RecoveryPlaces));
        return new(
            [place, .. again],
            trouble is null ? null : trouble with { Provider = run % 2 == 0 ? "vercel" : kind.Provider, Method = s_methods[(run / 3) % s_methods.Length], Times = 1 },
            Hasty: run % 4 == 0);
    }

    /// <inheritdoc/>
    public override string ToString() => $"dies at [{string.Join(", ", DieAt)}], {Trouble?.ToString() ?? "no trouble"}{(Hasty ? ", hasty" : string.Empty)}{(Plant is null ? string.Empty : ", planted " + Plant)}";
}
