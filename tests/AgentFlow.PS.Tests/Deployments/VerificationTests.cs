using AgentFlow.PS.Tests.Engine;
using AgentFlow.PS.Tests.Rehearsal;

namespace AgentFlow.PS.Tests.Deployments;

/// <summary>The whole verification on the packed module: the healthy world passes, each fault is named by the right check.</summary>
public sealed class VerificationTests(VerificationTests.World world) : IClassFixture<VerificationTests.World>
{
    [Theory]
    [InlineData("preview")]
    [InlineData("production")]
    public async Task The_healthy_world_has_no_fault(string target)
    {
        await world.Session.SwitchAsync("healthy");
        EngineResult result = world.Session.Run("param($target) Test-AfDeployment -Target $target", ("target", target));
        Assert.Empty(result.Errors);
        Assert.Empty(Bad(result).Select(Describe));
        string[] ids = [.. result.Output.Select(record => (string)((dynamic)record.BaseObject).CheckId).Distinct()];
        Assert.Contains("AFD001", ids);
        Assert.Contains("AFD011", ids);
        Assert.Contains("AFD020", ids);
        Assert.Contains("AFD030", ids);
    }

    [Theory]
    [InlineData("missing-env", "Get-AfDeployment -Target production -First 1", "AFD010", "Fail")]
    [InlineData("wrong-repository", "", "AFD002", "Fail")]
    [InlineData("cli-upload", "", "AFD003", "Fail")]
    [InlineData("stale-alias", "", "AFD006", "Fail")]
    [InlineData("missing-metadata", "", "AFD003", "Inconclusive")]
    [InlineData("wrong-branch", "", "AFD005", "Fail")]
    [InlineData("unknown-commit", "", "AFD004", "Fail")]
    [InlineData("foreign-domain", "", "AFD008", "Fail")]
    [InlineData("old-build", "", "AFD007", "Fail")]
    [InlineData("broken-route", "", "AFD020", "Fail")]
    [InlineData("open-redirect", "", "AFD021", "Fail")]
    [InlineData("redirect-loop", "", "AFD022", "Fail")]
    [InlineData("soft-404", "", "AFD024", "Fail")]
    [InlineData("error-200", "", "AFD024", "Fail")]
    [InlineData("protected", "", "AFD020", "Inconclusive")]
    public async Task A_fault_in_production_is_named_by_its_check(string scenario, string pick, string check, string outcome)
    {
        await world.Session.SwitchAsync(scenario);
        EngineResult result = world.Session.Run($"{(pick.Length > 0 ? pick + " | " : string.Empty)}Test-AfDeployment -Check Binding, BuildEnv, Route");
        Assert.Empty(result.Errors);
        Assert.Contains(Bad(result), record => (string)record.CheckId == check && record.Outcome.ToString() == outcome);
    }

    [Theory]
    [InlineData("lead-without-audit", "AFD034")]
    [InlineData("double-usage", "AFD033")]
    [InlineData("cross-tenant-lead", "AFD036")]
    [InlineData("lead-failed", "AFD032")]
    [InlineData("lead-refused", "AFD030")]
    public async Task A_fault_of_the_lead_is_named_by_its_check(string scenario, string check)
    {
        Assert.SkipUnless(world.Session.DatabaseAvailable, "PostgreSQL is not installed.");
        await world.Session.SwitchAsync(scenario);
        EngineResult result = world.Session.Run("Test-AfDeployment -Target preview -Check Lead");
        Assert.Empty(result.Errors);
        Assert.Contains(Bad(result), record => (string)record.CheckId == check && record.Outcome.ToString() == "Fail");
    }

    [Fact]
    public async Task A_lead_through_production_is_refused_by_name_and_skipped_otherwise()
    {
        await world.Session.SwitchAsync("healthy");
        foreach (string command in new[] { "Test-AfDeployment -Target production -Check Lead", "Invoke-AfLeadQualification -Target production -Confirm:$false", "Invoke-AfLeadQualification -Target production -WhatIf" })
        {
            EngineResult refused = world.Session.Run($"try {{ {command}; 'went on' }} catch {{ $_.FullyQualifiedErrorId }}");
            Assert.StartsWith("AfProductionGuard,", Assert.Single(refused.Output).ToString(), StringComparison.Ordinal);
        }

        EngineResult all = world.Session.Run("Test-AfDeployment -Target production | Where-Object RunbookId -eq D4");
        Assert.Equal("Skipped", ((dynamic)Assert.Single(all.Output).BaseObject).Outcome.ToString());
    }

    [Fact]
    public async Task Quiet_gives_exactly_one_bool()
    {
        await world.Session.SwitchAsync("healthy");
        Assert.Equal(true, Assert.Single(world.Session.Run("Test-AfDeployment -Check Binding -Quiet").Output).BaseObject);
        await world.Session.SwitchAsync("wrong-repository");
        Assert.Equal(false, Assert.Single(world.Session.Run("Test-AfDeployment -Check Binding -Quiet").Output).BaseObject);
    }

    [Theory]
    [InlineData("expired-token", "AfCredentialRejected")]
    [InlineData("narrow-token", "AfScopeMissing")]
    [InlineData("rate-limited", "AfRateLimited")]
    public async Task A_provider_that_refuses_is_one_clear_error(string scenario, string id)
    {
        await world.Session.SwitchAsync(scenario);
        EngineResult result = world.Session.Run("Get-AfDeployment");
        Assert.Equal(id, result.ErrorId);
        Assert.NotEmpty(result.Errors[0].ErrorDetails.RecommendedAction);
    }

    [Fact]
    public async Task An_unknown_deployment_is_one_clear_error_and_the_next_goes_on()
    {
        await world.Session.SwitchAsync("healthy");
        EngineResult result = world.Session.Run("$real = (Get-AfDeployment -First 1).Id; 'dpl_doesnotexist', $real | Get-AfDeployment");
        Assert.Equal("AfResourceNotFound", result.ErrorId);
        Assert.Single(result.Output);
    }

    private static IEnumerable<dynamic> Bad(EngineResult result) => result.Output.Select(record => (dynamic)record.BaseObject)
        .Where(record => record.Outcome.ToString() is not ("Pass" or "Skipped" or "Warn"));

    private static string Describe(dynamic record) => $"{record.CheckId} {record.Target} {record.Outcome}: {record.Reason}";

    public sealed class World : IDisposable
    {
        public RehearsalSession Session { get; } = new(database: true);

        public void Dispose() => Session.Dispose();
    }
}
