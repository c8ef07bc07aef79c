using AgentFlow.Adapters.Postgres.Rls;
using AgentFlow.Faults;
using AgentFlow.Rls;
using AgentFlow.Rls.Access;
using AgentFlow.Rls.Principals;
using AgentFlow.Rls.Tracing;
using AgentFlow.Safety;
using AgentFlow.TestKit.Database;

namespace AgentFlow.Adapters.Tests.Rls.Trace;

/// <summary>The ladder of one decision on a real server: where it ends and that PostgreSQL agrees.</summary>
[Collection("RLS: roles are the cluster's")]
public sealed class DecisionTests(CorpusServer corpus)
{
    private const string Alpha = "aaaaaaaa-0000-4000-8000-000000000000";
    private const string Beta = "bbbbbbbb-0000-4000-8000-000000000000";

    [Theory]
    [InlineData("a3", "public.leads", RlsOperation.Select, Alpha, RlsStepOutcome.Pass, RlsStepKind.Verdict)]
    [InlineData("a3", "public.leads", RlsOperation.Select, Beta, RlsStepOutcome.Deny, RlsStepKind.Using)]
    [InlineData("a4", "public.leads", RlsOperation.Select, Alpha, RlsStepOutcome.Deny, RlsStepKind.Using)]
    [InlineData("a3", "public.leads", RlsOperation.Update, Alpha, RlsStepOutcome.Pass, RlsStepKind.Verdict)]
    [InlineData("a3", "public.leads", RlsOperation.Delete, Alpha, RlsStepOutcome.Deny, RlsStepKind.Using)]
    [InlineData("a1", "public.leads", RlsOperation.Delete, Alpha, RlsStepOutcome.Pass, RlsStepKind.Verdict)]
    [InlineData("a1", "public.leads", RlsOperation.Insert, Beta, RlsStepOutcome.Deny, RlsStepKind.WithCheck)]
    [InlineData("a3", "public.billing_events", RlsOperation.Select, Alpha, RlsStepOutcome.Deny, RlsStepKind.Using)]
    [InlineData("a3", "public.billing_events", RlsOperation.Insert, Alpha, RlsStepOutcome.Deny, RlsStepKind.Grant)]
    [InlineData("a3", "public.api_keys", RlsOperation.Select, Alpha, RlsStepOutcome.Deny, RlsStepKind.Using)]
    [InlineData("d2", "public.api_keys", RlsOperation.Select, Beta, RlsStepOutcome.Deny, RlsStepKind.PolicyUsing)]
    [InlineData(null, "public.leads", RlsOperation.Select, Alpha, RlsStepOutcome.Deny, RlsStepKind.Grant)]
    [InlineData("a1", "public.invitations", RlsOperation.Delete, Alpha, RlsStepOutcome.Pass, RlsStepKind.Verdict)]
    public async Task Baseline(string? user, string table, RlsOperation operation, string tenant, RlsStepOutcome verdict, RlsStepKind deniedAt)
    {
        IReadOnlyList<RlsDecisionStep> steps = await TraceAsync(await corpus.CopyAsync(), user, table, operation, tenant);
        RlsDecisionStep last = steps[^1];
        Assert.Equal(RlsStepKind.Verdict, last.Step);
        Assert.True(verdict == last.Outcome, last.Reason);
        if (verdict == RlsStepOutcome.Deny)
        {
            Assert.StartsWith($"Denied at {deniedAt}:", last.Reason, StringComparison.Ordinal);
        }

        Assert.Equal(Enumerable.Range(1, steps.Count), steps.Select(step => step.Number));
        Assert.DoesNotContain(steps, step => step.Step == RlsStepKind.Observed && step.Outcome != RlsStepOutcome.Pass);
    }

    [Fact]
    public async Task A_suspended_membership_is_named_in_the_verdict()
    {
        IReadOnlyList<RlsDecisionStep> steps = await TraceAsync(await corpus.CopyAsync(), "a4", "leads", RlsOperation.Select, Alpha);
        Assert.Contains("is not active: suspended", steps[^1].Reason, StringComparison.Ordinal);
        Assert.Contains(steps, step => step is { Step: RlsStepKind.Membership, Outcome: RlsStepOutcome.Warn });
        Assert.Contains(steps, step => step is { Step: RlsStepKind.RowTenant, Outcome: RlsStepOutcome.Pass } && step.Reason.Contains(Alpha, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("revoke select on public.leads from authenticated", RlsOperation.Select, RlsStepOutcome.Deny, "Denied at Grant", "grant select on public.leads to authenticated;")]
    [InlineData("revoke usage on schema public from authenticated", RlsOperation.Select, RlsStepOutcome.Deny, "Denied at SchemaUsage", "grant usage on schema public to authenticated;")]
    [InlineData("drop policy leads_select on public.leads", RlsOperation.Select, RlsStepOutcome.Deny, "Denied at Policies", "create policy leads_select")]
    [InlineData("alter policy leads_select on public.leads to anon", RlsOperation.Select, RlsStepOutcome.Deny, "\"leads_select\" is for anon", "create policy")]
    [InlineData("revoke execute on function private.user_org_ids() from authenticated", RlsOperation.Select, RlsStepOutcome.Deny, "may not execute private.user_org_ids()", "grant execute on function private.user_org_ids() to authenticated;")]
    [InlineData("alter policy leads_insert on public.leads with check (false)", RlsOperation.Insert, RlsStepOutcome.Deny, "Denied at WithCheck", null)]
    [InlineData("alter policy leads_select on public.leads using (false)", RlsOperation.Insert, RlsStepOutcome.Deny, "Denied at Returning", null)]
    [InlineData("alter policy leads_select on public.leads using (false)", RlsOperation.Update, RlsStepOutcome.Deny, "Denied at Using", null)]
    [InlineData("alter policy memberships_select on public.memberships using (exists (select from public.memberships x where x.user_id = auth.uid())); alter policy leads_select on public.leads using (exists (select from public.memberships m where m.organization_id = leads.organization_id))", RlsOperation.Select, RlsStepOutcome.Deny, "42P17", "SECURITY DEFINER")]
    [InlineData("alter table public.leads disable row level security", RlsOperation.Select, RlsStepOutcome.Pass, "Allowed.", null)]
    [InlineData("create function public.own(l public.leads) returns boolean language sql stable set search_path = '' as $$ select l.organization_id in (select private.user_org_ids()) $$; grant execute on function public.own(public.leads) to authenticated; alter policy leads_select on public.leads using (public.own(leads))", RlsOperation.Select, RlsStepOutcome.Pass, "Allowed.", null)]
    [InlineData("alter role authenticator set pgrst.db_schemas = 'api, storage'", RlsOperation.Select, RlsStepOutcome.Deny, "Denied at SchemaExposed", "Add public to the exposed schemas")]
    public async Task A_change_is_found_at_its_rung(string change, RlsOperation operation, RlsStepOutcome verdict, string said, string? fix)
    {
        string name = await corpus.CopyAsync();
        await (await corpus.RequireAsync()).ExecuteAsync(name, change, TestContext.Current.CancellationToken);
        try
        {
            RlsDecisionStep last = (await TraceAsync(name, "a3", "public.leads", operation, Alpha))[^1];
            Assert.True(verdict == last.Outcome, last.Reason);
            Assert.Contains(said, last.Reason, StringComparison.Ordinal);
            Assert.Contains(fix ?? string.Empty, last.Fix ?? string.Empty, StringComparison.Ordinal);
        }
        finally
        {
            await (await corpus.RequireAsync()).ExecuteAsync(name, "alter role authenticator reset pgrst.db_schemas", TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_leak_is_allowed_and_warned_about()
    {
        string name = await corpus.CopyAsync();
        await (await corpus.RequireAsync()).ExecuteAsync(name, "create policy debug on public.leads for select to authenticated using (true)", TestContext.Current.CancellationToken);
        IReadOnlyList<RlsDecisionStep> steps = await TraceAsync(name, "a3", "public.leads", RlsOperation.Select, Beta);
        Assert.Equal(RlsStepOutcome.Warn, steps[^1].Outcome);
        Assert.Contains("no active member", steps[^1].Reason, StringComparison.Ordinal);
        Assert.Contains(steps, step => step is { Step: RlsStepKind.PolicyUsing, Outcome: RlsStepOutcome.Pass, Target: "policy \"debug\"" });
    }

    [Fact]
    public async Task New_values_are_checked_not_the_old_ones()
    {
        string name = await corpus.CopyAsync();
        IReadOnlyList<RlsDecisionStep> moved = await TraceAsync(name, "a1", "public.leads", RlsOperation.Update, Alpha, $$"""{"organization_id":"{{Beta}}"}""");
        Assert.StartsWith("Denied at WithCheck", moved[^1].Reason, StringComparison.Ordinal);
        IReadOnlyList<RlsDecisionStep> column = await TraceAsync(name, "a1", "public.api_keys", RlsOperation.Update, Alpha, """{"key_hash":"x"}""", ["key_hash"]);
        Assert.StartsWith("Denied at Grant", column[^1].Reason, StringComparison.Ordinal);
        Assert.Contains("key_hash", column[^1].Fix!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("service_role")]
    [InlineData("postgres")]
    public async Task A_role_that_bypasses_is_refused(string role)
    {
        AfFaultException fault = await Assert.ThrowsAsync<AfFaultException>(async () => await TraceAsync(await corpus.CopyAsync(), "a1", "public.leads", RlsOperation.Select, Alpha, role: role));
        Assert.Equal(FaultId.RlsRoleBypasses, fault.Id);
    }

    [Fact]
    public async Task An_owner_is_refused_until_row_security_is_forced()
    {
        string name = await corpus.CopyAsync();
        await (await corpus.RequireAsync()).ExecuteAsync(name, "alter table public.plans owner to authenticated", TestContext.Current.CancellationToken);
        AfFaultException fault = await Assert.ThrowsAsync<AfFaultException>(() => ByKeyAsync(name, "public.plans", new Dictionary<string, string> { ["code"] = "pro" }));
        Assert.Equal(FaultId.RlsRoleBypasses, fault.Id);
        await (await corpus.RequireAsync()).ExecuteAsync(name, "alter table public.plans force row level security", TestContext.Current.CancellationToken);
        Assert.Equal(RlsStepOutcome.Pass, (await ByKeyAsync(name, "public.plans", new Dictionary<string, string> { ["code"] = "pro" }))[^1].Outcome);
    }

    [Fact]
    public async Task A_key_without_a_row_and_a_key_of_the_wrong_type_are_told_apart()
    {
        string name = await corpus.CopyAsync();
        AfFaultException missing = await Assert.ThrowsAsync<AfFaultException>(() => ByKeyAsync(name, "public.leads", new Dictionary<string, string> { ["id"] = "00000000-0000-4000-8000-00000000dead" }));
        Assert.Equal(FaultId.RlsRowNotFound, missing.Id);
        AfFaultException wrong = await Assert.ThrowsAsync<AfFaultException>(() => ByKeyAsync(name, "public.leads", new Dictionary<string, string> { ["id"] = "17' or true --" }));
        Assert.Equal(FaultId.InputInvalid, wrong.Id);
        AfFaultException view = await Assert.ThrowsAsync<AfFaultException>(() => ByKeyAsync(name, "public.org_usage", new Dictionary<string, string>()));
        Assert.Contains("public.usage_counters", view.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_is_limited_or_may_not_become_the_caller_is_said()
    {
        string name = await corpus.CopyAsync();
        PostgresServer server = await corpus.RequireAsync();
        string password = Guid.NewGuid().ToString("N");
        await server.ExecuteAsync(name, $"create role lonely login bypassrls password '{password}'; grant pg_read_all_data to lonely; create role limited login password '{password}'; grant pg_read_all_data to limited", Stop);
        try
        {
            AfFaultException lonely = await Assert.ThrowsAsync<AfFaultException>(() => AsLoginAsync(server, name, "lonely", password));
            Assert.Equal(FaultId.DatabasePermissionDenied, lonely.Id);
            Assert.Contains("may not become authenticated", lonely.Message, StringComparison.Ordinal);
            AfFaultException limited = await Assert.ThrowsAsync<AfFaultException>(() => AsLoginAsync(server, name, "limited", password));
            Assert.Contains("limited is itself limited by policies", limited.Message, StringComparison.Ordinal);
        }
        finally
        {
            await server.ExecuteAsync(name, "drop role lonely; drop role limited", Stop);
        }
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task AsLoginAsync(PostgresServer server, string name, string login, string password)
    {
        string connection = new Npgsql.NpgsqlConnectionStringBuilder(server.For(name)) { Username = login, Password = password }.ConnectionString;
        await using IRlsSession session = await new RlsDatabase(() => Secret.FromChars(connection)).BeginAsync(writes: false, Stop);
        RlsWorld world = await RlsWorld.ReadAsync(session, new(), Stop);
        RlsTraceRequestBuilder.RequireReader(world.Facts);
        RowReader reader = new(session);
        (RlsMember? member, RlsActor actor) = await new RlsTraceRequestBuilder(world.Scene, reader).CallerAsync("00000000-0000-4000-8000-0000000000a1", null, null, Stop);
        RlsTraceRequest request = new() { Table = RlsTraceRequestBuilder.Table(world.Scene.Graph, "organizations"), Operation = RlsOperation.Select, Role = actor.Role, Member = member, Actor = actor, Key = new Dictionary<string, string> { ["id"] = Alpha } };
        await new RlsTracer(world.Scene.Graph, world.Scene.Model, reader).TraceAsync(request, Stop).CountAsync(Stop);
    }

    private async Task<IReadOnlyList<RlsDecisionStep>> ByKeyAsync(string database, string table, Dictionary<string, string> key)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        await using IRlsSession session = await (await corpus.OpenAsync(database)).BeginAsync(writes: false, stop);
        RlsScene scene = (await RlsWorld.ReadAsync(session, new(), stop)).Scene;
        RowReader reader = new(session);
        (RlsMember? member, RlsActor actor) = await new RlsTraceRequestBuilder(scene, reader).CallerAsync("00000000-0000-4000-8000-0000000000a1", null, null, stop);
        RlsTraceRequest request = new() { Table = RlsTraceRequestBuilder.Table(scene.Graph, table), Operation = RlsOperation.Select, Role = actor.Role, Member = member, Actor = actor, Key = key };
        return await new RlsTracer(scene.Graph, scene.Model, reader).TraceAsync(request, stop).ToListAsync(stop);
    }

    private async Task<IReadOnlyList<RlsDecisionStep>> TraceAsync(string database, string? user, string table, RlsOperation operation, string tenant, string? values = null, IReadOnlyList<string>? columns = null, string? role = null)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        RlsDatabase target = await corpus.OpenAsync(database);
        await using IRlsSession session = await target.BeginAsync(writes: false, stop);
        RlsScene scene = (await RlsWorld.ReadAsync(session, new(), stop)).Scene;
        RowReader reader = new(session);
        RlsTraceRequestBuilder builder = new(scene, reader);
        (RlsMember? member, RlsActor actor) = await builder.CallerAsync(user is null ? null : "00000000-0000-4000-8000-0000000000" + user, role, null, stop);
        AgentFlow.Rls.Catalog.RlsRelation relation = RlsTraceRequestBuilder.Table(scene.Graph, table);
        string? id = await (await corpus.RequireAsync()).ValueAsync(database, $"select id from {relation.FullName} where organization_id = '{tenant}' order by id limit 1", stop);
        RlsTraceRequest request = new()
        {
            Table = relation, Operation = operation, Role = actor.Role, Member = member, Actor = actor, Values = values, Columns = columns ?? [], Key = builder.Key(relation, [id!], new Dictionary<string, string>()),
        };
        return await new RlsTracer(scene.Graph, scene.Model, reader).TraceAsync(request, stop).ToListAsync(stop);
    }
}
