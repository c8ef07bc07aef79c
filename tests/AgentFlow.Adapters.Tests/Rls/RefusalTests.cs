using AgentFlow.Adapters.Postgres.Rls;
using AgentFlow.Faults;
using AgentFlow.Rls;
using AgentFlow.Rls.Guard;
using AgentFlow.Safety;
using AgentFlow.TestKit.Database;
using Npgsql;

namespace AgentFlow.Adapters.Tests.Rls;

/// <summary>What cannot be looked at is said, never passed over.</summary>
[Collection("RLS: roles are the cluster's")]
public sealed class RefusalTests(CorpusServer corpus)
{
    [Fact]
    public async Task Without_an_expected_environment_nothing_acts_and_each_check_says_so()
    {
        IReadOnlyList<CheckResult> results = await corpus.RunAsync(await corpus.CopyAsync(), new RlsOptions());
        Assert.All(results.Where(result => result.CheckId.StartsWith("AFR3", StringComparison.Ordinal)), result => Assert.Equal(CheckOutcome.Skipped, result.Outcome));
        Assert.Contains(results, result => result is { CheckId: "AFR301", Outcome: CheckOutcome.Skipped } && result.Reason.Contains("no expected environment", StringComparison.Ordinal));
        Assert.Contains(results, result => result is { CheckId: "AFR101", Outcome: CheckOutcome.Pass });
        Assert.Contains(results, result => result is { CheckId: "AFR201", Outcome: CheckOutcome.Pass });
    }

    [Fact]
    public async Task A_production_marker_refuses_what_was_asked_for()
    {
        PostgresServer server = await corpus.RequireAsync();
        string name = await corpus.CopyAsync();
        await server.ExecuteAsync(name, "update agentflow_meta.environment set name = 'production'");
        IReadOnlyList<CheckResult> results = await corpus.RunAsync(name, new RlsOptions { Guard = new RlsGuardPolicy { ExpectedEnvironment = "production" } });
        CheckResult guard = Assert.Single(results, result => result.CheckId == "AFR001");
        Assert.Equal((CheckOutcome.Error, FaultId.ProductionGuard), (guard.Outcome, guard.Actual));
        Assert.All(results.Where(result => result.CheckId.StartsWith("AFR3", StringComparison.Ordinal)), result => Assert.Equal(CheckOutcome.Skipped, result.Outcome));
    }

    [Fact]
    public async Task A_login_under_policies_cannot_tell_the_truth()
    {
        PostgresServer server = await corpus.RequireAsync();
        string name = await corpus.CopyAsync();
        string password = Guid.NewGuid().ToString("N");
        await server.ExecuteAsync(name, $"create role af_reader login password '{password}'; grant authenticated to af_reader");
        try
        {
            RlsDatabase database = new(() => Secret.FromChars(new NpgsqlConnectionStringBuilder(server.For(name)) { Username = "af_reader", Password = password }.ConnectionString));
            List<CheckResult> results = await new RlsTest(database, RlsRuns.Options).RunAsync(new(TimeProvider.System), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
            Assert.Contains(results, result => result is { CheckId: "AFR201", Outcome: CheckOutcome.Skipped } && result.Reason.Contains("BYPASSRLS", StringComparison.Ordinal));
            Assert.Contains(results, result => result is { CheckId: "AFR301", Outcome: CheckOutcome.Skipped });
            Assert.Contains(results, result => result is { CheckId: "AFR101", Outcome: CheckOutcome.Pass });
        }
        finally
        {
            await server.DropAsync(name);
            await server.ExecuteAsync("postgres", "drop role af_reader");
        }
    }

    [Fact]
    public async Task A_trigger_that_reaches_outside_is_not_fired()
    {
        PostgresServer server = await corpus.RequireAsync();
        string name = await corpus.CopyAsync();
        await server.ExecuteAsync(name, "create sequence public.far; create function private.number() returns trigger language plpgsql set search_path = '' as $f$ begin new.notes := pg_catalog.nextval('public.far')::text; return new; end $f$; create trigger number before insert or update on public.qualifications for each row execute function private.number()");
        IReadOnlyList<CheckResult> results = await corpus.RunAsync(name);
        Assert.Contains(results, result => result is { CheckId: "AFR303", Outcome: CheckOutcome.Skipped } && result.Reason.Contains("nextval", StringComparison.Ordinal));
        Assert.Contains(results, result => result is { CheckId: "AFR304", Outcome: CheckOutcome.Skipped } && result.Reason.Contains("nextval", StringComparison.Ordinal));
        Assert.Equal("false", await server.ValueAsync(name, "select is_called::text from public.far"));
    }

    [Fact]
    public async Task Only_the_asked_tables_are_reported()
    {
        PostgresServer server = await corpus.RequireAsync();
        string name = await corpus.CopyAsync();
        await server.ExecuteAsync(name, "alter table public.leads disable row level security; alter table public.subscriptions disable row level security");
        IReadOnlyList<CheckResult> results = await corpus.RunAsync(name, RlsRuns.Options with { Tables = ["sub*"] });
        Assert.Contains(results.Flagged(), result => result.Target == "public.subscriptions");
        Assert.DoesNotContain(results.Flagged(), result => result.Target == "public.leads");
    }
}
