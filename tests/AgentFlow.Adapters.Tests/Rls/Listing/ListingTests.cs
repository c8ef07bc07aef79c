using AgentFlow.Faults;
using AgentFlow.Rls;
using AgentFlow.Rls.Access;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Listing;
using AgentFlow.TestKit.Database;

namespace AgentFlow.Adapters.Tests.Rls.Listing;

/// <summary>Memberships, grants and policies as lists.</summary>
[Collection("RLS: roles are the cluster's")]
public sealed class ListingTests(CorpusServer corpus)
{
    [Fact]
    public async Task Memberships_come_page_by_page_each_once()
    {
        string name = await corpus.CopyAsync();
        await (await corpus.RequireAsync()).ExecuteAsync(
            name,
            "with u as (insert into auth.users(id) select gen_random_uuid() from generate_series(1, 1203) returning id) insert into public.memberships select 'cccccccc-0000-4000-8000-000000000000', id, 'member', 'invited' from u",
            Stop);
        IReadOnlyList<TenantMembership> all = await MembershipsAsync(name);
        Assert.Equal(15 + 1203, all.Count);
        Assert.Equal(all.Count, all.Select(one => (one.Tenant, one.UserId)).Distinct().Count());
        Assert.Contains(all, one => one is { Role: "member", State: "suspended", Active: false, Table: "public.memberships" } && one.UserId.EndsWith("a4", StringComparison.Ordinal));
        Assert.Equal(12, all.Count(one => one.Active));
        Assert.Equal(2, (await MembershipsAsync(name, "00000000-0000-4000-8000-0000000000d1")).Count);
        Assert.Empty(await MembershipsAsync(name, "00000000-0000-4000-8000-0000000000d3"));
        Assert.Equal(6, (await MembershipsAsync(name, null, "aaaaaaaa-0000-4000-8000-000000000000")).Count);
        Assert.Equal(FaultId.InputInvalid, (await Assert.ThrowsAsync<AfFaultException>(() => MembershipsAsync(name, "nobody"))).Id);
    }

    [Fact]
    public async Task A_database_without_memberships_is_said()
    {
        PostgresServer server = await corpus.RequireAsync();
        string name = await server.CopyAsync("template0", Stop);
        await server.ExecuteAsync(name, "create table public.things (id int primary key)", Stop);
        Assert.Equal(FaultId.RlsTenancyUnknown, (await Assert.ThrowsAsync<AfFaultException>(() => MembershipsAsync(name))).Id);
    }

    [Fact]
    public async Task Grants_say_who_holds_them_and_through_what()
    {
        string name = await corpus.CopyAsync();
        await (await corpus.RequireAsync()).ExecuteAsync(
            name,
            "grant select on public.plans to public; grant update (name) on public.leads to authenticated with grant option; alter default privileges in schema public grant select on tables to anon; create function public.open() returns int language sql as 'select 1'; grant execute on function public.open() to public",
            Stop);
        IReadOnlyList<GrantInfo> grants = [.. new GrantList(await GraphAsync(name)).All()];
        Assert.Contains(grants, grant => grant is { Kind: GrantKind.Table, Name: "public.plans", Grantee: "PUBLIC", Privilege: "SELECT", ReachedBy.Count: 2 });
        Assert.Contains(grants, grant => grant is { Kind: GrantKind.Column, Name: "public.leads", Column: "name", Privilege: "UPDATE", Grantable: true });
        Assert.Contains(grants, grant => grant is { Kind: GrantKind.Function, Name: "public.open()", Grantee: "PUBLIC", Privilege: "EXECUTE" });
        Assert.Contains(grants, grant => grant is { Kind: GrantKind.Function, Name: "private.user_org_ids()", Grantee: "authenticated" });
        Assert.Contains(grants, grant => grant is { Kind: GrantKind.Default, Grantee: "anon", Privilege: "SELECT" } && grant.Name.Contains("in public", StringComparison.Ordinal));
        Assert.Contains(grants, grant => grant is { Kind: GrantKind.Sequence, Name: "public.lead_activities_id_seq", Grantee: "authenticated", Privilege: "USAGE" });
        Assert.Contains(grants, grant => grant is { Kind: GrantKind.Schema, Name: "public", Grantee: "anon", Privilege: "USAGE" });
        Assert.DoesNotContain(grants, grant => grant.Grantee == "postgres" && grant.Kind != GrantKind.Column);
        Assert.Equal(grants, grants.OrderBy(grant => grant.Kind).ThenBy(grant => grant.Name, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Policies_come_with_their_helpers_and_say_when_they_sleep()
    {
        string name = await corpus.CopyAsync();
        await (await corpus.RequireAsync()).ExecuteAsync(name, "alter table public.leads disable row level security", Stop);
        IReadOnlyList<PolicyInfo> policies = [.. PolicyInfo.All(await GraphAsync(name))];
        Assert.All(policies.Where(policy => policy.Table == "public.leads"), policy => Assert.False(policy.RowSecurity));
        PolicyInfo floor = policies.Single(policy => policy.Name == "api_keys_floor");
        Assert.Equal((false, "ALL", "public.api_keys"), (floor.Permissive, floor.Command, floor.Table));
        Assert.Equal(["private.user_org_ids()"], floor.Helpers);
        Assert.Null(policies.Single(policy => policy.Name == "leads_insert").Using);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<RlsGraph> GraphAsync(string name)
    {
        await using IRlsSession session = await (await corpus.OpenAsync(name)).BeginAsync(writes: false, Stop);
        return new(await session.CatalogAsync([], Stop));
    }

    private async Task<IReadOnlyList<TenantMembership>> MembershipsAsync(string name, string? user = null, string? tenant = null)
    {
        await using IRlsSession session = await (await corpus.OpenAsync(name)).BeginAsync(writes: false, Stop);
        RlsScene scene = (await RlsWorld.ReadAsync(session, new(), Stop)).Scene;
        return await new MembershipList(scene.Model, session).ReadAsync(user, tenant, Stop).ToListAsync(Stop);
    }
}
