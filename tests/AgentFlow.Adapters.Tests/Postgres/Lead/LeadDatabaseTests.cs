using System.Text;
using AgentFlow.Adapters.Postgres;
using AgentFlow.Adapters.Postgres.Lead;
using AgentFlow.Deployments.Lead;
using AgentFlow.Faults;
using AgentFlow.Safety;
using AgentFlow.TestKit.Postgres;
using Npgsql;

namespace AgentFlow.Adapters.Tests.Postgres.Lead;

/// <summary>The statements of the lead procedure on a real PostgreSQL.</summary>
public sealed class LeadDatabaseTests
{
    private const string Tenant = "7c1f0000-0000-4000-8000-00000000000a";
    private const string Neighbour = "7c1f0000-0000-4000-8000-00000000000b";
    private const string NeighbourUser = "7c1f0000-0000-4000-8000-0000000001b1";
    private const string Id = "af-verify-00000000000050008000000000000001";

    private static readonly LeadQuestion s_question = new(Id, Tenant);

    private static readonly AfConfig s_config = new() { Name = "agentflow", Lead = new() { OrganizationId = Tenant, Integrations = ["crm"] } };

    [Fact]
    public async Task The_database_says_what_it_is()
    {
        TestDatabase database = await AppAsync();
        await using ILeadRecords records = await OpenAsync(database, s_config);
        Assert.Equal(new() { IsLoopback = true, Marker = "local", InRecovery = false }, records.Identity);
    }

    [Fact]
    public async Task Without_a_marker_there_is_none_and_of_several_only_production_counts()
    {
        TestDatabase database = await AppAsync();
        await database.ExecuteAsync("alter table agentflow_meta.environment drop column singleton; insert into agentflow_meta.environment (name) values ('ci')");
        await using (ILeadRecords two = await OpenAsync(database, s_config))
        {
            Assert.Null(two.Identity.Marker);
        }

        await database.ExecuteAsync("insert into agentflow_meta.environment (name) values ('production')");
        await using (ILeadRecords three = await OpenAsync(database, s_config))
        {
            Assert.Equal("production", three.Identity.Marker);
        }

        await database.ExecuteAsync("drop schema agentflow_meta cascade");
        await using ILeadRecords none = await OpenAsync(database, s_config);
        Assert.Null(none.Identity.Marker);
    }

    [Fact]
    public async Task One_view_holds_everything_about_the_lead_and_nothing_about_others()
    {
        TestDatabase database = await AppAsync();
        await using ILeadRecords records = await OpenAsync(database, s_config);
        LeadSighting before = await records.ReadAsync(s_question, CancellationToken.None);
        Assert.Equal((0, 5m, 5L, 5L), (before.RowCount, before.Usage!.Value, before.Usage.OtherLeads, before.Usage.OtherFinished));
        string lead = await WriteLeadAsync(database);
        LeadSighting seen = await records.ReadAsync(s_question, CancellationToken.None);
        Assert.Equal([new(lead, Tenant)], seen.Leads);
        Assert.Equal((Tenant, "qualified"), (seen.Qualifications.Single().OrganizationId, seen.Qualifications.Single().State));
        Assert.Equal((Tenant, true), (seen.Audits.Single().OrganizationId, seen.Audits.Single().HasActor));
        Assert.Equal(("crm", "delivered"), (seen.Integrations.Single().Name, seen.Integrations.Single().State));
        Assert.Equal(["crm"], seen.TenantIntegrations);
        Assert.Equal((6m, null, 5L, 5L), (seen.Usage!.Value, seen.Usage.Attributed, seen.Usage.OtherLeads, seen.Usage.OtherFinished));
        Assert.Empty(seen.Unreadable);
    }

    [Fact]
    public async Task Names_from_the_config_are_identifiers_and_keys_of_JSON_columns_are_read()
    {
        TestDatabase database = await AppAsync();
        await database.ExecuteAsync(
            """
            create schema "My App";
            create table "My App"."Le""ads; --" (id bigint generated always as identity primary key, "Org Id" text, meta jsonb);
            create table "My App".runs (id int primary key, "Org Id" text, detail json, "st'ate" text);
            create table "My App".units ("Org Id" text, metric text, value numeric(10,2), ref jsonb);
            insert into "My App"."Le""ads; --" ("Org Id", meta) values ('t1', '{"tags": {"correlation''s": "af-verify-00000000000050008000000000000001"}}');
            insert into "My App".runs values (7, 't1', '{"lead_id": 1}', 'qualified');
            insert into "My App".units values ('t1', 'leads', 1.5, '{"lead_id": 1}'), ('t1', 'leads', 2, '{"lead_id": 9}');
            """);
        AfConfig config = s_config with
        {
            Tables = new() { Leads = "My App.Le\"ads; --", Qualifications = "My App.runs", UsageCounters = "My App.units", AuditEvents = "My App.nothing", TenantColumn = "Org Id" },
            Lead = s_config.Lead with { CorrelationColumn = "meta.tags.correlation's", LeadColumn = "detail.lead_id", StatusColumn = "st'ate", UsageMetric = "leads" },
        };
        await using ILeadRecords records = await OpenAsync(database, config);
        LeadSighting seen = await records.ReadAsync(new(Id, "t1"), CancellationToken.None);
        Assert.Equal([new("1", "t1")], seen.Leads);
        Assert.Equal([new("7", "t1", "qualified")], seen.Qualifications);
        Assert.Equal(3.5m, seen.Usage!.Value);
        Assert.Equal("The table 'My App.nothing' is not there.", seen.Unreadable[LeadPart.Audit]);
        Assert.Equal(1, (await records.RemoveAsync(new(Id, "t1"), CancellationToken.None)).Removed["My App.runs"]);
    }

    [Fact]
    public async Task A_table_with_one_row_per_unit_says_what_belongs_to_the_lead()
    {
        TestDatabase database = await AppAsync();
        await database.ExecuteAsync("create table public.usage_events (organization_id uuid, metric text, value int, lead_id uuid)");
        string lead = await WriteLeadAsync(database);
        await database.ExecuteAsync($"insert into public.usage_events values ('{Tenant}', 'leads_qualified', 1, '{lead}'), ('{Tenant}', 'leads_qualified', 1, gen_random_uuid())");
        await using ILeadRecords records = await OpenAsync(database, s_config with { Tables = new() { UsageCounters = "usage_events" } });
        LeadSighting seen = await records.ReadAsync(s_question, CancellationToken.None);
        Assert.Equal((2m, 1m), (seen.Usage!.Value, seen.Usage.Attributed));
    }

    [Fact]
    public async Task A_missing_table_of_leads_is_one_clear_fault()
    {
        TestDatabase database = await AppAsync();
        AfFaultException fault = await Assert.ThrowsAsync<AfFaultException>(() => OpenAsync(database, s_config with { Tables = new() { Leads = "prospects" } }));
        Assert.Equal((FaultId.DatabaseObjectMissing, "The table 'prospects' is not there."), (fault.Id, fault.Message));
        fault = await Assert.ThrowsAsync<AfFaultException>(() => OpenAsync(database, s_config with { Lead = s_config.Lead with { CorrelationColumn = "ref" } }));
        Assert.Equal("The table 'leads' has no column 'ref'.", fault.Message);
    }

    [Fact]
    public async Task A_role_that_may_not_read_leads_is_told_so()
    {
        TestDatabase database = await AppAsync();
        string role = await RoleAsync(database, "grant usage on schema public to {0}");
        AfFaultException fault = await Assert.ThrowsAsync<AfFaultException>(() => OpenAsync(database.As(role, role), s_config));
        Assert.Equal(FaultId.DatabasePermissionDenied, fault.Id);
    }

    [Fact]
    public async Task A_role_from_which_a_policy_would_hide_rows_gets_an_error_and_no_short_answer()
    {
        TestDatabase database = await AppAsync();
        string role = await RoleAsync(database, "grant usage on schema public to {0}; grant select on all tables in schema public to {0}");
        await using ILeadRecords records = await OpenAsync(database.As(role, role), s_config);
        Assert.Equal(FaultId.DatabasePermissionDenied, (await Assert.ThrowsAsync<AfFaultException>(() => records.ReadAsync(s_question, CancellationToken.None))).Id);
    }

    [Fact]
    public async Task Nobody_outside_sees_the_lead_and_a_member_does()
    {
        TestDatabase database = await AppAsync();
        string lead = await WriteLeadAsync(database);
        await using ILeadRecords records = await OpenAsync(database, s_config);
        LeadVisibility seen = await LookAsync(records, lead);
        Assert.Null(seen.Reason);
        Assert.Equal([PrincipalKind.OtherTenant, PrincipalKind.Anonymous, PrincipalKind.Own], seen.Views.Select(view => view.Principal));
        Assert.Equal((0L, 0L), (seen.Views[0].Total, seen.Views[1].Total));
        Assert.Equal((1L, 1L), (seen.Views[2].Visible["leads"], seen.Views[2].Visible["qualifications"]));
    }

    [Fact]
    public async Task A_policy_that_leaks_is_seen_through_another_tenants_eyes()
    {
        TestDatabase database = await AppAsync();
        await database.ExecuteFileAsync("cross-tenant.sql");
        string lead = await WriteLeadAsync(database);
        await using ILeadRecords records = await OpenAsync(database, s_config with { Lead = s_config.Lead with { OtherUserId = NeighbourUser } });
        LeadVisibility seen = await LookAsync(records, lead);
        Assert.Equal(1, seen.Views[0].Visible["leads"]);
        Assert.Equal(0, seen.Views[0].Visible["qualifications"]);
    }

    [Fact]
    public async Task A_table_without_row_security_is_seen_by_a_visitor()
    {
        TestDatabase database = await AppAsync();
        await database.ExecuteAsync("alter table public.leads disable row level security; grant select on public.leads to anon");
        string lead = await WriteLeadAsync(database);
        await using ILeadRecords records = await OpenAsync(database, s_config);
        Assert.Equal(1, (await LookAsync(records, lead)).Views.Single(view => view.Principal == PrincipalKind.Anonymous).Visible["leads"]);
    }

    [Theory]
    [InlineData("update public.memberships set status = 'suspended' where organization_id = '7c1f0000-0000-4000-8000-00000000000b'", null, "no active member of another tenant")]
    [InlineData("select 1", "7c1f0000-0000-4000-8000-0000000001a2", "is a member of the test tenant")]
    [InlineData("alter table public.memberships rename to members", null, "The table 'memberships' is not there.")]
    public async Task Why_nobody_could_be_tried_is_said(string sql, string? otherUser, string reason)
    {
        TestDatabase database = await AppAsync();
        await database.ExecuteAsync(sql);
        string lead = await WriteLeadAsync(database);
        await using ILeadRecords records = await OpenAsync(database, s_config with { Lead = s_config.Lead with { OtherUserId = otherUser } });
        LeadVisibility seen = await LookAsync(records, lead);
        Assert.Empty(seen.Views);
        Assert.Contains(reason, seen.Reason, StringComparison.Ordinal);
        Assert.NotEmpty(seen.Fix!);
    }

    [Fact]
    public async Task Looking_leaves_no_role_and_no_claims_behind()
    {
        TestDatabase database = await AppAsync();
        string lead = await WriteLeadAsync(database);
        await using ILeadRecords records = await OpenAsync(database, s_config);
        await LookAsync(records, lead);
        Assert.Single((await records.ReadAsync(s_question, CancellationToken.None)).Audits);
    }

    [Fact]
    public async Task Reads_cannot_write()
    {
        TestDatabase database = await AppAsync();
        await database.ExecuteAsync($"insert into public.leads (organization_id, name, email, correlation_id) values ('{Tenant}', 'x', 'x', '{Id}'); create function public.write_it() returns text language plpgsql volatile as $$ begin insert into public.leads (organization_id, name, email) values ('{Tenant}', 'y', 'y'); return '{Id}'; end $$; create view public.writing as select id, organization_id, public.write_it() as correlation_id from public.leads");
        await using ILeadRecords records = await OpenAsync(database, s_config with { Tables = new() { Leads = "writing" } });
        Assert.Equal(FaultId.DatabaseFailed, (await Assert.ThrowsAsync<AfFaultException>(() => records.ReadAsync(s_question, CancellationToken.None))).Id);
        Assert.Equal("0", await database.TextAsync("select count(*) from public.leads where name = 'y'"));
    }

    internal static async Task<TestDatabase> AppAsync()
    {
        TestDatabase? database = await ThrowawayPostgres.TryCreateAsync(app: true);
        Assert.SkipWhen(database is null, ThrowawayPostgres.Reason);
        return database;
    }

    internal static Task<ILeadRecords> OpenAsync(TestDatabase database, AfConfig config) => OpenAsync(database.ConnectionString, config);

    internal static Task<ILeadRecords> OpenAsync(string connection, AfConfig config)
    {
        Secret secret = Secret.FromUtf8(Encoding.UTF8.GetBytes(connection));
        return new LeadDatabase(new PostgresConnections(() => secret), config).OpenAsync(CancellationToken.None);
    }

    /// <summary>Everything that the app writes about one lead; gives its id.</summary>
    internal static async Task<string> WriteLeadAsync(TestDatabase database, string tenant = Tenant, string id = Id)
    {
        await using NpgsqlConnection connection = await database.OpenAsync();
        await using NpgsqlCommand insert = new($"insert into public.leads (organization_id, name, email, correlation_id) values ('{tenant}', 'x', 'x@agentflow.invalid', '{id}') returning id::text", connection);
        string lead = (string)(await insert.ExecuteScalarAsync())!;
        await database.ExecuteAsync(
            $"""
            insert into public.qualifications (organization_id, lead_id, status) values ('{tenant}', '{lead}', 'qualified');
            insert into public.audit_events (organization_id, actor_id, action, lead_id) values ('{tenant}', gen_random_uuid(), 'lead.qualified', '{lead}');
            insert into public.integration_events (organization_id, lead_id, integration, status) values ('{tenant}', '{lead}', 'crm', 'delivered');
            update public.usage_counters set value = value + 1 where organization_id = '{tenant}' and metric = 'leads_qualified';
            """);
        return lead;
    }

    internal static async Task<string> RoleAsync(TestDatabase database, string grants)
    {
        string role = $"r{Guid.NewGuid():N}";
        await database.ExecuteAsync($"create role {role} login password '{role}'; {string.Format(System.Globalization.CultureInfo.InvariantCulture, grants, role)}");
        return role;
    }

    private static async Task<LeadVisibility> LookAsync(ILeadRecords records, string lead) =>
        await records.ReadAsOthersAsync(s_question with { SeenLeadIds = [lead] }, await records.ReadAsync(s_question, CancellationToken.None), CancellationToken.None);
}
