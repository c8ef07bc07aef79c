using System.Globalization;
using AgentFlow.Benchmarks.Rotation;

namespace AgentFlow.Adapters.Tests.Rotation;

/// <summary>A few deaths of a real process (SIGKILL), two operators at once, and bugs planted to see that the audit counts them. The full campaign is <c>./build.ps1 Campaign Rotation</c>.</summary>
public sealed class ProcessCampaignTests(SandboxFixture fixture) : IClassFixture<SandboxFixture>
{
    [Theory]
    [InlineData("session-secret", 9)]
    [InlineData("stripe-webhook", 21)]
    [InlineData("supabase-secret", 24)]
    [InlineData("aws-key", 27)]
    public async Task A_killed_process_is_resumed_to_a_clean_end(string credential, int place)
    {
        CampaignKind kind = CampaignKind.All.Single(one => one.Credential == credential);
        CampaignTotals totals = await new RotationRun(fixture.Sandbox, kind, CampaignPlan.Numbered(place, 5) with { Hasty = true }).RunAsync();
        Assert.True(totals.Kills >= 1);
        Assert.Equal(totals with { LostValues = 0, EarlyRevocations = 0, UnlistedOrphans = 0, DoubleMints = 0, ChainBreaks = 0, Leaks = 0, Stuck = 0, Closed = 1, Held = 0 }, totals);
    }

    [Theory]
    [InlineData("early", nameof(CampaignTotals.EarlyRevocations))]
    [InlineData("lose", nameof(CampaignTotals.LostValues))]
    [InlineData("double", nameof(CampaignTotals.UnlistedOrphans))]
    [InlineData("double", nameof(CampaignTotals.DoubleMints))]
    [InlineData("leak", nameof(CampaignTotals.Leaks))]
    [InlineData("chain", nameof(CampaignTotals.ChainBreaks))]
    public async Task A_planted_bug_is_counted(string plant, string expected)
    {
        CampaignKind kind = CampaignKind.All.Single(one => one.Credential == "stripe-webhook");
        CampaignTotals totals = await new RotationRun(fixture.Sandbox, kind, CampaignPlan.Numbered() with { Plant = plant }).RunAsync();
        Assert.True((int)typeof(CampaignTotals).GetProperty(expected)!.GetValue(totals)! > 0, $"{plant}: {totals}");
    }

    [Fact]
    public async Task Of_two_operators_one_wins_and_the_other_gets_a_clear_error()
    {
        await fixture.Sandbox.ResetAsync();
        HostRun[] runs = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => HostRun.StartAsync(fixture.Sandbox.ConfigPath, "stripe-webhook", "start", Deaths.None, 0)));
        HostRun winner = Assert.Single(runs, run => run.Answer?["state"]?.GetValue<string>() == "Draining");
        HostRun other = Assert.Single(runs, run => run != winner);
        string fault = other.Answer!["fault"]!.GetValue<string>();
        Assert.True(fault is "AfJournalBusy" or "AfRotationBlocked", fault);
        Assert.Contains(fault == "AfJournalBusy" ? "Another process" : "OpenRotation", other.Answer["reason"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(2, CampaignKind.All.Single(one => one.Credential == "stripe-webhook").Mine(await fixture.Sandbox.TruthAsync()).Count());
    }

    [Theory]
    [InlineData("crashBefore")]
    [InlineData("crashAfter")]
    public async Task A_crash_that_the_sandbox_brings_about_is_resumed_too(string crash)
    {
        await fixture.Sandbox.ResetAsync();
        using System.Diagnostics.Process host = Store.HostProcess.Start(["wait-rotate", "--config", fixture.Sandbox.ConfigPath, "--credential", "stripe-webhook", "--command", "start"]);
        await fixture.Sandbox.Host.AddFaultAsync(new(crash) { Provider = "stripe", Method = "POST", PathContains = "webhook_endpoints", ProcessId = host.Id, Times = 1 });
        await host.StandardInput.WriteLineAsync("go");
        string output = await host.StandardOutput.ReadToEndAsync();
        await host.WaitForExitAsync();
        Assert.DoesNotContain("state", output, StringComparison.Ordinal);
        Assert.NotEqual(0, host.ExitCode);
        CampaignKind kind = CampaignKind.All.Single(one => one.Credential == "stripe-webhook");
        Assert.Equal(crash == "crashAfter" ? 2 : 1, kind.Mine(await fixture.Sandbox.TruthAsync()).Count());
        HostRun resumed = await HostRun.StartAsync(fixture.Sandbox.ConfigPath, "stripe-webhook", "resume", Deaths.None, 0);
        Assert.True(resumed.Answer?["state"]?.GetValue<string>() == "Draining", string.Create(CultureInfo.InvariantCulture, $"{resumed.Output}"));
        Assert.Equal(2, kind.Mine(await fixture.Sandbox.TruthAsync()).Count());
    }
}
