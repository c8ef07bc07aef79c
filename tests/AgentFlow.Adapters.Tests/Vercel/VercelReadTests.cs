using AgentFlow.Adapters.Http;
using AgentFlow.Adapters.Tests.Http;
using AgentFlow.Adapters.Vercel;
using AgentFlow.Deployments;
using AgentFlow.Faults;

namespace AgentFlow.Adapters.Tests.Vercel;

/// <summary>What Vercel is known to send, in all its shapes, becomes our records; what it might send tomorrow survives.</summary>
public sealed class VercelReadTests
{
    private static readonly DeploymentQuery s_all = new() { ProjectId = "prj_1" };

    [Fact]
    public async Task Deployments_come_page_by_page_and_none_twice()
    {
        ScriptedWire wire = new(
            ScriptedWire.Answer(200, Page(next: 1700, "dpl_1", "dpl_2")),
            ScriptedWire.Answer(200, Page(next: 1600, "dpl_2", "dpl_3")),
            ScriptedWire.Answer(200, Page(next: null, "dpl_4")));
        List<Deployment> all = await Client(wire).ListDeploymentsAsync(s_all, default).ToListAsync();
        Assert.Equal(["dpl_1", "dpl_2", "dpl_3", "dpl_4"], all.Select(deployment => deployment.Id));
        Assert.Equal([null, "1700", "1600"], wire.Sent.Select(sent => System.Web.HttpUtility.ParseQueryString(sent.Address.Query)["until"]));
        Assert.All(wire.Sent, sent => Assert.Contains("teamId=team_1", sent.Address.Query, StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_page_is_asked_for_that_nobody_reads()
    {
        ScriptedWire wire = new(ScriptedWire.Answer(200, Page(next: 1700, "dpl_1", "dpl_2")));
        Assert.Equal(2, (await Client(wire).ListDeploymentsAsync(s_all with { Most = 2 }, default).ToListAsync()).Count);
        Assert.Contains("limit=2", Assert.Single(wire.Sent).Address.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cursor_that_leads_nowhere_ends_in_a_fault_and_not_in_a_loop()
    {
        ScriptedWire wire = new(ScriptedWire.Answer(200, Page(next: 1700, "dpl_1")));
        AfFaultException fault = await Assert.ThrowsAsync<AfFaultException>(async () => await Client(wire).ListDeploymentsAsync(s_all, default).ToListAsync());
        Assert.Equal(FaultId.ResponseMalformed, fault.Id);
        Assert.Equal(2, wire.Sent.Count);
    }

    [Theory]
    [InlineData("""{"uid":"dpl_1"}""")]
    [InlineData("""{"id":"dpl_1"}""")]
    [InlineData("""{"id":"dpl_1","uid":"another"}""")]
    public async Task The_id_is_found_as_uid_and_as_id(string body) =>
        Assert.Equal("dpl_1", (await Client(new ScriptedWire(ScriptedWire.Answer(200, body))).GetDeploymentAsync("dpl_1", default)).Id);

    [Fact]
    public async Task Words_of_tomorrow_and_loose_types_survive()
    {
        const string body = """
            {"id":"dpl_1","readyState":"DREAMING","readySubstate":"HALF_PROMOTED","target":"canary","source":"telepathy","createdAt":"1700000000000","ready":1700000000500.5,
             "meta":{"githubCommitSha":"abc","githubRepoId":"712345001","gitDirty":"1"},"gitSource":{"type":"forgejo","ref":42},"project":{"id":"prj_1","name":"app"},
             "aNewMember":{"deep":[1,2,{"x":null}]},"alias":"one.example","customEnvironment":{"id":"env_1","slug":"qa"}}
            """;
        Deployment deployment = await Client(new ScriptedWire(ScriptedWire.Answer(200, body))).GetDeploymentAsync("dpl_1", default);
        Assert.Equal(("DREAMING", "HALF_PROMOTED", "canary", "telepathy", "forgejo"), (deployment.State, deployment.SubState, deployment.Target, deployment.Source, deployment.GitProvider));
        Assert.Equal((712345001, "abc", true, "prj_1"), (deployment.RepositoryId, deployment.CommitSha, deployment.UncommittedChanges, deployment.ProjectId));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1700000000000), deployment.CreatedAt);
        Assert.Equal(["one.example"], deployment.Aliases);
        Assert.False(deployment.IsFinished);
        Assert.False(deployment.IsReady);
    }

    [Theory]
    [InlineData("""{"envs":[{"key":"A","type":"sensitive","target":["production"],"value":"v1"},{"key":"B","type":"plain","target":"preview","value":"v2"}],"pagination":{"count":2,"next":null,"prev":null}}""", 2)]
    [InlineData("""{"envs":[{"key":"A","type":"secret-of-tomorrow","target":["qa"]}]}""", 1)]
    [InlineData("""{"key":"A","type":"encrypted","target":["production"],"value":"v1"}""", 1)]
    public async Task Variables_come_in_three_shapes_and_never_with_a_value(string body, int count)
    {
        IVariableSource source = Client(new ScriptedWire(ScriptedWire.Answer(200, body)));
        IReadOnlyList<EnvVariable> variables = await source.ListAsync("prj_1", default);
        Assert.Equal(count, variables.Count);
        Assert.Equal("A", variables[0].Name);
        Assert.DoesNotContain("v1", string.Concat(variables), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_of_the_variables_is_not_taken_for_the_whole()
    {
        IVariableSource source = Client(new ScriptedWire(ScriptedWire.Answer(200, """{"envs":[{"key":"A","type":"plain","target":["production"]}],"pagination":{"count":1,"next":1700,"prev":null}}""")));
        Assert.Equal(FaultId.ResponseMalformed, (await Assert.ThrowsAsync<AfFaultException>(() => source.ListAsync("prj_1", default))).Id);
    }

    [Fact]
    public async Task Projects_come_as_an_object_and_as_a_bare_list()
    {
        Assert.Equal("prj_1", Assert.Single(await Client(new ScriptedWire(ScriptedWire.Answer(200, """{"projects":[{"id":"prj_1","name":"app"}],"pagination":{"count":1,"next":null,"prev":null}}"""))).FindProjectsAsync(null, default).ToListAsync()).Id);
        Assert.Equal("prj_1", Assert.Single(await Client(new ScriptedWire(ScriptedWire.Answer(200, """[{"id":"prj_1","name":"app"}]"""))).FindProjectsAsync(null, default).ToListAsync()).Id);
    }

    [Fact]
    public async Task No_id_can_lead_to_another_path()
    {
        ScriptedWire wire = new(ScriptedWire.Answer(200, """{"id":"dpl_1"}"""));
        await Client(wire).GetDeploymentAsync("dpl_1/../../v1/secrets?x=", default);
        Assert.StartsWith("/v13/deployments/dpl_1%2F..%2F..%2Fv1%2Fsecrets%3Fx%3D", Assert.Single(wire.Sent).Address.AbsolutePath, StringComparison.Ordinal);
        await Assert.ThrowsAsync<AfFaultException>(() => Client(wire).GetDeploymentAsync("..", default));
    }

    private static VercelClient Client(HttpMessageHandler wire) => new(Calls.Over(wire), Calls.Endpoint(new("https://api.vercel.test/")), "team_1");

    private static string Page(long? next, params string[] ids) =>
        $$"""{"pagination":{"count":{{ids.Length}},"next":{{(next is null ? "null" : next)}},"prev":null},"deployments":[{{string.Join(',', ids.Select(id => $$"""{"uid":"{{id}}","state":"READY","created":1700000000000}"""))}}]}""";
}
