using AgentFlow.Checks;
using AgentFlow.Deployments.Lead;
using AgentFlow.Deployments.Routes;
using AgentFlow.Faults;

namespace AgentFlow.Core.Tests.Deployments.Lead;

/// <summary>What the run says about an app, rule by rule.</summary>
public sealed class LeadCheckTests
{
    private readonly LeadScene _scene = new();

    [Fact]
    public async Task A_healthy_app_passes_every_check_and_nothing_is_left()
    {
        LeadQualification result = await _scene.InvokeAsync();
        Assert.Equal(CheckOutcome.Pass, result.Outcome);
        Assert.Equal(
            ["AFD030 Pass", "AFD038 Pass", "AFD031 Pass", "AFD032 Pass", "AFD033 Pass", "AFD034 Pass", "AFD035 Pass", "AFD035 Skipped", "AFD036 Pass", "AFD039 Pass"],
            result.Checks.Select(check => $"{check.CheckId} {check.Outcome}"));
        Assert.Equal(result.Checks, _scene.Emitted);
        Assert.Equal(("lead1", "q1", "qualified"), (result.LeadId, result.QualificationId, result.QualificationState));
        Assert.Equal((5m, 6m, 1, 0L, 4L, 0L), (result.UsageBefore, result.UsageAfter, result.AuditEvents, result.VisibleToOthers, result.RowsRemoved, result.RowsLeft));
        Assert.InRange(result.QualifiedAfter!.Value, TimeSpan.FromMilliseconds(450), TimeSpan.FromMilliseconds(1100));
        Assert.Equal((1, 1), (_scene.App.Opened, _scene.App.Closed));
        LeadSubmission sent = Assert.Single(_scene.App.Sent);
        Assert.Equal(result.IdempotencyKey, sent.IdempotencyKey);
        Assert.Equal(result.CorrelationId, sent.Fields["correlation_id"]);
        Assert.Equal($"success+{result.CorrelationId}@simulator.amazonses.com", sent.Fields["email"]);
    }

    [Fact]
    public async Task A_lead_that_never_becomes_a_row_fails_there_and_only_there()
    {
        _scene.App.Steps.Clear();
        Assert.Equal(["AFD031 Fail"], await _scene.FaultsAsync());
    }

    [Fact]
    public async Task A_row_in_another_tenant_fails()
    {
        _scene.App.Steps[0] = (0, app => app.AddLead(MemoryApp.Neighbour));
        Assert.Equal(["AFD031 Fail"], await _scene.FaultsAsync());
        Assert.Contains("another tenant", _scene.Emitted.Single(check => check.CheckId == "AFD031").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_without_a_tenant_fails()
    {
        _scene.App.Steps[0] = (0, app => app.AddLead(null));
        Assert.Equal(["AFD031 Fail"], await _scene.FaultsAsync());
    }

    [Fact]
    public async Task A_tenant_id_in_another_case_is_the_same()
    {
        _scene.App.Steps[0] = (0, app => app.AddLead(MemoryApp.Tenant.ToUpperInvariant()));
        Assert.Empty(await _scene.FaultsAsync());
    }

    [Fact]
    public async Task A_delivery_that_comes_twice_is_seen_within_the_settling_time()
    {
        _scene.App.Steps.Add((900, app => app.AddLead()));
        _scene.App.Steps.Add((950, app => app.Count(1)));
        Assert.Equal(["AFD031 Fail", "AFD033 Fail"], await _scene.FaultsAsync());
    }

    [Theory]
    [InlineData(0, "did not rise")]
    [InlineData(2, "rose by 2")]
    [InlineData(3, "rose by 3")]
    public async Task A_counter_that_does_not_rise_by_exactly_one_fails(int units, string reason)
    {
        _scene.App.Steps[2] = (500, app => app.Finish(units: units));
        Assert.Equal(["AFD033 Fail"], await _scene.FaultsAsync());
        Assert.Contains(reason, _scene.Emitted.Single(check => check.CheckId == "AFD033").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_counter_that_falls_is_not_judged()
    {
        _scene.App.Steps[2] = (500, app => app.Finish(units: -5));
        Assert.Equal(["AFD033 Inconclusive"], await _scene.FaultsAsync());
    }

    [Theory]
    [InlineData(1, 1, 2, null)]
    [InlineData(1, 0, 2, "AFD033 Inconclusive")]
    [InlineData(1, 1, 0, "AFD033 Fail")]
    [InlineData(1, 1, 5, "AFD033 Fail")]
    [InlineData(2, 1, 3, "AFD033 Inconclusive")]
    public async Task Leads_of_others_are_taken_into_account(int otherLeads, int otherFinished, int units, string? fault)
    {
        _scene.App.Steps[2] = (500, app =>
        {
            app.Finish(units: units);
            app.Rows = app.Rows with { Usage = app.Rows.Usage! with { OtherLeads = 5 + otherLeads, OtherFinished = 5 + otherFinished } };
        });
        Assert.Equal(fault is null ? [] : [fault], await _scene.FaultsAsync());
    }

    [Fact]
    public async Task Units_that_name_their_lead_decide_alone()
    {
        _scene.App.Rows = _scene.App.Rows with { Usage = new() { Value = 5, Attributed = 0, OtherLeads = 5, OtherFinished = 5 } };
        _scene.App.Steps[2] = (500, app =>
        {
            app.Finish(units: 4);
            app.Rows = app.Rows with { Usage = app.Rows.Usage! with { Attributed = 1, OtherLeads = 9 } };
        });
        Assert.Empty(await _scene.FaultsAsync());
    }

    [Theory]
    [InlineData(false, true, "who acted")]
    [InlineData(true, false, "in which tenant")]
    public async Task An_audit_event_without_actor_or_tenant_fails(bool hasActor, bool hasTenant, string reason)
    {
        _scene.App.Steps[2] = (500, app =>
        {
            app.Finish(audit: false);
            app.Rows = app.Rows with { Audits = [new("1", hasTenant ? MemoryApp.Tenant : null, hasActor)] };
        });
        Assert.Equal(["AFD034 Fail"], await _scene.FaultsAsync());
        Assert.Contains(reason, _scene.Emitted.Single(check => check.CheckId == "AFD034").Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4_000, null)]
    [InlineData(7_500, "AFD034 Fail")]
    public async Task An_audit_event_may_be_a_few_seconds_late(int at, string? fault)
    {
        _scene.App.Steps[2] = (500, app => app.Finish(audit: false));
        _scene.App.Steps.Add((at, app => app.Rows = app.Rows with { Audits = [new("1", MemoryApp.Tenant, true)] }));
        Assert.Equal(fault is null ? [] : [fault], await _scene.FaultsAsync());
    }

    [Theory]
    [InlineData(18_000, null)]
    [InlineData(25_000, "AFD032 Fail")]
    public async Task The_final_state_may_take_as_long_as_the_config_says(int at, string? fault)
    {
        _scene.App.Steps[2] = (at, app => app.Finish());
        Assert.Equal(fault is null ? [] : [fault], await _scene.FaultsAsync());
    }

    [Fact]
    public async Task A_failed_qualification_fails_there_and_only_there()
    {
        _scene.App.Steps[2] = (500, app => app.Finish("failed", units: 0, crm: false));
        Assert.Equal(["AFD032 Fail", "AFD035 Fail"], await _scene.FaultsAsync());
    }

    [Fact]
    public async Task A_failed_qualification_that_is_counted_twice_fails_twice()
    {
        _scene.App.Steps[2] = (500, app => app.Finish("FAILED", units: 2));
        Assert.Equal(["AFD032 Fail", "AFD033 Fail"], await _scene.FaultsAsync());
    }

    [Fact]
    public async Task Two_qualifications_of_one_lead_fail()
    {
        _scene.App.Steps[1] = (200, app => app.Rows = app.Rows with { Qualifications = [new("q1", MemoryApp.Tenant, "processing"), new("q2", MemoryApp.Tenant, "processing")] });
        Assert.Equal(["AFD032 Fail"], await _scene.FaultsAsync());
    }

    [Theory]
    [InlineData("delivered", null)]
    [InlineData("failed", "AFD035 Fail")]
    [InlineData("Bounced", "AFD035 Fail")]
    [InlineData("not_configured", null)]
    [InlineData("queued", "AFD035 Inconclusive")]
    [InlineData(null, "AFD035 Inconclusive")]
    public async Task Each_integration_is_judged_by_its_state(string? state, string? fault)
    {
        _scene.App.Steps[2] = (500, app =>
        {
            app.Finish(crm: false);
            app.Rows = app.Rows with { Integrations = [new("1", "CRM", state)] };
        });
        Assert.Equal(fault is null ? [] : [fault], await _scene.FaultsAsync());
    }

    [Fact]
    public async Task An_integration_that_the_tenant_uses_and_that_left_nothing_fails()
    {
        _scene.App.Steps[2] = (500, app => app.Finish(crm: false));
        Assert.Equal(["AFD035 Fail"], await _scene.FaultsAsync());
    }

    [Fact]
    public async Task An_integration_of_which_nothing_is_known_is_not_passed()
    {
        _scene.App.Rows = _scene.App.Rows with { TenantIntegrations = null };
        Assert.Equal(["AFD035 Inconclusive"], await _scene.FaultsAsync());
    }

    [Theory]
    [InlineData(1, 0, 4, "AFD036 Fail")]
    [InlineData(0, 1, 4, "AFD036 Fail")]
    [InlineData(0, 0, 0, "AFD036 Inconclusive")]
    public async Task Rows_that_others_see_fail_and_a_blind_look_proves_nothing(long other, long anonymous, long own, string fault)
    {
        _scene.App.Visibility = new() { Views = [MemoryApp.View(PrincipalKind.OtherTenant, other), MemoryApp.View(PrincipalKind.Anonymous, anonymous), MemoryApp.View(PrincipalKind.Own, own)] };
        Assert.Equal([fault], await _scene.FaultsAsync());
    }

    [Fact]
    public async Task A_view_that_could_not_be_tried_says_why()
    {
        _scene.App.Visibility = new() { Reason = "No such role.", Fix = "Grant it." };
        LeadQualification result = await _scene.InvokeAsync();
        CheckResult isolation = result.Checks.Single(check => check.CheckId == "AFD036");
        Assert.Equal((CheckOutcome.Inconclusive, "No such role.", "Grant it."), (isolation.Outcome, isolation.Reason, isolation.Remediation));
        Assert.Null(result.VisibleToOthers);
    }

    [Theory]
    [InlineData(500, CheckOutcome.Fail)]
    [InlineData(404, CheckOutcome.Fail)]
    [InlineData(422, CheckOutcome.Fail)]
    [InlineData(401, CheckOutcome.Error)]
    [InlineData(429, CheckOutcome.Error)]
    [InlineData(409, CheckOutcome.Inconclusive)]
    [InlineData(307, CheckOutcome.Fail)]
    public async Task An_answer_that_does_not_accept_is_the_only_fault(int status, CheckOutcome outcome)
    {
        _scene.App.Receipt = new() { Status = status, Stamp = "dpl_preview", Location = status == 307 ? "/login" : null };
        Assert.Equal([$"AFD030 {outcome}"], await _scene.FaultsAsync());
    }

    [Fact]
    public async Task Protection_in_front_is_no_verdict_about_the_app()
    {
        _scene.App.Receipt = new() { Status = 401, Platform = new(PlatformPageKind.Protection) };
        Assert.Equal(["AFD030 Inconclusive", "AFD038 Inconclusive"], await _scene.FaultsAsync());
    }

    [Theory]
    [InlineData("dpl_other", "AFD038 Fail")]
    [InlineData(null, "AFD038 Inconclusive")]
    [InlineData("v1.2", "AFD038 Inconclusive")]
    public async Task The_build_that_took_the_lead_is_compared(string? stamp, string fault)
    {
        _scene.App.Receipt = new() { Status = 201, Stamp = stamp };
        Assert.Equal([fault], await _scene.FaultsAsync());
    }

    [Fact]
    public async Task Without_a_database_only_the_intake_is_checked_and_the_leftover_is_told()
    {
        _scene.HasDatabase = false;
        LeadQualification result = await _scene.InvokeAsync();
        Assert.Equal(["AFD030", "AFD038"], result.Checks.Where(check => check.Outcome == CheckOutcome.Pass).Select(check => check.CheckId));
        Assert.All(result.Checks.Where(check => check.CheckId is "AFD031" or "AFD032" or "AFD033" or "AFD034" or "AFD035" or "AFD036"), check =>
        {
            Assert.Equal(CheckOutcome.Skipped, check.Outcome);
            Assert.Contains("supabase.database", check.Remediation, StringComparison.Ordinal);
        });
        CheckResult left = result.Checks.Single(check => check.CheckId == "AFD039");
        Assert.Equal(CheckOutcome.Warn, left.Outcome);
        Assert.Contains(result.CorrelationId, left.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_that_cannot_be_read_is_an_error_and_no_pass()
    {
        _scene.App.Rows = _scene.App.Rows with { Usage = null, Unreadable = new Dictionary<string, string> { [LeadPart.Usage] = "The table 'usage_counters' is not there." } };
        _scene.App.Steps[2] = (500, app => app.Rows = app.Rows with
        {
            Qualifications = [new("q1", MemoryApp.Tenant, "qualified")],
            Audits = [new("1", MemoryApp.Tenant, true)],
            Integrations = [new("1", "crm", "delivered")],
        });
        Assert.Equal(["AFD033 Error"], await _scene.FaultsAsync());
    }

    [Fact]
    public async Task A_database_that_stumbles_twice_is_forgiven()
    {
        _scene.App.Steps.Insert(1, (100, app => Enumerable.Range(0, 2).ToList().ForEach(_ => app.ReadFaults.Enqueue(Down()))));
        Assert.Empty(await _scene.FaultsAsync());
    }

    [Fact]
    public async Task A_database_that_stays_away_is_an_error_and_the_removal_is_tried_all_the_same()
    {
        _scene.App.Steps.Insert(1, (100, app => Enumerable.Range(0, 3).ToList().ForEach(_ => app.ReadFaults.Enqueue(Down()))));
        Assert.Equal(["AFD031 Error"], await _scene.FaultsAsync());
        Assert.Empty(_scene.App.Rows.Leads);
    }

    internal static AfFaultException Down() => new(FaultKind.Unavailable, FaultId.DatabaseUnavailable, "The database is starting.", "Wait.");
}
