using System.Diagnostics;
using AgentFlow.TestKit.Database;

namespace AgentFlow.Adapters.Tests.Rls;

/// <summary>Every single-fault mutation of the corpus is found and its guilty object named; the baseline and the benign variations are not flagged.</summary>
[Collection("RLS: roles are the cluster's")]
public sealed class CorpusTests(CorpusServer corpus, ITestOutputHelper output)
{
    [Fact]
    public async Task The_baseline_has_no_finding()
    {
        IReadOnlyList<CheckResult> results = await corpus.RunAsync(await corpus.CopyAsync());
        Assert.Empty(results.Flagged().Select(result => result.Line()));
        Assert.Equal(string.Empty, string.Join("\n", results.Where(result => result.Outcome is CheckOutcome.Error or CheckOutcome.Inconclusive).Select(result => result.Line())));
        foreach (CheckResult result in results)
        {
            output.WriteLine(result.Line());
        }
    }

    [Fact]
    public async Task Every_mutation_is_found_and_named_and_no_benign_variation_is_flagged()
    {
        PostgresServer server = await corpus.RequireAsync();
        List<string> wrong = [];
        int found = 0;
        foreach (CorpusCase one in CorpusServer.Cases.Where(Selected))
        {
            string name = await corpus.CopyAsync();
            try
            {
                await server.RunFileAsync(name, Path.Combine(CorpusServer.Folder!, one.File));
                long start = Stopwatch.GetTimestamp();
                List<CheckResult> flagged = [.. (await corpus.RunAsync(name)).Flagged()];
                bool named = flagged.Any(result => result.Names(one.Guilty));
                found += !one.IsBenign && named ? 1 : 0;
                output.WriteLine($"{(one.IsBenign ? (flagged.Count == 0 ? "ok  " : "FLAG") : named ? "ok  " : flagged.Count > 0 ? "NAME" : "MISS")} {one} {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms");
                if (one.IsBenign ? flagged.Count > 0 : !named || Verbose)
                {
                    flagged.ForEach(result => output.WriteLine("       " + result.Line()));
                }

                if (one.IsBenign ? flagged.Count > 0 : !named && !one.NeedsSpec)
                {
                    wrong.Add(one.ToString());
                }
            }
            finally
            {
                if (one.Undo is { } undo)
                {
                    await server.RunFileAsync("postgres", Path.Combine(CorpusServer.Folder!, undo));
                }

                await server.DropAsync(name);
            }
        }

        output.WriteLine($"{found} of {CorpusServer.Cases.Count(one => !one.IsBenign)} named without a spec");
        Assert.Empty(wrong);
    }

    // For a developer: AGENTFLOW_RLS_CASE=M0 runs a part and prints all findings.
    private static bool Verbose => Environment.GetEnvironmentVariable("AGENTFLOW_RLS_CASE") is { Length: > 0 };

    private static bool Selected(CorpusCase one) => Environment.GetEnvironmentVariable("AGENTFLOW_RLS_CASE") is not { Length: > 0 } part || part.Split(',').Any(id => one.Id.StartsWith(id, StringComparison.Ordinal));
}
