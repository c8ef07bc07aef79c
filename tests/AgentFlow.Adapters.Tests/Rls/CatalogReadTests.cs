using AgentFlow.Adapters.Postgres.Rls;
using AgentFlow.Rls.Access;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Principals;

namespace AgentFlow.Adapters.Tests.Rls;

/// <summary>The catalog and the probes on a real server.</summary>
[Collection("RLS: roles are the cluster's")]
public sealed class CatalogReadTests(CorpusServer corpus)
{
    [Fact]
    public async Task The_catalog_is_read_whole()
    {
        await using IRlsSession session = await BeginAsync(writes: false);
        RlsCatalog catalog = await session.CatalogAsync([], TestContext.Current.CancellationToken);
        Assert.Equal(["anon", "authenticated"], catalog.ApiRoles);
        RlsRelation keys = catalog.Relations.Single(relation => relation.FullName == "public.api_keys");
        Assert.True(keys.RowSecurity);
        Assert.DoesNotContain("authenticated", keys.Column("key_hash")!.Select);
        Assert.Contains("authenticated", keys.Column("name")!.Update);
        Assert.True(keys.Holds("authenticated", "DELETE"));
        Assert.Contains(catalog.Policies, policy => policy is { Name: "api_keys_floor", Permissive: false, Command: "*" });
        RlsRoutine helper = catalog.Routines.Single(routine => routine.Signature == "private.user_org_ids_with_role(text[])");
        Assert.Equal(("roles", "text[]"), (helper.Arguments[0].Name, helper.Arguments[0].Type));
        Assert.True(helper.Definer);
        Assert.Equal("\"\"", helper.SearchPath);
        Assert.Contains(catalog.Constraints, constraint => constraint.Name == "qualifications_lead_fk" && constraint.Columns.Count == 2);
        Assert.Contains(catalog.Sequences, sequence => sequence.FullName == "public.lead_activities_id_seq" && sequence.UsableBy.Contains("authenticated"));
        Assert.Contains(catalog.Publications, publication => publication.Name == "supabase_realtime" && publication.Tables.Count == 2);
        Assert.Contains(catalog.Triggers, trigger => trigger is { Name: "leads_audit", OnInsert: true, OnUpdate: true, Before: false });
    }

    [Fact]
    public async Task The_database_says_what_the_guard_needs()
    {
        await using IRlsSession session = await BeginAsync(writes: false);
        RlsFacts facts = await session.FactsAsync(["anon", "authenticated"], TestContext.Current.CancellationToken);
        Assert.Equal([new RlsMarker("test", true)], facts.Markers);
        Assert.Empty(facts.MarkerWritableBy);
        Assert.True(facts.BypassesRls);
        Assert.False(facts.InRecovery);
        Assert.True(ulong.TryParse(facts.SystemIdentifier, out ulong _));
        Assert.Equal(["anon", "authenticated"], facts.Assumable.Order());
    }

    [Fact]
    public async Task A_probe_answers_and_leaves_nothing_and_an_error_is_its_own()
    {
        string name = await corpus.CopyAsync();
        RlsDatabase database = await corpus.OpenAsync(name);
        await using IRlsSession session = await database.BeginAsync(writes: true, TestContext.Current.CancellationToken);
        RlsActor actor = new("authenticated", new Dictionary<string, string> { ["request.jwt.claims"] = """{"sub":"00000000-0000-4000-8000-0000000000a1","role":"authenticated"}""" });
        IReadOnlyList<RlsAnswer> answers = await session.RunAsync(
            actor,
            [
                new("select count(*) as n, current_user::text as who from public.leads"),
                new("select 1/0"),
                RlsProbe.Statement("delete from public.leads where current of victim", "declare victim cursor for select 1 from public.leads where organization_id = 'bbbbbbbb-0000-4000-8000-000000000000' limit 1", "fetch 1 from victim"),
                RlsProbe.Statement("delete from public.leads where organization_id = 'aaaaaaaa-0000-4000-8000-000000000000'") with { After = "select count(*) as left_over, current_user::text as who from public.leads" },
                new("select count(*) from public.leads"),
                new("select key_hash from public.api_keys"),
            ],
            TestContext.Current.CancellationToken);
        Assert.Equal(("20", "authenticated"), (answers[0].Rows[0]["n"], answers[0].Rows[0]["who"]));
        Assert.Equal("22012", answers[1].State);
        Assert.Equal(0, answers[2].Affected);
        Assert.False(answers[2].IsError, answers[2].Message);
        Assert.Equal(20, answers[3].Affected);
        Assert.Equal(("40", "postgres"), (answers[3].After[0]["left_over"], answers[3].After[0]["who"]));
        Assert.Equal(20, answers[4].Number);
        Assert.Equal("42501", answers[5].State);
        Assert.Contains("permission denied", answers[5].Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_session_cannot_write()
    {
        await using IRlsSession session = await BeginAsync(writes: false);
        IReadOnlyList<RlsAnswer> answers = await session.RunAsync(null, [RlsProbe.Statement("delete from public.leads")], TestContext.Current.CancellationToken);
        Assert.Equal("25006", answers[0].State);
    }

    private async Task<IRlsSession> BeginAsync(bool writes)
    {
        RlsDatabase database = await corpus.OpenAsync(await corpus.CopyAsync());
        return await database.BeginAsync(writes, TestContext.Current.CancellationToken);
    }
}
