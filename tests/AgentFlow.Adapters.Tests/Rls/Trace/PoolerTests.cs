using AgentFlow.Adapters.Postgres.Rls;
using AgentFlow.Checks;
using AgentFlow.Rls;
using AgentFlow.Safety;
using AgentFlow.TestKit.Database;

namespace AgentFlow.Adapters.Tests.Rls.Trace;

/// <summary>Behind a pooler that gives every transaction another connection the answers are the same, for several runs at once.</summary>
[Collection("RLS: roles are the cluster's")]
public sealed class PoolerTests(CorpusServer corpus)
{
    [Fact]
    public async Task A_transaction_pooler_changes_nothing()
    {
        PostgresServer server = await corpus.RequireAsync();
        await using TransactionPooler? pooler = await TransactionPooler.TryStartAsync(server.ConnectionString, 6, Stop);
        Assert.SkipWhen(pooler is null, TransactionPooler.Reason);
        string name = await corpus.CopyAsync();
        IReadOnlyList<string> direct = await RunAsync(server.For(name));
        IReadOnlyList<string>[] pooled = await Task.WhenAll(RunAsync(pooler.For(name)), RunAsync(pooler.For(name)));
        Assert.Contains(direct, line => line.StartsWith("AFR305 Pass", StringComparison.Ordinal));
        Assert.Equal(direct, pooled[0]);
        Assert.Equal(direct, pooled[1]);

        // Nothing of a tenant may stay on a connection that somebody else gets next.
        Assert.Equal("postgres", await server.ValueAsync(name, "select current_user", Stop));
        await using Npgsql.NpgsqlConnection next = new(pooler.For(name));
        await next.OpenAsync(Stop);
        await using Npgsql.NpgsqlCommand command = new("select concat_ws('|', current_user, current_setting('request.jwt.claims', true), current_setting('agentflow.plan', true))", next);
        Assert.Equal("postgres", ((string)(await command.ExecuteScalarAsync(Stop))!).TrimEnd('|'));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<IReadOnlyList<string>> RunAsync(string connection)
    {
        RlsTest test = new(new RlsDatabase(() => Secret.FromChars(connection)), new() { Guard = new() { ExpectedEnvironment = "test" } });
        List<CheckResult> results = await test.RunAsync(new(TimeProvider.System), Stop).ToListAsync(Stop);
        return [.. results.Select(result => $"{result.CheckId} {result.Outcome}")];
    }
}
