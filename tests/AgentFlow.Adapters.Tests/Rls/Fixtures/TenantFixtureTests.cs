using AgentFlow.Adapters.Postgres.Rls;
using AgentFlow.Faults;
using AgentFlow.Rls;
using AgentFlow.Rls.Fixtures;
using AgentFlow.Rls.Guard;
using AgentFlow.Safety;
using AgentFlow.TestKit.Database;

namespace AgentFlow.Adapters.Tests.Rls.Fixtures;

/// <summary>Fixtures on a real server: made whole, removed exactly, refused in production.</summary>
[Collection("RLS: roles are the cluster's")]
public sealed class TenantFixtureTests(CorpusServer corpus)
{
    [Fact]
    public async Task It_is_made_whole_and_removed_exactly()
    {
        string name = await corpus.CopyAsync();
        PostgresServer server = await corpus.RequireAsync();
        string? before = await server.ValueAsync(name, RowCounts.Sql, Stop);
        TenantFixture made = await (await FixturesAsync(name)).CreateAsync("one", Stop);
        Assert.Equal(FixtureState.Present, made.State);
        Assert.Equal("test", made.Environment);
        Assert.Equal(["a", "b"], made.Tenants.Select(tenant => tenant.Label));
        foreach (string state in new[] { "owner active", "admin active", "member active", "member invited", "member suspended" })
        {
            Assert.Contains(made.Users, user => user.Label == "a " + state);
            Assert.Contains(made.Users, user => user.Label == "b " + state);
        }

        Assert.Equal(2, made.Users.Where(user => user.Label.StartsWith("both", StringComparison.Ordinal)).Select(user => (user.UserId, user.Tenant)).Distinct().Count());
        Assert.Single(made.Users.Where(user => user.Label.StartsWith("both", StringComparison.Ordinal)).Select(user => user.UserId).Distinct());
        Assert.Contains(made.Users, user => user is { Label: "outsider", Tenant: null });
        foreach (string table in new[] { "public.leads", "public.qualifications", "public.lead_activities", "public.usage_counters", "public.billing_events", "public.subscriptions", "public.api_keys", "public.invitations", "public.integrations" })
        {
            Assert.True(2 == made.Tables.Single(one => one.Name == table).Rows, $"{table}: {made.Tables.Single(one => one.Name == table)}");
        }

        // Two of its own and two that the trigger on leads wrote.
        Assert.Equal(4, made.Tables.Where(table => table.Name.StartsWith("public.audit_events", StringComparison.Ordinal)).Sum(table => table.Rows));
        Assert.Equal(["storage.objects"], made.Tables.Where(table => table.Skipped is not null).Select(table => table.Name));
        Assert.Equal("t", (await server.ValueAsync(name, $"select count(*) = 1 from public.leads where organization_id = '{made.Tenants[0].Id}'", Stop))![..1].ToLowerInvariant());

        AfFaultException twice = await Assert.ThrowsAsync<AfFaultException>(async () => await (await FixturesAsync(name)).CreateAsync("one", Stop));
        Assert.Equal(FaultId.RlsFixtureExists, twice.Id);

        TenantFixture removed = await (await FixturesAsync(name)).RemoveAsync("one", Stop);
        Assert.Equal((FixtureState.Removed, made.RowCount), (removed.State, removed.RowCount));
        Assert.Equal(before, await server.ValueAsync(name, RowCounts.Sql, Stop));
        Assert.Equal(FixtureState.Absent, (await (await FixturesAsync(name)).RemoveAsync("one", Stop)).State);
    }

    [Fact]
    public async Task Two_fixtures_do_not_touch_each_other()
    {
        string name = await corpus.CopyAsync();
        TenantFixture one = await (await FixturesAsync(name)).CreateAsync("one", Stop);
        string? between = await (await corpus.RequireAsync()).ValueAsync(name, "select string_agg(l::text, ',' order by l.id) from public.leads l", Stop);
        TenantFixture two = await (await FixturesAsync(name)).CreateAsync("two", Stop);
        Assert.Empty(one.Users.Select(user => user.UserId).Intersect(two.Users.Select(user => user.UserId)));
        await (await FixturesAsync(name)).RemoveAsync("two", Stop);
        Assert.Equal(between, await (await corpus.RequireAsync()).ValueAsync(name, "select string_agg(l::text, ',' order by l.id) from public.leads l", Stop));
    }

    [Fact]
    public async Task Rows_of_others_stop_the_removal_and_are_named()
    {
        string name = await corpus.CopyAsync();
        TenantFixture made = await (await FixturesAsync(name)).CreateAsync("one", Stop);
        PostgresServer server = await corpus.RequireAsync();
        await server.ExecuteAsync(name, $"insert into public.leads(organization_id, email, name) values ('{made.Tenants[0].Id}', 'x@agentflow.invalid', 'x')", Stop);
        string? before = await server.ValueAsync(name, RowCounts.Sql, Stop);
        AfFaultException fault = await Assert.ThrowsAsync<AfFaultException>(async () => await (await FixturesAsync(name)).RemoveAsync("one", Stop));
        Assert.Equal(FaultId.RlsFixtureInUse, fault.Id);
        Assert.Contains("1 in public.leads", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, await server.ValueAsync(name, RowCounts.Sql, Stop));
    }

    [Fact]
    public async Task Triggers_that_write_or_count_are_undone_or_left_alone()
    {
        string name = await corpus.CopyAsync();
        PostgresServer server = await corpus.RequireAsync();
        await server.ExecuteAsync(
            name,
            """
            create table public.stats (id int primary key, leads int not null);
            insert into public.stats values (1, 60);
            create table public.deletions (id bigserial primary key, organization_id uuid, what text);
            create function private.count_lead() returns trigger language plpgsql security definer set search_path = '' as $$ begin
              update public.stats set leads = leads + case tg_op when 'INSERT' then 1 else -1 end;
              if tg_op = 'DELETE' then insert into public.deletions(organization_id, what) values (old.organization_id, 'lead'); end if;
              return null; end $$;
            create trigger count_leads after insert or delete on public.leads for each row execute function private.count_lead();
            """,
            Stop);
        string? before = await server.ValueAsync(name, RowCounts.Sql, Stop);
        await (await FixturesAsync(name)).CreateAsync("one", Stop);
        Assert.Equal("62", await server.ValueAsync(name, "select leads from public.stats", Stop));
        await (await FixturesAsync(name)).RemoveAsync("one", Stop);
        Assert.Equal("60", await server.ValueAsync(name, "select leads from public.stats", Stop));
        Assert.Equal(before, await server.ValueAsync(name, RowCounts.Sql, Stop));
    }

    [Fact]
    public async Task Checks_domains_and_enums_are_satisfied_and_what_cannot_be_is_said()
    {
        string name = await corpus.CopyAsync();
        await (await corpus.RequireAsync()).ExecuteAsync(
            name,
            """
            create type public.mood as enum ('calm', 'busy');
            create domain public.hex as text check (value ~ '^#[0-9a-f]{6}$');
            create table public.rooms (id uuid primary key default gen_random_uuid(), organization_id uuid not null references public.organizations on delete cascade,
              mood public.mood not null, color public.hex not null, seats int not null check (seats between 40 and 60), kind text not null check (kind in ('big', 'small')), code varchar(8) not null,
              owner uuid not null references auth.users, tags text[] not null, span tstzrange not null, ip inet not null, price numeric(8,2) not null, constraint odd check (kind <> 'big' or seats = 50));
            create table public.never (id uuid primary key, organization_id uuid not null references public.organizations, n int not null check (n > 5 and n < 5));
            create table public.keyless (organization_id uuid not null references public.organizations, note text not null);
            """,
            Stop);
        TenantFixture made = await (await FixturesAsync(name)).CreateAsync("one", Stop);
        Assert.True(2 == made.Tables.Single(table => table.Name == "public.rooms").Rows, made.Tables.Single(table => table.Name == "public.rooms").Skipped);
        Assert.Contains("never_n_check", made.Tables.Single(table => table.Name == "public.never").Skipped, StringComparison.Ordinal);
        Assert.Contains("no primary key", made.Tables.Single(table => table.Name == "public.keyless").Skipped, StringComparison.Ordinal);
        Assert.Equal(FixtureState.Removed, (await (await FixturesAsync(name)).RemoveAsync("one", Stop)).State);
    }

    [Fact]
    public async Task What_stands_in_the_way_of_the_tenants_is_named_and_nothing_stays()
    {
        string name = await corpus.CopyAsync();
        PostgresServer server = await corpus.RequireAsync();
        await server.ExecuteAsync(name, "alter table public.organizations add constraint closed check (length(name) < 0) not valid", Stop);
        string? before = await server.ValueAsync(name, RowCounts.Sql, Stop);
        AfFaultException fault = await Assert.ThrowsAsync<AfFaultException>(async () => await (await FixturesAsync(name)).CreateAsync("one", Stop));
        Assert.Equal(FaultId.RlsFixtureFailed, fault.Id);
        Assert.Contains("closed", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, await server.ValueAsync(name, RowCounts.Sql, Stop));
    }

    [Theory]
    [InlineData("update agentflow_meta.environment set name = 'production'", "test")]
    [InlineData("drop table agentflow_meta.environment", "test")]
    [InlineData("select 1", "staging")]
    [InlineData("select 1", null)]
    public async Task Production_is_refused_and_untouched(string change, string? expected)
    {
        string name = await corpus.CopyAsync();
        PostgresServer server = await corpus.RequireAsync();
        await server.ExecuteAsync(name, change, Stop);
        string? before = await server.ValueAsync(name, RowCounts.Sql, Stop);
        AfFaultException fault = await Assert.ThrowsAsync<AfFaultException>(async () => await (await FixturesAsync(name, expected)).CreateAsync("one", Stop));
        Assert.Equal(FaultId.ProductionGuard, fault.Id);
        Assert.Equal(FaultId.ProductionGuard, (await Assert.ThrowsAsync<AfFaultException>(async () => await (await FixturesAsync(name, expected)).RemoveAsync("one", Stop))).Id);
        Assert.Equal(before, await server.ValueAsync(name, RowCounts.Sql, Stop));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<TenantFixtures> FixturesAsync(string database, string? expected = "test")
    {
        PostgresServer server = await corpus.RequireAsync();
        RlsOptions options = new() { Guard = new RlsGuardPolicy { ExpectedEnvironment = expected }, Hints = new() { PreferredNames = ["organization_id"] } };
        return new(await corpus.OpenAsync(database), new FixtureStore(() => Secret.FromChars(server.For(database))), options, TimeProvider.System);
    }
}
