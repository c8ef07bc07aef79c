using System.Diagnostics;
using AgentFlow.Deployments.Lead;
using AgentFlow.Faults;
using AgentFlow.TestKit.Postgres;
using Npgsql;

namespace AgentFlow.Adapters.Tests.Postgres.Lead;

/// <summary>Only rows of the correlation id go, all of them or none.</summary>
public sealed class LeadEraserTests
{
    private const string Tenant = "7c1f0000-0000-4000-8000-00000000000a";
    private const string Id = "af-verify-00000000000050008000000000000002";
    private const string CountAll = "select (select count(*) from public.leads) + (select count(*) from public.qualifications) + (select count(*) from public.audit_events) + (select count(*) from public.integration_events)";

    private static readonly LeadQuestion s_question = new(Id, Tenant);
    private static readonly AfConfig s_config = new() { Name = "agentflow", Lead = new() { OrganizationId = Tenant } };

    [Fact]
    public async Task Children_go_first_and_nothing_else_goes()
    {
        TestDatabase database = await LeadDatabaseTests.AppAsync();
        string? before = await database.TextAsync(CountAll);
        await using ILeadRecords records = await LeadDatabaseTests.OpenAsync(database, s_config);
        string lead = await LeadDatabaseTests.WriteLeadAsync(database, id: Id);
        LeadRemoval removal = await records.RemoveAsync(s_question, CancellationToken.None);
        Assert.Equal((4L, lead), (removal.Total, removal.LeadIds.Single()));
        Assert.Equal(before, await database.TextAsync(CountAll));
        Assert.Equal(0, (await records.RemoveAsync(s_question, CancellationToken.None)).Total);
    }

    [Fact]
    public async Task A_row_that_points_at_a_lead_that_is_gone_goes_by_the_id_that_was_seen()
    {
        TestDatabase database = await LeadDatabaseTests.AppAsync();
        string lead = await LeadDatabaseTests.WriteLeadAsync(database, id: Id);
        await using ILeadRecords records = await LeadDatabaseTests.OpenAsync(database, s_config);
        await records.RemoveAsync(s_question, CancellationToken.None);
        await database.ExecuteAsync($"insert into public.audit_events (organization_id, action, lead_id) values ('{Tenant}', 'lead.deleted', '{lead}')");
        LeadQuestion seen = s_question with { SeenLeadIds = [lead] };
        Assert.Single((await records.ReadAsync(seen, CancellationToken.None)).Audits);
        Assert.Equal(1, (await records.RemoveAsync(seen, CancellationToken.None)).Removed["audit_events"]);
    }

    [Fact]
    public async Task More_leads_than_a_run_makes_are_refused()
    {
        TestDatabase database = await LeadDatabaseTests.AppAsync();
        await database.ExecuteAsync($"insert into public.leads (organization_id, name, email, correlation_id) select '{Tenant}', 'x', 'x', '{Id}' from generate_series(1, 6)");
        await using ILeadRecords records = await LeadDatabaseTests.OpenAsync(database, s_config);
        LeadRemoval removal = await records.RemoveAsync(s_question, CancellationToken.None);
        Assert.Contains("6 leads", removal.Refused, StringComparison.Ordinal);
        Assert.Equal("6", await database.TextAsync($"select count(*) from public.leads where correlation_id = '{Id}'"));
    }

    [Theory]
    [InlineData("create function public.no_delete() returns trigger language plpgsql as $$ begin raise exception 'append only'; end $$; create trigger no_delete before delete on public.audit_events for each row execute function public.no_delete()")]
    [InlineData("revoke delete on public.audit_events from {0}")]
    public async Task An_append_only_audit_log_keeps_its_events(string sql)
    {
        TestDatabase database = await LeadDatabaseTests.AppAsync();
        string role = await LeadDatabaseTests.RoleAsync(database, "alter role {0} bypassrls; grant usage on schema public to {0}; grant select, update, delete on all tables in schema public to {0}");
        await database.ExecuteAsync(sql.Replace("{0}", role, StringComparison.Ordinal));
        string lead = await LeadDatabaseTests.WriteLeadAsync(database, id: Id);
        await using ILeadRecords records = await LeadDatabaseTests.OpenAsync(database.As(role, role), s_config);
        LeadRemoval removal = await records.RemoveAsync(s_question, CancellationToken.None);
        Assert.Equal((3L, 1L), (removal.Total, removal.Kept["audit_events"]));
        Assert.Equal(1, (await records.ReadAsync(s_question with { SeenLeadIds = [lead] }, CancellationToken.None)).RowCount);
    }

    [Fact]
    public async Task A_table_that_the_config_does_not_know_and_that_points_at_the_lead_keeps_everything()
    {
        TestDatabase database = await LeadDatabaseTests.AppAsync();
        await database.ExecuteAsync("create table public.lead_notes (id int, organization_id uuid, lead_id uuid, foreign key (organization_id, lead_id) references public.leads (organization_id, id))");
        string lead = await LeadDatabaseTests.WriteLeadAsync(database, id: Id);
        await database.ExecuteAsync($"insert into public.lead_notes values (1, '{Tenant}', '{lead}')");
        await using ILeadRecords records = await LeadDatabaseTests.OpenAsync(database, s_config);
        LeadRemoval removal = await records.RemoveAsync(s_question, CancellationToken.None);
        Assert.Contains("'lead_notes'", removal.Refused, StringComparison.Ordinal);
        Assert.Equal(4, (await records.ReadAsync(s_question, CancellationToken.None)).RowCount);
    }

    [Fact]
    public async Task A_lock_that_stays_is_a_fault_in_bounded_time_and_changes_nothing()
    {
        TestDatabase database = await LeadDatabaseTests.AppAsync();
        await LeadDatabaseTests.WriteLeadAsync(database, id: Id);
        await using ILeadRecords records = await LeadDatabaseTests.OpenAsync(database, s_config);
        await using NpgsqlConnection other = await database.OpenAsync();
        await using NpgsqlTransaction transaction = await HoldAsync(other);
        AfFaultException fault = await Assert.ThrowsAsync<AfFaultException>(() => records.RemoveAsync(s_question, CancellationToken.None));
        Assert.Equal(FaultId.DatabaseTimeout, fault.Id);
        await transaction.RollbackAsync();
        Assert.Equal(4, (await records.RemoveAsync(s_question, CancellationToken.None)).Total);
    }

    [Fact]
    public async Task A_cancelled_removal_ends_soon_changes_nothing_and_the_next_one_works()
    {
        TestDatabase database = await LeadDatabaseTests.AppAsync();
        await LeadDatabaseTests.WriteLeadAsync(database, id: Id);
        await using ILeadRecords records = await LeadDatabaseTests.OpenAsync(database, s_config);
        await using NpgsqlConnection other = await database.OpenAsync();
        await using NpgsqlTransaction transaction = await HoldAsync(other);
        using CancellationTokenSource stop = new();
        Task<LeadRemoval> removal = records.RemoveAsync(s_question, stop.Token);
        long start = Stopwatch.GetTimestamp();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => removal);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(2));
        await transaction.RollbackAsync();
        Assert.Equal(4, (await records.RemoveAsync(s_question, CancellationToken.None)).Total);
    }

    [Fact]
    public async Task A_connection_that_was_cut_is_opened_again()
    {
        TestDatabase database = await LeadDatabaseTests.AppAsync();
        await LeadDatabaseTests.WriteLeadAsync(database, id: Id);
        await using ILeadRecords records = await LeadDatabaseTests.OpenAsync(database, s_config);
        await database.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'AgentFlow.PS'");
        Assert.Contains((await Assert.ThrowsAsync<AfFaultException>(() => records.RemoveAsync(s_question, CancellationToken.None))).Kind, new[] { FaultKind.Connection, FaultKind.Unavailable });
        Assert.Equal(4, (await records.RemoveAsync(s_question, CancellationToken.None)).Total);
    }

    private static async Task<NpgsqlTransaction> HoldAsync(NpgsqlConnection connection)
    {
        NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        await using NpgsqlCommand hold = new($"select 1 from public.leads where correlation_id = '{Id}' for update", connection, transaction);
        await hold.ExecuteScalarAsync();
        return transaction;
    }
}
