using AgentFlow.Adapters.GitHub;
using AgentFlow.Adapters.Http;
using AgentFlow.Adapters.Tests.Http;
using AgentFlow.Deployments;
using AgentFlow.Faults;

namespace AgentFlow.Adapters.Tests.GitHub;

public sealed class GitHubTests
{
    private const string Repository = """{"id":712345001,"name":"app","full_name":"acme/app","private":true,"archived":false,"default_branch":"main","owner":{"login":"acme","id":1},"permissions":{"admin":false,"push":true,"pull":true}}""";
    private const string Sha = "0123456789abcdef0123456789abcdef01234567";
    private static readonly SourceRepository s_repository = new() { Id = 712345001, Owner = "acme", Name = "app" };

    [Fact]
    public async Task A_repository_is_found_by_id_and_by_name()
    {
        ScriptedWire wire = new(ScriptedWire.Answer(200, Repository));
        GitHubRepositories source = Source(wire);

        SourceRepository? byId = await source.FindByIdAsync(712345001, default);
        SourceRepository? byName = await source.FindByNameAsync("acme", "app", default);

        Assert.Equal((712345001, "acme", "app", "main", true, true), (byId!.Id, byId.Owner, byId.Name, byId.DefaultBranch, byId.IsPrivate, byId.CanPush));
        Assert.Equal(byId, byName);
        Assert.Equal(["/repositories/712345001", "/repos/acme/app"], wire.Sent.Select(sent => sent.Address.AbsolutePath));
        Assert.All(wire.Sent, sent => Assert.Equal($"Bearer {Calls.Token}", sent.Authorization));
        Assert.All(wire.Sent, sent => Assert.Contains("X-GitHub-Api-Version: 2022-11-28", sent.Headers, StringComparison.Ordinal));
        Assert.All(wire.Sent, sent => Assert.StartsWith("AgentFlow.PS/", sent.UserAgent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_renamed_repository_is_followed_through_its_redirect()
    {
        ScriptedWire wire = new(ScriptedWire.Answer(301, """{"message":"Moved Permanently"}""", ("Location", "https://api.github.com/repositories/712345001")), ScriptedWire.Answer(200, Repository));

        Assert.Equal(712345001, (await Source(wire).FindByNameAsync("old", "name", default))?.Id);
    }

    [Fact]
    public async Task What_is_not_there_is_null()
    {
        GitHubRepositories source = Source(new ScriptedWire(ScriptedWire.Answer(404, """{"message":"Not Found"}""")));

        Assert.Null(await source.FindByIdAsync(1, default));
        Assert.Null(await source.FindByNameAsync("acme", "app", default));
        Assert.False(await source.HasCommitAsync(s_repository, Sha, default));
    }

    [Theory]
    [InlineData(200, """{"sha":"0123456789ABCDEF0123456789abcdef01234567"}""", true)]
    [InlineData(200, """{"sha":"fedcba9876543210fedcba9876543210fedcba98"}""", false)]
    [InlineData(404, "{}", false)]
    [InlineData(409, """{"message":"Git Repository is empty."}""", false)]
    [InlineData(422, """{"message":"The SHA parameter must be exactly 40 characters"}""", false)]
    public async Task A_commit_exists_when_the_repository_answers_with_it(int status, string body, bool exists) =>
        Assert.Equal(exists, await Source(new ScriptedWire(ScriptedWire.Answer(status, body))).HasCommitAsync(s_repository, Sha, default));

    [Theory]
    [InlineData("identical", BranchPosition.OnBranch)]
    [InlineData("behind", BranchPosition.OnBranch)]
    [InlineData("ahead", BranchPosition.NotOnBranch)]
    [InlineData("diverged", BranchPosition.NotOnBranch)]
    [InlineData("a-new-word", BranchPosition.NotOnBranch)]
    public async Task The_comparison_says_where_the_commit_stands(string status, BranchPosition expected)
    {
        ScriptedWire wire = new(ScriptedWire.Answer(200, $$"""{"status":"{{status}}","ahead_by":0,"behind_by":3,"total_commits":0,"commits":[],"files":[]}"""));

        Assert.Equal(expected, await Source(wire).LocateCommitAsync(s_repository, Sha, "release/next", default));
        Assert.Equal($"/repos/acme/app/compare/release%2Fnext...{Sha}?per_page=1&page=1", Assert.Single(wire.Sent).Address.PathAndQuery);
    }

    [Theory]
    [InlineData(200, """{"name":"main","commit":{"sha":"1"}}""", BranchPosition.CommitMissing)]
    [InlineData(404, "{}", BranchPosition.BranchMissing)]
    public async Task Without_a_comparison_it_is_the_branch_or_the_commit_that_is_missing(int status, string body, BranchPosition expected) =>
        Assert.Equal(expected, await Source(new ScriptedWire(ScriptedWire.Answer(404), ScriptedWire.Answer(status, body))).LocateCommitAsync(s_repository, Sha, "main", default));

    [Theory]
    [InlineData("<html>")]
    [InlineData("{\"id\":")]
    [InlineData("{\"id\":\"CANARY-not-a-number\"}")]
    [InlineData("[1,2]")]
    public async Task Nothing_of_Octokit_leaves_the_adapter(string body)
    {
        AfFaultException fault = await Calls.FaultAsync(Source(new ScriptedWire(ScriptedWire.Answer(200, body))).FindByIdAsync(1, default));

        Assert.Equal((FaultKind.InvalidData, FaultId.ResponseMalformed), (fault.Kind, fault.Id));
        Assert.Null(fault.InnerException);
        Assert.DoesNotContain("CANARY", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, FaultId.CredentialRejected)]
    [InlineData(403, FaultId.ScopeMissing)]
    [InlineData(500, FaultId.ServiceUnavailable)]
    public async Task A_refusal_is_the_pipelines_fault(int status, string id)
    {
        HttpLimits once = new() { Retries = 1, FirstWait = TimeSpan.FromTicks(1), LongestWait = TimeSpan.FromTicks(1) };
        GitHubRepositories source = new(Calls.Over(new ScriptedWire(ScriptedWire.Answer(status, """{"message":"CANARY"}""")), limits: once), Endpoint());

        AfFaultException fault = await Calls.FaultAsync(source.FindByNameAsync("acme", "app", default));

        Assert.Equal(id, fault.Id);
        Assert.DoesNotContain("CANARY", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_reaches_the_wire_through_the_SDK()
    {
        using CancellationTokenSource stop = new();
        Task<SourceRepository?> call = Source(new ScriptedWire(ScriptedWire.Hang())).FindByIdAsync(1, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("")]
    public async Task A_name_that_is_a_path_step_is_refused(string name)
    {
        ScriptedWire wire = new(ScriptedWire.Answer(200, Repository));

        Assert.Equal(FaultId.RequestRefused, (await Calls.FaultAsync(Source(wire).FindByNameAsync("acme", name, default))).Id);
        Assert.Empty(wire.Sent);
    }

    [Fact]
    public async Task A_classic_token_tells_its_scopes_and_what_is_too_much()
    {
        WatchedTime time = new();
        ScriptedWire wire = new(ScriptedWire.Answer(
            200, """{"login":"dana","id":7,"email":"dana@example.test"}""", ("X-OAuth-Scopes", "repo, read:org, delete_repo"), ("Date", "Sun, 01 Mar 2026 12:02:00 GMT"), ("X-RateLimit-Remaining", "4999"), ("X-RateLimit-Reset", "1772366460")));

        ProviderIdentity identity = await new GitHubIdentity(Calls.Over(wire, time), Endpoint()).ReadAsync(default);

        Assert.Equal(("GitHub", "dana", "7"), (identity.System, identity.Account, identity.AccountId));
        Assert.Equal(["repo", "read:org", "delete_repo"], identity.Scopes);
        Assert.Equal(2, identity.Excess.Count);
        Assert.Empty(identity.Missing);
        Assert.True(identity.NeverExpires);
        Assert.Equal(TimeSpan.FromMinutes(2), identity.ClockSkew);
        Assert.Equal((4999, time.GetUtcNow().AddSeconds(60)), (identity.CallsLeft, identity.WindowEndsAt));
    }

    [Fact]
    public async Task A_fine_grained_token_says_when_it_ends_and_no_scopes()
    {
        ScriptedWire wire = new(ScriptedWire.Answer(200, """{"login":"dana","id":7}""", ("GitHub-Authentication-Token-Expiration", "2026-12-31 23:59:59 UTC")));

        ProviderIdentity identity = await new GitHubIdentity(Calls.Over(wire), Endpoint()).ReadAsync(default);

        Assert.Null(identity.Scopes);
        Assert.False(identity.NeverExpires);
        Assert.Equal(new DateTimeOffset(2026, 12, 31, 23, 59, 59, TimeSpan.Zero), identity.ExpiresAt);
    }

    [Fact]
    public async Task A_workflows_own_token_is_an_installation()
    {
        ScriptedWire wire = new(
            ScriptedWire.Answer(403, """{"message":"Resource not accessible by integration"}"""),
            ScriptedWire.Answer(200, """{"resources":{"core":{"limit":5000,"remaining":4998,"reset":1772366460}},"rate":{"limit":5000,"remaining":4998,"reset":1772366460}}"""));

        Assert.Equal("an app installation", (await new GitHubIdentity(Calls.Over(wire), Endpoint()).ReadAsync(default)).Account);
    }

    private static ServiceEndpoint Endpoint() => GitHubEndpoint.For(new() { Name = "app" }, () => Safety.Secret.FromChars(Calls.Token));

    private static GitHubRepositories Source(ScriptedWire wire) => new(Calls.Over(wire), Endpoint());
}
