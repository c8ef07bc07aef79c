using AgentFlow.Adapters.Postgres.Rls;
using AgentFlow.Faults;
using AgentFlow.Rls;
using AgentFlow.Rls.Access;
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

    [Fact]
    public async Task What_does_not_answer_in_time_breaks_off_its_layers_only()
    {
        PostgresServer server = await corpus.RequireAsync();
        string name = await corpus.CopyAsync();
        await server.ExecuteAsync(name, "create view public.slow with (security_invoker = true) as select * from public.leads where pg_catalog.pg_sleep(60) is not null; grant select on public.slow to authenticated");
        RlsDatabase database = new(() => Secret.FromChars(server.For(name)), TimeSpan.FromSeconds(2));
        List<CheckResult> results = await new RlsTest(database, RlsRuns.Options).RunAsync(new(TimeProvider.System), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Contains(results, result => result is { CheckId: "AFR101", Outcome: CheckOutcome.Pass });
        List<CheckResult> broken = [.. results.Where(result => result.Outcome == CheckOutcome.Error)];
        Assert.All(broken, result => Assert.Equal(FaultId.DatabaseTimeout, result.Actual));
        Assert.Equal(["AFR003", "AFR201", "AFR202", "AFR203", "AFR206", "AFR301", "AFR302", "AFR303"], broken.Select(result => result.CheckId).Order(StringComparer.Ordinal).Take(8));
        Assert.DoesNotContain(results, result => result.CheckId.StartsWith("AFR3", StringComparison.Ordinal) && result.Outcome == CheckOutcome.Pass);
    }

    [Fact]
    public async Task A_locked_table_is_said_and_not_passed()
    {
        PostgresServer server = await corpus.RequireAsync();
        string name = await corpus.CopyAsync();
        RlsDatabase database = await corpus.OpenAsync(name);
        await using IRlsSession session = await database.BeginAsync(writes: false, TestContext.Current.CancellationToken);
        await using NpgsqlConnection other = new(server.For(name));
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using NpgsqlTransaction holding = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using NpgsqlCommand take = new("lock table public.leads in access exclusive mode", other, holding);
        await take.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        AfFaultException fault = await Assert.ThrowsAsync<AfFaultException>(() => session.RunAsync(null, [new("select 1 as one"), new("select count(*) from public.leads")], TestContext.Current.CancellationToken));
        Assert.Equal(FaultId.DatabaseTimeout, fault.Id);
    }

    [Fact]
    public async Task A_table_that_the_login_may_not_read_is_an_error_in_every_check_of_its_rows()
    {
        PostgresServer server = await corpus.RequireAsync();
        string name = await corpus.CopyAsync();
        string password = Guid.NewGuid().ToString("N");
        await server.ExecuteAsync(name, $"create table public.notes (id uuid primary key, organization_id uuid not null references public.organizations, lead_id uuid); create role af_partial login bypassrls noinherit password '{password}'; grant authenticated, anon to af_partial; grant usage on schema public, auth, storage, agentflow_meta to af_partial; grant select on all tables in schema public, auth, storage, agentflow_meta to af_partial; revoke select on public.leads, storage.buckets from af_partial");
        try
        {
            RlsDatabase database = new(() => Secret.FromChars(new NpgsqlConnectionStringBuilder(server.For(name)) { Username = "af_partial", Password = password }.ConnectionString));
            List<CheckResult> results = await new RlsTest(database, RlsRuns.Options with { Layers = [RlsLayer.Data] }).RunAsync(new(TimeProvider.System), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
            Assert.Contains(results, result => result is { CheckId: "AFR203", Outcome: CheckOutcome.Error } && result.Reason.Contains("public.leads", StringComparison.Ordinal));
            Assert.Contains(results, result => result is { CheckId: "AFR206", Outcome: CheckOutcome.Error } && result.Reason.Contains("storage.buckets", StringComparison.Ordinal));
        }
        finally
        {
            await server.DropAsync(name);
            await server.ExecuteAsync("postgres", "drop role af_partial");
        }
    }
}
