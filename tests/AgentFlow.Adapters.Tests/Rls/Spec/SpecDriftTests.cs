using AgentFlow.Rls;
using AgentFlow.Rls.Access;
using AgentFlow.Rls.Spec;
using AgentFlow.Rls.Tenancy;

namespace AgentFlow.Adapters.Tests.Rls.Spec;

/// <summary>A spec learned from the baseline, held against its mutations.</summary>
[Collection("RLS: roles are the cluster's")]
public sealed class SpecDriftTests(CorpusServer corpus)
{
    public static TheoryData<CorpusCase> NeedingSpec() => [.. CorpusServer.Cases.Where(one => one.NeedsSpec)];

    public static TheoryData<CorpusCase> Benign() => [.. CorpusServer.Cases.Where(one => one.IsBenign)];

    [Theory]
    [MemberData(nameof(NeedingSpec))]
    public async Task What_only_a_spec_can_tell_is_found_and_named(CorpusCase mutation)
    {
        RlsSpec spec = await LearnAsync(await corpus.CopyAsync());
        IReadOnlyList<RlsFinding> drift = await DriftAsync(await MutateAsync(mutation), spec);
        Assert.NotEmpty(drift);
        Assert.Contains(drift, finding => finding.Target == mutation.Guilty || finding.Finding.Reason.Contains(mutation.Guilty, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Benign))]
    public async Task A_benign_change_is_no_drift(CorpusCase variation)
    {
        RlsSpec spec = await LearnAsync(await corpus.CopyAsync());
        Assert.Empty((await DriftAsync(await MutateAsync(variation), spec)).Select(finding => $"{finding.Target}: {finding.Finding.Reason}"));
    }

    [Fact]
    public async Task The_baseline_is_its_own_spec_and_the_file_says_the_same_twice()
    {
        string name = await corpus.CopyAsync();
        RlsSpec spec = await LearnAsync(name);
        string text = RlsSpecFile.Write(spec);
        Assert.Equal(text, RlsSpecFile.Write(await LearnAsync(name)));
        string path = Path.Combine(Path.GetTempPath(), $"af-spec-{Guid.NewGuid():N}.json");
        try
        {
            await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
            Assert.Empty(await DriftAsync(name, RlsSpecFile.Read(path)));
            Assert.Equal(text, RlsSpecFile.Write(RlsSpecFile.Read(path)));
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Equal("public.memberships", spec.Membership!.Table);
        Assert.Equal([new ActiveRule("status", ActiveRuleKind.Equal, "active")], spec.Membership.Active);
        Assert.Contains("public.plans", spec.GlobalTables);
        Assert.Contains("public.subscriptions", spec.SystemOwned);
        Assert.Contains("public.api_keys.key_hash", spec.SecretColumns);
        Assert.Contains("public.integrations.secret", spec.SecretColumns);
        Assert.Contains("public.accept_invitation(text)", spec.Routines.Keys);
        RlsMatrixEntry member = Assert.Single(spec.Matrix, entry => entry is { Table: "public.leads", Role: "member" });
        Assert.Equal((RlsReach.All, RlsReach.All, RlsReach.All, RlsReach.None), (member.Select, member.Insert, member.Update, member.Delete));
        Assert.Equal(RlsReach.None, spec.Matrix.Single(entry => entry is { Table: "public.billing_events", Role: "admin" }).Select);
    }

    [Theory]
    [InlineData("grant select (key_hash) on public.api_keys to authenticated", "public.api_keys", "AFR405")]
    [InlineData("grant update on public.organizations to authenticated", "public.organizations", "AFR405")]
    [InlineData("create table public.notes(id int primary key, body text); grant select on public.notes to authenticated", "public.notes", "AFR403")]
    [InlineData("create table public.notes(id int primary key, body text); alter table public.notes enable row level security; create policy n on public.notes for all to authenticated using (true); grant select, insert on public.notes to authenticated", "public.notes", "AFR403")]
    [InlineData("alter policy leads_select on public.leads using (organization_id in (select private.user_org_ids_with_role(array['owner'])))", "public.leads", "AFR401")]
    [InlineData("alter policy leads_delete on public.leads using (organization_id in (select private.user_org_ids()))", "public.leads", "AFR401")]
    [InlineData("alter function private.user_org_ids() set search_path = public", "private.user_org_ids()", "AFR402")]
    [InlineData("alter function public.accept_invitation(text) security invoker", "public.accept_invitation(text)", "AFR402")]
    [InlineData("alter table public.memberships rename column status to state", "public.memberships", "AFR403")]
    [InlineData("alter table public.usage_counters rename column organization_id to gone", "public.usage_counters", "AFR403")]
    public async Task Other_drift_is_named(string change, string target, string check)
    {
        RlsSpec spec = await LearnAsync(await corpus.CopyAsync());
        string name = await corpus.CopyAsync();
        await (await corpus.RequireAsync()).ExecuteAsync(name, change, TestContext.Current.CancellationToken);
        Assert.Contains(await DriftAsync(name, spec), finding => finding.Target == target && finding.Check.CheckId == check && finding.Finding.Remediation is { Length: > 0 });
    }

    [Theory]
    [InlineData("comment on table public.leads is 'x'")]
    [InlineData("create or replace function private.user_org_ids() returns setof uuid language sql stable security definer set search_path = '' rows 5 as $$ SELECT m.organization_id -- same\n FROM public.memberships m WHERE m.user_id = (select auth.uid()) and m.status = 'active' $$")]
    [InlineData("grant select on public.audit_events_2026 to authenticated")]
    [InlineData("delete from public.api_keys")]
    public async Task What_means_the_same_is_no_drift(string change)
    {
        RlsSpec spec = await LearnAsync(await corpus.CopyAsync());
        string name = await corpus.CopyAsync();
        await (await corpus.RequireAsync()).ExecuteAsync(name, change, TestContext.Current.CancellationToken);
        Assert.Empty((await DriftAsync(name, spec)).Select(finding => $"{finding.Target}: {finding.Finding.Reason}"));
    }

    [Theory]
    [MemberData(nameof(Benign))]
    public async Task With_a_spec_a_whole_run_flags_nothing_benign(CorpusCase variation)
    {
        RlsSpec spec = await LearnAsync(await corpus.CopyAsync());
        Assert.Empty((await RunAsync(await MutateAsync(variation), spec)).Where(result => result.Outcome is CheckOutcome.Fail or CheckOutcome.Warn or CheckOutcome.Error).Select(result => $"{result.CheckId} {result.Target}: {result.Reason}"));
    }

    [Fact]
    public async Task An_accepted_finding_is_skipped_with_its_reason_until_its_day()
    {
        RlsSpec spec = await LearnAsync(await corpus.CopyAsync());
        string name = await corpus.CopyAsync();
        await (await corpus.RequireAsync()).ExecuteAsync(name, "grant select on public.plans to public", TestContext.Current.CancellationToken);
        CheckResult finding = Assert.Single(await RunAsync(name, spec), result => result.CheckId == "AFR122" && result.Outcome is CheckOutcome.Fail or CheckOutcome.Warn);
        RlsSuppression accepted = new() { CheckId = finding.CheckId, Target = finding.Target, Reason = "prices are public", Until = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(2)) };
        CheckResult skipped = Assert.Single(await RunAsync(name, spec with { Suppressions = [accepted] }), result => result.CheckId == "AFR122" && result.Target == finding.Target);
        Assert.Equal(CheckOutcome.Skipped, skipped.Outcome);
        Assert.Contains("prices are public", skipped.Reason, StringComparison.Ordinal);
        IReadOnlyList<CheckResult> ended = await RunAsync(name, spec with { Suppressions = [accepted with { Until = new(2026, 1, 1) }, accepted with { Target = "public.other", Reason = " " }] });
        Assert.Equal(finding.Outcome, ended.Single(result => result.CheckId == "AFR122" && result.Target == finding.Target).Outcome);
        Assert.Equal(2, ended.Count(result => result.CheckId == "AFR404" && result.Outcome == CheckOutcome.Fail));
    }

    private async Task<IReadOnlyList<CheckResult>> RunAsync(string name, RlsSpec spec)
    {
        RlsOptions options = RlsOptions.From(new AfConfig { Name = "test" }, "test", spec);
        return await new RlsTest(await corpus.OpenAsync(name), options).RunAsync(new(TimeProvider.System), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
    }

    private async Task<string> MutateAsync(CorpusCase one)
    {
        string name = await corpus.CopyAsync();
        await (await corpus.RequireAsync()).RunFileAsync(name, Path.Combine(CorpusServer.Folder!, one.File), TestContext.Current.CancellationToken);
        return name;
    }

    private async Task<RlsSpec> LearnAsync(string name)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        await using IRlsSession session = await (await corpus.OpenAsync(name)).BeginAsync(writes: false, stop);
        RlsScene scene = (await RlsWorld.ReadAsync(session, new(), stop)).Scene;
        return RlsSpecLearner.Learn(scene, await SpecLayer.MatrixAsync(scene, session, stop));
    }

    private async Task<IReadOnlyList<RlsFinding>> DriftAsync(string name, RlsSpec spec)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        await using IRlsSession session = await (await corpus.OpenAsync(name)).BeginAsync(writes: false, stop);
        RlsScene scene = (await RlsWorld.ReadAsync(session, RlsOptions.From(new AfConfig { Name = "test" }, null, spec), stop)).Scene;
        return [.. (await SpecLayer.JudgeAsync(scene, session, new(2026, 11, 26), stop)).SelectMany(group => group.Findings).Where(finding => finding.Finding.Outcome is CheckOutcome.Fail or CheckOutcome.Warn)];
    }
}
