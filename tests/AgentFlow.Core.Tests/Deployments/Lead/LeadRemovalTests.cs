using AgentFlow.Checks;
using AgentFlow.Deployments.Lead;
using AgentFlow.Faults;

namespace AgentFlow.Core.Tests.Deployments.Lead;

/// <summary>The rows of the lead go, and an operator who must remove them learns which.</summary>
public sealed class LeadRemovalTests
{
    private readonly LeadScene _scene = new();

    [Fact]
    public async Task A_removal_that_fails_is_told_with_the_id_and_the_tables()
    {
        _scene.App.Removal = () => throw new AfFaultException(FaultKind.Permission, FaultId.DatabasePermissionDenied, "It is not allowed.", "Grant delete.");
        LeadQualification result = await _scene.InvokeAsync();
        CheckResult removal = result.Checks.Single(check => check.CheckId == "AFD039");
        Assert.Equal((CheckOutcome.Error, FaultId.DatabasePermissionDenied), (removal.Outcome, removal.Actual));
        Assert.Contains($"carries {result.CorrelationId} in leads.correlation_id", removal.Remediation, StringComparison.Ordinal);
        Assert.Contains("Grant delete.", removal.Remediation, StringComparison.Ordinal);
        Assert.Null(result.RowsLeft);
    }

    [Fact]
    public async Task A_removal_that_refuses_is_a_fault_with_the_id()
    {
        _scene.App.Removal = () => new() { Refused = "7 leads carry the correlation id.", Fix = "Correct the column." };
        LeadQualification result = await _scene.InvokeAsync();
        CheckResult removal = result.Checks.Single(check => check.CheckId == "AFD039");
        Assert.Equal(CheckOutcome.Fail, removal.Outcome);
        Assert.Contains(result.CorrelationId, removal.Remediation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_are_still_there_are_a_fault()
    {
        _scene.App.Removal = () => new() { Removed = new Dictionary<string, long> { ["leads"] = 1 } };
        LeadQualification result = await _scene.InvokeAsync();
        Assert.Equal("4 rows of the lead are still there.", result.Checks.Single(check => check.CheckId == "AFD039").Reason);
        Assert.Equal(4, result.RowsLeft);
    }

    [Fact]
    public async Task An_append_only_audit_log_keeps_its_event_and_that_is_told()
    {
        _scene.App.Removal = () =>
        {
            _scene.App.Rows = _scene.App.Rows with { Leads = [], Qualifications = [], Integrations = [] };
            return new() { Removed = new Dictionary<string, long> { ["leads"] = 1 }, Kept = new Dictionary<string, long> { ["audit_events"] = 1 } };
        };
        LeadQualification result = await _scene.InvokeAsync();
        CheckResult removal = result.Checks.Single(check => check.CheckId == "AFD039");
        Assert.Equal(CheckOutcome.Warn, removal.Outcome);
        Assert.Contains("audit_events: 1", removal.Reason, StringComparison.Ordinal);
        Assert.Equal(0, result.RowsLeft);
    }

    [Fact]
    public async Task A_lead_that_was_taken_in_spite_of_an_error_is_removed()
    {
        _scene.App.SendFault = new(FaultKind.Timeout, FaultId.ServiceTimeout, "The app did not answer in time.", "Try again.");
        Task<LeadQualification> run = _scene.Start(CancellationToken.None);
        _scene.Pass(1000);
        _scene.App.AddLead();
        LeadQualification result = await _scene.DriveAsync(run);
        Assert.Equal("AFD030 Error", $"{result.Checks[0].CheckId} {result.Checks[0].Outcome}");
        Assert.Empty(_scene.App.Rows.Leads);
        Assert.Equal(1, result.RowsRemoved);
    }

    [Fact]
    public async Task A_key_that_is_not_there_is_told_at_once()
    {
        _scene.App.SendFault = new(FaultKind.Authentication, FaultId.SecretNotFound, "There is no lead API key.", "Name one.");
        DateTimeOffset start = _scene.Time.GetUtcNow();
        Assert.Equal(["AFD030 Error"], await _scene.FaultsAsync());
        Assert.Equal(start, _scene.Time.GetUtcNow());
    }

    [Fact]
    public async Task What_a_late_job_writes_during_the_removal_goes_as_well()
    {
        int calls = 0;
        _scene.App.BeforeRemoval = _ =>
        {
            if (++calls == 2)
            {
                _scene.App.Rows = _scene.App.Rows with { Audits = [new("9", MemoryApp.Tenant, true)] };
            }

            return Task.CompletedTask;
        };
        LeadQualification result = await _scene.InvokeAsync();
        Assert.Equal((5L, 0L), (result.RowsRemoved, result.RowsLeft));
    }
}
