using System.Diagnostics;
using AgentFlow.Adapters.Postgres.Rls;
using AgentFlow.Checks;
using AgentFlow.Rls;
using AgentFlow.TestKit.Database;

namespace AgentFlow.Adapters.Tests.Rls.Trace;

/// <summary>A run leaves the database as it was, to the byte and the sequence, also when its process is killed in the middle.</summary>
[Collection("RLS: roles are the cluster's")]
public sealed class NoTraceTests(CorpusServer corpus)
{
    private const string Variable = "AGENTFLOW_TEST_RLS_DATABASE";

    [Fact]
    public async Task A_whole_run_leaves_nothing()
    {
        PostgresServer server = await corpus.RequireAsync();
        string name = await corpus.CopyAsync();
        IReadOnlyDictionary<string, string> before = await TakeAsync(server, name);
        RlsTest test = new(await corpus.OpenAsync(name), new() { Guard = new() { ExpectedEnvironment = "test" } });
        List<CheckResult> results = await test.RunAsync(new(TimeProvider.System), Stop).ToListAsync(Stop);
        Assert.Contains(results, result => result.CheckId == "AFR305" && result.Outcome == CheckOutcome.Pass);
        Same(before, await TakeAsync(server, name));
    }

    [Fact]
    public async Task A_run_that_is_killed_leaves_nothing()
    {
        PostgresServer server = await corpus.RequireAsync();
        string name = await corpus.CopyAsync();
        IReadOnlyDictionary<string, string> before = await TakeAsync(server, name);

        // Killed while its transaction reads, while the one for writes is open, and wherever it is at the tenth look.
        foreach ((string moment, int looks) in new[]
        {
            ("exists (select from pg_stat_activity where datname = '{0}' and xact_start is not null)", 1),
            ("(select count(*) from pg_stat_activity where datname = '{0}' and xact_start is not null) > 1", 1),
            ("exists (select from pg_locks l join pg_database d on d.oid = l.database where d.datname = '{0}' and l.mode = 'RowExclusiveLock')", 1),
            ("exists (select from pg_stat_activity where datname = '{0}' and xact_start is not null)", 10),
        })
        {
            using Process process = Start(server.For(name));
            await process.StandardOutput.ReadLineAsync(Stop);
            string question = "select " + string.Format(System.Globalization.CultureInfo.InvariantCulture, moment, name);
            for (int seen = 0; seen < looks;)
            {
                Assert.False(process.HasExited, $"It ended before this was seen: {question}");
                seen += await server.ValueAsync("postgres", question, Stop) == "True" ? 1 : 0;
            }

            process.Kill();
            await process.WaitForExitAsync(Stop);
            Assert.NotEqual(0, process.ExitCode);
            Same(before, await TakeAsync(server, name));
        }
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<IReadOnlyDictionary<string, string>> TakeAsync(PostgresServer server, string name)
    {
        await DatabaseTrace.QuietAsync(server, name, Stop);
        return await DatabaseTrace.TakeAsync(server, name, Stop);
    }

    private static void Same(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after)
    {
        foreach ((string question, string answer) in before)
        {
            Assert.True(answer == after[question], $"{question}: before {answer}, after {after[question]}");
        }
    }

    // The connection goes by the environment, as an operator's would: a command line is there for all to read.
    private static Process Start(string connection)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "AgentFlow.RlsHost.dll"), Variable, "test", "1000"]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment[Variable] = connection;
        return Process.Start(start)!;
    }
}
