using AgentFlow.Checks;
using AgentFlow.Deployments.Lead;

namespace AgentFlow.Core.Tests.Deployments.Lead;

/// <summary>A second run within a minute is a repetition, and what an app makes of it is a finding.</summary>
public sealed class LeadKeyTests
{
    private readonly LeadScene _scene = new();

    [Theory]
    [InlineData(0, true)]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public void A_session_uses_its_key_for_a_minute(int seconds, bool same)
    {
        LeadKey first = _scene.Keys.Take("dpl_1", "t");
        _scene.Time.Advance(TimeSpan.FromSeconds(seconds));
        LeadKey second = _scene.Keys.Take("dpl_1", "t");
        Assert.Equal((same, same), (first.IdempotencyKey == second.IdempotencyKey, second.Repeated));
    }

    [Fact]
    public void Another_process_derives_the_same_key_in_the_same_minute_and_nobody_else_does()
    {
        LeadKey key = _scene.Keys.Take("dpl_1", "t");
        Assert.Equal(key.IdempotencyKey, new LeadKeys(_scene.Time).Take("dpl_1", "t").IdempotencyKey);
        Assert.NotEqual(key.IdempotencyKey, _scene.Keys.Take("dpl_2", "t").IdempotencyKey);
        Assert.NotEqual(key.IdempotencyKey, _scene.Keys.Take("dpl_1", "u").IdempotencyKey);
        Assert.Equal('5', key.IdempotencyKey[14]);
        Assert.Equal($"af-verify-{key.IdempotencyKey.Replace("-", string.Empty, StringComparison.Ordinal)}", key.CorrelationId);
    }

    [Fact]
    public async Task An_app_that_knows_the_key_makes_no_second_lead_and_passes()
    {
        LeadQualification first = await _scene.InvokeAsync();
        LeadQualification second = await _scene.InvokeAsync();
        Assert.Equal((first.IdempotencyKey, first.CorrelationId, true), (second.IdempotencyKey, second.CorrelationId, second.Repeated));
        Assert.Equal(["AFD030 Pass", "AFD038 Pass", "AFD037 Pass", "AFD039 Pass"], Ran(second));
        Assert.Equal(6m, second.UsageAfter);
    }

    [Fact]
    public async Task An_app_that_forgot_the_key_with_the_rows_is_asked_again_while_they_are_there()
    {
        await _scene.InvokeAsync();
        _scene.App = MemoryApp.Healthy(_scene.Time);
        LeadQualification second = await _scene.InvokeAsync();
        Assert.True(second.Repeated);
        Assert.Contains("AFD031 Pass", Ran(second));
        Assert.Contains("AFD033 Pass", Ran(second));
        Assert.Contains("AFD037 Pass", Ran(second));
        Assert.Equal(2, _scene.App.Sent.Count);
    }

    [Fact]
    public async Task An_app_that_ignores_keys_fails()
    {
        _scene.App.KnowsKeys = false;
        await _scene.InvokeAsync();
        LeadQualification second = await _scene.InvokeAsync();
        Assert.Equal(["AFD037"], second.Checks.Where(check => check.Outcome == CheckOutcome.Fail).Select(check => check.CheckId));
        Assert.Equal(0, second.RowsLeft);
    }

    [Fact]
    public async Task An_app_that_counts_a_repetition_fails()
    {
        await _scene.InvokeAsync();
        Task<LeadQualification> second = _scene.Start(CancellationToken.None);
        _scene.Pass(1000);
        _scene.App.Count(1);
        Assert.Equal(CheckOutcome.Fail, (await _scene.DriveAsync(second)).Checks.Single(check => check.CheckId == "AFD037").Outcome);
    }

    [Fact]
    public async Task What_a_killed_run_left_is_found_judged_and_removed()
    {
        _scene.App.AddLead();
        _scene.App.Rows = _scene.App.Rows with { Qualifications = [new("q1", MemoryApp.Tenant, "processing")] };
        _scene.App.Finish();
        _scene.App.Receipt = new() { Status = 200, Replayed = true, Stamp = "dpl_preview" };
        _scene.App.Steps.Clear();
        LeadQualification result = await _scene.InvokeAsync();
        Assert.Equal(CheckOutcome.Skipped, result.Checks.Single(check => check.CheckId == "AFD033").Outcome);
        Assert.Contains("AFD031 Pass", Ran(result));
        Assert.Contains("AFD037 Pass", Ran(result));
        Assert.Equal(4, result.RowsRemoved);
    }

    private static string[] Ran(LeadQualification result) => [.. result.Checks.Where(check => check.Outcome != CheckOutcome.Skipped).Select(check => $"{check.CheckId} {check.Outcome}")];
}
