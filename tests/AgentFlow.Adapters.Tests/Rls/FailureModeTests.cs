using AgentFlow.TestKit.Database;

namespace AgentFlow.Adapters.Tests.Rls;

/// <summary>Faults of every failure mode beyond the corpus's public half, and correct variations; read whole and by witnesses.</summary>
[Collection("RLS: roles are the cluster's")]
public sealed class FailureModeTests(CorpusServer corpus)
{
    [Fact]
    public async Task Every_fault_is_found_and_named() => Assert.Equal(string.Empty, string.Join('\n', await WrongAsync(FailureModes.Faults, RlsRuns.Options.RowBudget)));

    [Fact]
    public async Task No_correct_variation_is_flagged() => Assert.Equal(string.Empty, string.Join('\n', await WrongAsync(FailureModes.Variations, RlsRuns.Options.RowBudget)));

    [Fact]
    public async Task Witnesses_find_what_counting_finds() =>
        Assert.Equal(string.Empty, string.Join('\n', await WrongAsync([.. FailureModes.Faults.Where(mode => mode.Code.StartsWith("POL", StringComparison.Ordinal)), .. FailureModes.Variations.Take(3)], rowBudget: 10)));

    private async Task<List<string>> WrongAsync(IReadOnlyList<FailureMode> modes, long rowBudget)
    {
        PostgresServer server = await corpus.RequireAsync();
        List<string> wrong = [];
        foreach (FailureMode mode in modes)
        {
            string name = await corpus.CopyAsync();
            try
            {
                await server.ExecuteAsync(name, mode.Sql);
                List<CheckResult> flagged = [.. (await corpus.RunAsync(name, RlsRuns.Options with { RowBudget = rowBudget })).Flagged()];
                if (mode.Guilty.Length == 0 ? flagged.Count > 0 : !flagged.Any(result => result.Names(mode.Guilty)))
                {
                    wrong.Add($"{mode.Code} {mode.Guilty}: {string.Join(" | ", flagged.Select(result => result.Line()))}");
                }
            }
            finally
            {
                await server.DropAsync(name);
                if (mode.Undo is { } undo)
                {
                    await server.ExecuteAsync("postgres", undo);
                }
            }
        }

        return wrong;
    }
}
