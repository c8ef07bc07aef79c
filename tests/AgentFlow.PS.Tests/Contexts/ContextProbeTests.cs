using AgentFlow.PS.Tests.Engine;
using AgentFlow.PS.Tests.Rehearsal;

namespace AgentFlow.PS.Tests.Contexts;

/// <summary>Test-AfContext says of each credential who it is, what it lacks and what it has too much of.</summary>
public sealed class ContextProbeTests(ContextProbeTests.World world) : IClassFixture<ContextProbeTests.World>
{
    [Theory]
    [InlineData("healthy", "AFC001", "Vercel", "Pass", "ada-operator")]
    [InlineData("healthy", "AFC001", "GitHub", "Pass", "octo-maintainer")]
    [InlineData("healthy", "AFC004", "Vercel", "Pass", "30 s")]
    [InlineData("healthy", "AFC006", "prj_", "Pass", "agentflow")]
    [InlineData("healthy", "AFC007", "712345001", "Pass", "agentflow-example/agentflow")]
    [InlineData("expired-token", "AFC001", "Vercel", "Fail", "AfCredentialRejected")]
    [InlineData("expired-token", "AFC001", "GitHub", "Fail", "AfCredentialRejected")]
    [InlineData("narrow-token", "AFC006", "prj_", "Error", "AfScopeMissing")]
    [InlineData("broad-token", "AFC003", "Vercel", "Warn", "account")]
    [InlineData("broad-token", "AFC003", "GitHub", "Warn", "repo")]
    [InlineData("clock-skew", "AFC004", "Vercel", "Fail", "NTP")]
    [InlineData("clock-skew", "AFC004", "GitHub", "Fail", "NTP")]
    [InlineData("rate-limited", "AFC001", "Vercel", "Error", "AfRateLimited")]
    [InlineData("healthy", "AFC008", "Stripe", "Pass", "acct_")]
    [InlineData("healthy", "AFC008", "AWS", "Pass", "123456789012")]
    [InlineData("healthy", "AFC003", "Supabase", "Pass", "no scope beyond")]
    [InlineData("broad-token", "AFC003", "Supabase", "Warn", "anotherproject")]
    [InlineData("expired-token", "AFC001", "Stripe", "Fail", "AfCredentialRejected")]
    [InlineData("expired-token", "AFC001", "AWS", "Fail", "AfCredentialRejected")]
    [InlineData("rate-limited", "AFC001", "Supabase", "Error", "AfRateLimited")]
    [InlineData("clock-skew", "AFC004", "AWS", "Fail", "NTP")]
    public async Task Each_finding_has_its_record(string scenario, string check, string target, string outcome, string says)
    {
        await world.Session.SwitchAsync(scenario);
        EngineResult result = world.Session.Run("Test-AfContext");
        dynamic record = Assert.Single(result.Output.Select(item => (dynamic)item.BaseObject), (dynamic one) => one.CheckId == check && ((string)one.Target).StartsWith(target, StringComparison.Ordinal));
        Assert.Equal(outcome, record.Outcome.ToString());
        Assert.Contains(says, $"{record.Reason} {record.Actual} {record.Remediation}", StringComparison.OrdinalIgnoreCase);
        Assert.Empty(result.Errors);
    }

    [Fact]
    public async Task Quiet_is_one_bool_and_never_true_for_what_could_not_be_asked()
    {
        await world.Session.SwitchAsync("expired-token");
        Assert.Equal(false, Assert.Single(world.Session.Run("Test-AfContext -Quiet").Output).BaseObject);
    }

    public sealed class World : IDisposable
    {
        public RehearsalSession Session { get; } = new();

        public void Dispose() => Session.Dispose();
    }
}
