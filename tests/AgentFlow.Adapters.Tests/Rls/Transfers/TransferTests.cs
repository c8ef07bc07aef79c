using AgentFlow.Adapters.Postgres.Rls;
using AgentFlow.Checks;
using AgentFlow.Rls;
using AgentFlow.Safety;
using AgentFlow.TestKit.Database;

namespace AgentFlow.Adapters.Tests.Rls.Transfers;

/// <summary>Schemas of other shapes than the corpus: nothing is found in the correct ones, and every single fault is found and named.</summary>
[Collection("RLS: roles are the cluster's")]
public sealed class TransferTests(CorpusServer corpus)
{
    public static TheoryData<string> Shapes() => [.. TransferShapes.All.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task A_correct_schema_is_clean(string name)
    {
        (PostgresServer server, string template) = await MakeAsync(name);
        string found = string.Join("\n", (await FindAsync(server, template)).Select(result => $"{result.CheckId} {result.Target}: {result.Outcome}: {result.Reason}"));
        Assert.True(found.Length == 0, found);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Every_fault_is_found_and_named(string name)
    {
        (PostgresServer server, string template) = await MakeAsync(name);
        List<string> missed = [];
        foreach (TransferMutation mutation in TransferMutations.For(TransferShapes.Named(name)))
        {
            string database = await server.CopyAsync(template, Stop);
            try
            {
                await server.ExecuteAsync(database, mutation.Sql, Stop);
                IReadOnlyList<CheckResult> found = await FindAsync(server, database);
                if (!found.Any(result => mutation.Guilty.Any(guilty => result.Target.Contains(guilty, StringComparison.Ordinal) || result.Reason.Contains(guilty, StringComparison.Ordinal))))
                {
                    missed.Add($"{mutation.Name}: {(found.Count == 0 ? "nothing" : string.Join(" | ", found.Select(result => $"{result.CheckId} {result.Target} {result.Reason}")))}");
                }
            }
            finally
            {
                // Roles belong to the cluster, not to the copy.
                await server.ExecuteAsync("postgres", "alter role authenticated nobypassrls", Stop);
                await server.DropAsync(database, Stop);
            }
        }

        Assert.True(missed.Count == 0, string.Join("\n", missed));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<(PostgresServer Server, string Template)> MakeAsync(string name)
    {
        PostgresServer server = await corpus.RequireAsync();
        string template = await server.CopyAsync("template0", Stop);
        await server.ExecuteAsync(template, new TransferSchema(TransferShapes.Named(name)).Write(), Stop);
        return (server, template);
    }

    private static async Task<IReadOnlyList<CheckResult>> FindAsync(PostgresServer server, string database)
    {
        RlsDatabase target = new(() => Secret.FromChars(server.For(database)));
        RlsTest test = new(target, new() { Guard = new() { ExpectedEnvironment = "test" } });
        return await test.RunAsync(new(TimeProvider.System), Stop).Where(result => result.Outcome is CheckOutcome.Fail or CheckOutcome.Warn or CheckOutcome.Error).ToListAsync(Stop);
    }
}
