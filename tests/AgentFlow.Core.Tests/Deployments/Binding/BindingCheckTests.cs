using AgentFlow.Faults;

namespace AgentFlow.Core.Tests.Deployments.Binding;

/// <summary>Each rule of D1: what passes, what a name alone does not prove, and what is not said.</summary>
public sealed class BindingCheckTests
{
    [Fact]
    public async Task What_is_bound_as_it_should_be_passes_every_rule()
    {
        IReadOnlyList<CheckResult> results = await new BindingWorld().RunAsync();
        Assert.Equal(["AFD001", "AFD002", "AFD003", "AFD004", "AFD005", "AFD006", "AFD007", "AFD008", "AFD009"], results.Select(result => result.CheckId).Order(StringComparer.Ordinal));
        Assert.All(results, result => Assert.True(result.Outcome == CheckOutcome.Pass, $"{result.CheckId}: {result.Reason}"));
        Assert.All(results, result => Assert.NotEmpty(result.Reason));
    }

    [Fact]
    public async Task Another_project_of_the_same_name_is_another_project()
    {
        BindingWorld world = new();
        world.Deployment = world.Deployment with { ProjectId = "prj_impostor" };
        CheckResult result = await world.OneAsync("AFD001");
        Assert.Equal(CheckOutcome.Fail, result.Outcome);
        Assert.Contains("same name", result.Reason, StringComparison.Ordinal);
        Assert.Equal((BindingWorld.Pin, "prj_impostor (agentflow)"), (result.Expected, result.Actual));
    }

    [Fact]
    public async Task A_project_that_is_not_said_or_not_pinned_decides_nothing()
    {
        BindingWorld unsaid = new();
        unsaid.Deployment = unsaid.Deployment with { ProjectId = null };
        Assert.Equal(CheckOutcome.Inconclusive, (await unsaid.OneAsync("AFD001")).Outcome);
        BindingWorld unpinned = new();
        unpinned.Config = unpinned.Config with { Vercel = unpinned.Config.Vercel with { ProjectId = null } };
        IReadOnlyList<CheckResult> results = await unpinned.RunAsync();
        Assert.All(results.Where(result => result.CheckId is "AFD001" or "AFD002" or "AFD008"), result => Assert.Equal(CheckOutcome.Inconclusive, result.Outcome));
    }

    [Theory]
    [InlineData(899L, "github", CheckOutcome.Fail)]
    [InlineData(712L, "gitlab", CheckOutcome.Fail)]
    [InlineData(null, "github", CheckOutcome.Inconclusive)]
    [InlineData(712L, "github-limited", CheckOutcome.Pass)]
    public async Task The_link_is_held_by_its_id(long? id, string provider, CheckOutcome outcome)
    {
        BindingWorld world = new();
        world.Project = world.Project with { Link = world.Project.Link! with { RepositoryId = id, Provider = provider } };
        Assert.Equal(outcome, (await world.OneAsync("AFD002")).Outcome);
    }

    [Fact]
    public async Task A_project_without_a_link_and_one_with_another_production_branch_are_told()
    {
        BindingWorld loose = new();
        loose.Project = loose.Project with { Link = null };
        Assert.Equal(CheckOutcome.Fail, (await loose.OneAsync("AFD002")).Outcome);
        BindingWorld branch = new();
        branch.Project = branch.Project with { Link = branch.Project.Link! with { ProductionBranch = "release" } };
        Assert.Equal(CheckOutcome.Warn, (await branch.OneAsync("AFD002")).Outcome);
    }

    [Theory]
    [InlineData("git", CheckOutcome.Pass)]
    [InlineData("redeploy", CheckOutcome.Pass)]
    [InlineData("cli", CheckOutcome.Fail)]
    [InlineData("drop", CheckOutcome.Fail)]
    [InlineData("v0-web", CheckOutcome.Fail)]
    [InlineData("a-new-way", CheckOutcome.Inconclusive)]
    [InlineData(null, CheckOutcome.Inconclusive)]
    public async Task An_upload_is_no_build_from_git(string? source, CheckOutcome outcome)
    {
        BindingWorld world = new();
        world.Deployment = world.Deployment with { Source = source };
        Assert.Equal(outcome, (await world.OneAsync("AFD003")).Outcome);
    }

    [Fact]
    public async Task What_an_upload_says_about_its_commit_is_a_claim()
    {
        BindingWorld world = new();
        world.Deployment = world.Deployment with { Source = "cli" };
        IReadOnlyList<CheckResult> results = await world.RunAsync();
        Assert.All(results.Where(result => result.CheckId is "AFD004" or "AFD005" or "AFD009"), result => Assert.Equal(CheckOutcome.Inconclusive, result.Outcome));
        BindingWorld dirty = new();
        dirty.Deployment = dirty.Deployment with { UncommittedChanges = true };
        Assert.Equal(CheckOutcome.Fail, (await dirty.OneAsync("AFD003")).Outcome);
    }

    [Fact]
    public async Task Without_a_commit_nothing_is_proved()
    {
        BindingWorld world = new();
        world.Deployment = world.Deployment with { CommitSha = null, CommitRef = null };
        IReadOnlyList<CheckResult> results = await world.RunAsync();
        Assert.All(results.Where(result => result.CheckId is "AFD003" or "AFD004" or "AFD005"), result => Assert.Equal(CheckOutcome.Inconclusive, result.Outcome));
    }

    [Fact]
    public async Task A_commit_that_the_repository_does_not_have_fails_twice()
    {
        BindingWorld world = new();
        world.Deployment = world.Deployment with { CommitSha = new('9', 40) };
        IReadOnlyList<CheckResult> results = await world.RunAsync();
        Assert.All(results.Where(result => result.CheckId is "AFD004" or "AFD005"), result => Assert.Equal(CheckOutcome.Fail, result.Outcome));
    }

    [Fact]
    public async Task A_forks_commit_can_be_read_and_is_on_no_branch()
    {
        BindingWorld world = new();
        world.Deployment = world.Deployment with { CommitSha = BindingWorld.ForeignSha };
        IReadOnlyList<CheckResult> results = await world.RunAsync();
        Assert.Equal(CheckOutcome.Pass, Assert.Single(results, result => result.CheckId == "AFD004").Outcome);
        Assert.Equal(CheckOutcome.Fail, Assert.Single(results, result => result.CheckId == "AFD005").Outcome);
    }

    [Fact]
    public async Task A_preview_is_held_against_its_own_branch()
    {
        BindingWorld world = new() { Alias = new() { Host = BindingWorld.Host, DeploymentId = "dpl_live", ProjectId = BindingWorld.Pin } };
        world.Deployment = world.Deployment with { Target = "preview", CommitRef = "feature" };
        Assert.All((await world.RunAsync()).Where(result => result.CheckId is "AFD005" or "AFD006"), result => Assert.Equal(CheckOutcome.Pass, result.Outcome));
        BindingWorld gone = new();
        gone.Deployment = gone.Deployment with { Target = "preview", CommitRef = "deleted", CommitSha = BindingWorld.ForeignSha };
        Assert.Equal(CheckOutcome.Inconclusive, (await gone.OneAsync("AFD005")).Outcome);
    }

    [Fact]
    public async Task A_repository_that_does_not_show_itself_decides_nothing()
    {
        BindingWorld world = new();
        world.Repositories.Repositories.Add(new() { Id = 899, Owner = "acme", Name = "agentflow" });
        CheckResult result = await world.OneAsync("AFD004");
        Assert.Equal(CheckOutcome.Inconclusive, result.Outcome);
        Assert.Contains("712", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renamed_repository_is_found_by_its_id()
    {
        BindingWorld world = new();
        world.Repositories.Repositories.Add(new() { Id = BindingWorld.RepositoryId, Owner = "acme", Name = "agentflow-web" });
        Assert.Equal(CheckOutcome.Pass, (await world.OneAsync("AFD004")).Outcome);
    }

    [Theory]
    [InlineData("dpl_2", null, "PROMOTED", CheckOutcome.Fail)]
    [InlineData("dpl_2", null, "STAGED", CheckOutcome.Fail)]
    [InlineData("dpl_2", null, "ROLLING", CheckOutcome.Inconclusive)]
    [InlineData(null, null, "PROMOTED", CheckOutcome.Inconclusive)]
    [InlineData(null, "elsewhere.example", "PROMOTED", CheckOutcome.Fail)]
    [InlineData(null, "agentflow.example", "PROMOTED", CheckOutcome.Pass)]
    public async Task The_domain_must_show_the_deployment(string? serving, string? redirect, string state, CheckOutcome outcome)
    {
        BindingWorld world = new() { Alias = new() { Host = BindingWorld.Host, DeploymentId = serving, Redirect = redirect, ProjectId = BindingWorld.Pin } };
        world.Deployment = world.Deployment with { SubState = state };
        Assert.Equal(outcome, (await world.OneAsync("AFD006")).Outcome);
    }

    [Fact]
    public async Task A_preview_behind_a_production_domain_fails_and_no_alias_at_all_too()
    {
        BindingWorld preview = new();
        preview.Deployment = preview.Deployment with { Target = "preview" };
        Assert.Equal(CheckOutcome.Fail, (await preview.OneAsync("AFD006")).Outcome);
        Assert.Equal(CheckOutcome.Fail, (await new BindingWorld { Alias = null }.OneAsync("AFD006")).Outcome);
    }

    [Theory]
    [InlineData("prj_other", true, CheckOutcome.Fail)]
    [InlineData("prj_pinned", false, CheckOutcome.Fail)]
    [InlineData("prj_pinned", null, CheckOutcome.Inconclusive)]
    [InlineData(null, true, CheckOutcome.Inconclusive)]
    public async Task The_domain_must_be_the_pinned_projects(string? project, bool? verified, CheckOutcome outcome)
    {
        BindingWorld world = new() { Domain = new() { Name = BindingWorld.Host, ProjectId = project, Verified = verified } };
        Assert.Equal(outcome, (await world.OneAsync("AFD008")).Outcome);
    }

    [Fact]
    public async Task An_alias_of_another_project_fails_even_when_the_domain_looks_right()
    {
        BindingWorld world = new() { Alias = new() { Host = BindingWorld.Host, DeploymentId = "dpl_1", ProjectId = "prj_other" } };
        Assert.Equal(CheckOutcome.Fail, (await world.OneAsync("AFD008")).Outcome);
        Assert.Equal(CheckOutcome.Fail, (await new BindingWorld { Domain = null }.OneAsync("AFD008")).Outcome);
    }

    [Theory]
    [InlineData("dpl_1", CheckOutcome.Pass)]
    [InlineData("dpl_2", CheckOutcome.Fail)]
    [InlineData("0123456", CheckOutcome.Pass)]
    [InlineData("0123456789ABCDEF0123456789abcdef01234567", CheckOutcome.Pass)]
    [InlineData("fedcba9", CheckOutcome.Fail)]
    [InlineData("012345", CheckOutcome.Inconclusive)]
    [InlineData("v1.2.3", CheckOutcome.Inconclusive)]
    [InlineData(null, CheckOutcome.Inconclusive)]
    public async Task The_running_app_must_be_the_deployment(string? stamp, CheckOutcome outcome)
    {
        BindingWorld world = new() { Stamp = stamp is null ? null : new(stamp, "/api/version") };
        Assert.Equal(outcome, (await world.OneAsync("AFD007")).Outcome);
    }

    [Theory]
    [InlineData(899L, CheckOutcome.Fail)]
    [InlineData(null, CheckOutcome.Inconclusive)]
    public async Task The_deployment_must_be_built_from_the_pinned_repository(long? id, CheckOutcome outcome)
    {
        BindingWorld world = new();
        world.Deployment = world.Deployment with { RepositoryId = id };
        Assert.Equal(outcome, (await world.OneAsync("AFD009")).Outcome);
    }

    [Fact]
    public async Task A_platform_that_cannot_be_asked_is_no_verdict()
    {
        BindingWorld world = new();
        world.Platform.Fault = new(FaultKind.RateLimited, FaultId.RateLimited, "Vercel asks to wait.", "Wait.");
        IReadOnlyList<CheckResult> results = await world.RunAsync();
        Assert.All(results.Where(result => result.CheckId is "AFD002" or "AFD006" or "AFD008"), result => Assert.Equal((CheckOutcome.Error, FaultId.RateLimited), (result.Outcome, result.Actual)));
    }
}
