using AgentFlow.Checks;
using AgentFlow.Deployments.BuildEnv;
using AgentFlow.Faults;
using Microsoft.Extensions.Time.Testing;

namespace AgentFlow.Core.Tests.Deployments.BuildEnv;

/// <summary>Runbook D2 over a platform in memory: the log, the config's names and what is held, joined; what cannot be read never passes.</summary>
public sealed class BuildEnvCheckTests
{
    private static readonly DateTimeOffset s_built = new(2026, 5, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly MemoryPlatform _platform = new() { Log = { "Cloning", "Build Completed" } };
    private Deployment _deployment = new() { Id = "dpl_1", ProjectId = "prj_1", State = "READY", Target = "production", CreatedAt = s_built };
    private AfConfig _config = new() { Name = "shop", RequiredEnv = new Dictionary<string, IReadOnlyList<string>> { ["production"] = ["MAIL_FROM", "MAIL_HOST"] } };

    [Fact]
    public async Task All_is_well_when_the_log_is_silent_and_every_name_is_set()
    {
        Hold("MAIL_FROM");
        Hold("MAIL_HOST");
        IReadOnlyList<CheckResult> results = await RunAsync();
        Assert.Equal(["AFD010", "AFD011", "AFD012"], results.Select(result => result.CheckId).Order());
        Assert.All(results, result => Assert.Equal(CheckOutcome.Pass, result.Outcome));
        Assert.All(results, result => Assert.NotEmpty(result.Reason));
    }

    [Fact]
    public async Task A_name_that_the_log_calls_missing_and_nobody_holds_fails_twice()
    {
        Hold("MAIL_HOST");
        Fail("Error: Environment variable not found: MAIL_FROM.");
        IReadOnlyList<CheckResult> results = await RunAsync();
        CheckResult logged = One(results, "AFD010", "MAIL_FROM");
        Assert.Equal(CheckOutcome.Fail, logged.Outcome);
        Assert.Contains("line 3 of the build log", logged.Reason, StringComparison.Ordinal);
        Assert.Contains("not set for production", logged.Reason, StringComparison.Ordinal);
        Assert.Equal(CheckOutcome.Fail, One(results, "AFD011", "MAIL_FROM").Outcome);
        Assert.Equal(CheckOutcome.Pass, One(results, "AFD011", "production").Outcome);
    }

    [Fact]
    public async Task A_name_that_was_set_after_the_build_asks_for_a_new_build()
    {
        Hold("MAIL_FROM", at: s_built.AddMinutes(5));
        Hold("MAIL_HOST");
        Fail("MAIL_FROM is not set");
        IReadOnlyList<CheckResult> results = await RunAsync();
        Assert.Equal(CheckOutcome.Warn, One(results, "AFD010", "MAIL_FROM").Outcome);
        Assert.Equal(CheckOutcome.Warn, One(results, "AFD011", "MAIL_FROM").Outcome);
        Assert.Equal(CheckOutcome.Warn, One(results, "AFD012", "production").Outcome);
    }

    [Fact]
    public async Task A_name_that_is_set_for_another_target_says_where()
    {
        Hold("MAIL_FROM", targets: ["preview"]);
        Hold("MAIL_HOST");
        Fail("MAIL_FROM is not set");
        CheckResult logged = One(await RunAsync(), "AFD010", "MAIL_FROM");
        Assert.Equal(CheckOutcome.Fail, logged.Outcome);
        Assert.Equal("only for preview", logged.Actual);
    }

    [Fact]
    public async Task A_name_that_the_build_went_through_without_only_warns()
    {
        Hold("MAIL_FROM");
        Hold("MAIL_HOST");
        _platform.Log.Add("The \"MAIL_TAG\" variable is not set. Defaulting to a blank string.");
        Assert.Equal(CheckOutcome.Warn, One(await RunAsync(), "AFD010", "MAIL_TAG").Outcome);
    }

    [Theory]
    [InlineData(FaultKind.Unavailable, CheckOutcome.Error)]
    [InlineData(FaultKind.NotFound, CheckOutcome.Inconclusive)]
    public async Task A_log_that_cannot_be_read_never_passes_and_what_was_read_counts(FaultKind kind, CheckOutcome outcome)
    {
        Fail("MAIL_TAG is not set");
        _platform.LogFault = MemoryPlatform.Fault(kind);
        IReadOnlyList<CheckResult> results = await RunAsync();
        Assert.Equal(CheckOutcome.Fail, One(results, "AFD010", "MAIL_TAG").Outcome);
        Assert.Equal(outcome, One(results, "AFD010", "dpl_1").Outcome);
    }

    [Fact]
    public async Task No_log_and_an_unfinished_build_are_inconclusive()
    {
        _platform.Log.Clear();
        Assert.Equal(CheckOutcome.Inconclusive, One(await RunAsync(), "AFD010", "dpl_1").Outcome);
        _platform.Log.Add("Cloning");
        _deployment = _deployment with { State = "BUILDING" };
        Assert.Equal(CheckOutcome.Inconclusive, One(await RunAsync(), "AFD010", "dpl_1").Outcome);
    }

    [Fact]
    public async Task The_silence_of_a_failed_build_proves_nothing()
    {
        _platform.Log.Add("Error: @clerk/nextjs: Missing secretKey.");
        _deployment = _deployment with { State = "ERROR" };
        Assert.Equal(CheckOutcome.Inconclusive, One(await RunAsync(), "AFD010", "dpl_1").Outcome);
    }

    [Fact]
    public async Task Variables_that_cannot_be_read_are_an_error_and_the_log_still_counts()
    {
        _platform.OwnFault = MemoryPlatform.Fault();
        Fail("MAIL_FROM is not set");
        IReadOnlyList<CheckResult> results = await RunAsync();
        Assert.Equal(CheckOutcome.Fail, One(results, "AFD010", "MAIL_FROM").Outcome);
        Assert.Equal(CheckOutcome.Error, One(results, "AFD011", "production").Outcome);
        Assert.Equal(CheckOutcome.Error, One(results, "AFD012", "production").Outcome);
    }

    [Fact]
    public async Task Shared_variables_that_cannot_be_read_make_an_absent_name_inconclusive()
    {
        Hold("MAIL_FROM");
        _platform.SharedFault = MemoryPlatform.Fault();
        IReadOnlyList<CheckResult> results = await RunAsync();
        Assert.Equal(CheckOutcome.Inconclusive, One(results, "AFD011", "MAIL_HOST").Outcome);
        _platform.SharedFault = null;
        _platform.Shared.Add(Variable("MAIL_HOST", s_built.AddDays(-1), ["production"]));
        Assert.Equal(CheckOutcome.Pass, One(await RunAsync(), "AFD011", "production").Outcome);
    }

    [Fact]
    public async Task A_deployment_without_a_time_is_inconclusive_about_changes()
    {
        _deployment = _deployment with { CreatedAt = null };
        Assert.Equal(CheckOutcome.Inconclusive, One(await RunAsync(), "AFD012", "production").Outcome);
    }

    [Fact]
    public async Task Without_a_project_the_lists_are_an_error_and_the_log_still_counts()
    {
        _deployment = _deployment with { ProjectId = null };
        Fail("MAIL_FROM is not set");
        IReadOnlyList<CheckResult> results = await RunAsync();
        Assert.Equal(CheckOutcome.Fail, One(results, "AFD010", "MAIL_FROM").Outcome);
        Assert.Equal(CheckOutcome.Error, One(results, "AFD011", "production").Outcome);
    }

    [Fact]
    public async Task A_config_that_requires_nothing_skips_and_platform_names_follow_the_project()
    {
        _config = new() { Name = "shop" };
        Assert.Equal(CheckOutcome.Skipped, One(await RunAsync(), "AFD011", "production").Outcome);
        _config = new() { Name = "shop", RequiredEnv = new Dictionary<string, IReadOnlyList<string>> { ["production"] = ["VERCEL_URL", "NODE_ENV"] } };
        Assert.Equal(CheckOutcome.Pass, One(await RunAsync(), "AFD011", "production").Outcome);
        _platform.ExposesSystemVariables = false;
        Assert.Equal(CheckOutcome.Fail, One(await RunAsync(), "AFD011", "VERCEL_URL").Outcome);
    }

    private static CheckResult One(IReadOnlyList<CheckResult> results, string check, string target) => Assert.Single(results, result => result.CheckId == check && result.Target == target);

    private static EnvVariable Variable(string name, DateTimeOffset at, string[] targets) => new() { Name = name, Kind = "encrypted", Targets = targets, CreatedAt = at, UpdatedAt = at };

    private void Hold(string name, DateTimeOffset? at = null, string[]? targets = null) => _platform.Own.Add(Variable(name, at ?? s_built.AddDays(-1), targets ?? ["production", "preview"]));

    private void Fail(string line)
    {
        _platform.Log.Add(line);
        _deployment = _deployment with { State = "ERROR" };
    }

    private async Task<IReadOnlyList<CheckResult>> RunAsync()
    {
        List<CheckResult> results = [];
        await foreach (CheckResult result in new BuildEnvCheck(_config, _platform, _platform).RunAsync(new(new FakeTimeProvider()), _deployment, TestContext.Current.CancellationToken))
        {
            results.Add(result);
        }

        return results;
    }
}
