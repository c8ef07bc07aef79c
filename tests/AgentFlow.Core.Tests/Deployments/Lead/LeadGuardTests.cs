using System.Text;
using AgentFlow.Deployments.Lead;
using AgentFlow.Faults;
using AgentFlow.Safety;

namespace AgentFlow.Core.Tests.Deployments.Lead;

/// <summary>Nothing is sent to what is not proved to be outside production.</summary>
public sealed class LeadGuardTests
{
    private readonly LeadScene _scene = new();

    [Theory]
    [InlineData("production", "https://agentflow-git-x.vercel.app", null)]
    [InlineData("preview", "https://agentflow.example", null)]
    [InlineData("preview", "https://agentflow-git-x.vercel.app", "agentflow.example")]
    public async Task A_deployment_of_production_is_refused_before_any_connection(string target, string origin, string? alias)
    {
        _scene.Target = _scene.Target with { Target = target, Origin = new(origin), Aliases = alias is null ? [] : [alias] };
        await RefusedAsync(FaultId.ProductionGuard);
        Assert.Equal(0, _scene.App.Opened);
    }

    [Fact]
    public async Task A_database_of_production_is_refused()
    {
        _scene.App.Identity = new() { Ref = "agentflowproductionx" };
        _scene.Config = _scene.Config with { Supabase = _scene.Config.Supabase with { Ref = "agentflowproductionx" } };
        await RefusedAsync(FaultId.ProductionGuard);
    }

    [Fact]
    public async Task A_database_whose_address_and_config_disagree_is_refused()
    {
        _scene.App.Identity = new() { Ref = "agentflowsomewherexx" };
        await RefusedAsync(FaultId.ProductionGuard);
    }

    [Fact]
    public async Task A_database_whose_own_marker_says_production_is_refused()
    {
        _scene.App.Identity = new() { IsLoopback = true, Marker = "Production" };
        await RefusedAsync(FaultId.ProductionGuard);
    }

    [Fact]
    public async Task One_signal_is_not_enough()
    {
        _scene.Config = _scene.Config with { Supabase = new() };
        _scene.App.Identity = new() { Marker = "staging" };
        await RefusedAsync(FaultId.ProductionGuard);
    }

    [Fact]
    public async Task A_test_key_of_the_payments_is_the_second_signal()
    {
        _scene.Config = _scene.Config with { Supabase = new() };
        _scene.App.Identity = new();
        using Secret key = Secret.FromUtf8(Encoding.UTF8.GetBytes(string.Concat("rk_", "test_", "0")));
        _scene.StripeKey = key;
        Assert.Equal(CheckOutcome.Pass, (await _scene.InvokeAsync()).Outcome);
    }

    [Fact]
    public async Task A_live_key_of_the_payments_refuses_whatever_the_others_say()
    {
        using Secret key = Secret.FromUtf8(Encoding.UTF8.GetBytes(string.Concat("rk_", "live_", "0")));
        _scene.StripeKey = key;
        await RefusedAsync(FaultId.ProductionGuard);
    }

    [Fact]
    public async Task A_standby_is_refused_because_nothing_could_be_removed()
    {
        _scene.App.Identity = _scene.App.Identity with { InRecovery = true };
        await RefusedAsync(FaultId.DatabaseUnavailable);
    }

    [Fact]
    public async Task A_config_without_a_tenant_is_refused_and_skipped_in_a_verification()
    {
        _scene.Config = _scene.Config with { Lead = _scene.Config.Lead with { OrganizationId = null } };
        await RefusedAsync(FaultId.LeadNotConfigured);
        CheckResult only = Assert.Single(await VerifyAsync());
        Assert.Equal((CheckOutcome.Skipped, "AFD030"), (only.Outcome, only.CheckId));
    }

    [Fact]
    public async Task A_body_without_the_correlation_id_is_refused()
    {
        _scene.Config = _scene.Config with { Lead = _scene.Config.Lead with { Payload = new Dictionary<string, string> { ["name"] = "x" } } };
        await RefusedAsync(FaultId.LeadNotConfigured);
    }

    [Fact]
    public async Task In_a_verification_a_database_that_fails_is_a_record_and_nothing_is_sent()
    {
        _scene.App.ReadFaults.Enqueue(new(FaultKind.NotFound, FaultId.DatabaseObjectMissing, "No table leads.", "Correct it."));
        CheckResult only = Assert.Single(await VerifyAsync());
        Assert.Equal((CheckOutcome.Error, FaultId.DatabaseObjectMissing), (only.Outcome, only.Actual));
        Assert.Empty(_scene.App.Sent);
    }

    [Fact]
    public async Task In_a_verification_the_guard_ends_it()
    {
        _scene.Target = _scene.Target with { Target = "production" };
        Assert.Equal(FaultId.ProductionGuard, (await Assert.ThrowsAsync<AfFaultException>(VerifyAsync)).Id);
    }

    [Fact]
    public async Task A_plan_makes_every_refusal_and_read_and_sends_nothing()
    {
        LeadQualification plan = await _scene.Check.PlanAsync(new(_scene.Time), _scene.Target, CancellationToken.None);
        Assert.Equal((CheckOutcome.Skipped, 5m), (plan.Outcome, plan.UsageBefore));
        Assert.Empty(_scene.App.Sent);
        LeadQualification real = await _scene.InvokeAsync();
        Assert.False(real.Repeated);
        Assert.Equal(plan.CorrelationId, real.CorrelationId);
    }

    private async Task RefusedAsync(string id)
    {
        Assert.Equal(id, (await Assert.ThrowsAsync<AfFaultException>(() => _scene.InvokeAsync())).Id);
        Assert.Empty(_scene.App.Sent);
        Assert.Equal(_scene.App.Opened, _scene.App.Closed);
    }

    private async Task<List<CheckResult>> VerifyAsync()
    {
        List<CheckResult> all = [];
        await foreach (CheckResult result in _scene.Check.RunAsync(new(_scene.Time), _scene.Target, CancellationToken.None))
        {
            all.Add(result);
        }

        return all;
    }
}
