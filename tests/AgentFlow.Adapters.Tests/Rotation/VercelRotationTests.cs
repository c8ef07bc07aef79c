using System.Text.Json.Nodes;
using AgentFlow.Adapters.Http;
using AgentFlow.Adapters.Tests.Http;
using AgentFlow.Adapters.Vercel;
using AgentFlow.Faults;
using AgentFlow.Rotation.Ports;
using AgentFlow.Safety;

namespace AgentFlow.Adapters.Tests.Rotation;

/// <summary>What the platform answers in its less happy moments, as its documentation has it.</summary>
public sealed class VercelRotationTests
{
    private const string Value = "value-of-the-lane-1";

    [Fact]
    public async Task All_lanes_go_in_one_JSON_body_with_their_own_places()
    {
        List<string> bodies = [];
        ScriptedWire wire = new(async (request, token) =>
        {
            bodies.Add(await request.Content!.ReadAsStringAsync(token));
            return await ScriptedWire.Answer(201, """{"created":[],"failed":[]}""")(request, token);
        });
        await Variables(wire).WriteAsync([Write("AUTH_SECRET", ["production"]), Write("AUTH_SECRET", ["preview"], "feature/x"), Write("KEY_ID", ["development"])], default);
        Assert.Equal("/v10/projects/prj_1/env?upsert=true&teamId=team_1", Assert.Single(wire.Sent).Address.PathAndQuery);
        JsonArray sent = JsonNode.Parse(Assert.Single(bodies))!.AsArray();
        Assert.Equal(["AUTH_SECRET", "AUTH_SECRET", "KEY_ID"], sent.Select(one => one!["key"]!.GetValue<string>()));
        Assert.Equal([null, "feature/x", null], sent.Select(one => one!["gitBranch"]?.GetValue<string>()));
        Assert.All(sent, one => Assert.Equal(Value, one!["value"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_201_with_failures_is_a_failure_and_its_words_are_not_repeated()
    {
        ScriptedWire wire = new(ScriptedWire.Answer(201, $$$"""{"created":[{"key":"A"}],"failed":[{"error":{"code":"ENV_CONFLICT","message":"{{{Value}}}","key":"AUTH_SECRET"}}]}"""));
        AfFaultException fault = await Calls.FaultAsync(Variables(wire).WriteAsync([Write("A", ["production"]), Write("AUTH_SECRET", ["production"])], default));
        Assert.Equal((FaultKind.Unavailable, FaultId.RotationCallFailed), (fault.Kind, fault.Id));
        Assert.Contains("1 of 2", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Value, fault + fault.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"sensitive","value":"never"}""")]
    [InlineData("""{"type":"encrypted","value":"ciphertext","decrypted":false}""")]
    [InlineData("""{"type":"encrypted"}""")]
    public async Task A_value_that_the_platform_does_not_give_back_is_null(string body) =>
        Assert.Null(await Variables(new ScriptedWire(ScriptedWire.Answer(200, body))).ReadAsync("env_1", default));

    [Theory]
    [InlineData(201)]
    [InlineData(202)]
    public async Task A_promotion_that_is_queued_is_accepted_for_the_alias_is_read_back(int status) =>
        await Releases(new ScriptedWire(ScriptedWire.Answer(status, ""))).PromoteAsync("dpl_1", default);

    [Fact]
    public async Task Rolling_release_skew_protection_and_a_rollback_pin_are_read()
    {
        ScriptedWire wire = new(
            ScriptedWire.Answer(200, """{"alias":"app.test","deploymentId":"dpl_9","projectId":"prj_1"}"""),
            ScriptedWire.Answer(200, """{"id":"prj_1","autoAssignCustomDomains":false,"rollingRelease":{"target":"production"},"skewProtectionMaxAge":43200,"lastAliasRequest":{"type":"rollback","jobStatus":"succeeded"}}"""),
            ScriptedWire.Answer(200, """{"id":"dpl_9","url":"x.vercel.app","createdAt":1764000000000,"readyState":"READY"}"""),
            ScriptedWire.Answer(200, """{"rollingRelease":{"state":"ACTIVE"}}"""));
        ServingState state = await Releases(wire).ReadServingAsync(default);
        Assert.Equal(("dpl_9", true, true, false, TimeSpan.FromHours(12)), (state.DeploymentId, state.Rolling, state.RolledBack, state.AutoAssign, state.SkewAge));
    }

    [Fact]
    public async Task A_domain_of_another_project_is_refused()
    {
        ScriptedWire wire = new(
            ScriptedWire.Answer(200, """{"alias":"app.test","deploymentId":"dpl_9","projectId":"prj_other"}"""),
            ScriptedWire.Answer(200, """{"id":"prj_1"}"""),
            ScriptedWire.Answer(200, """{"id":"dpl_9","createdAt":1764000000000}"""));
        AfFaultException fault = await Calls.FaultAsync(Releases(wire).ReadServingAsync(default));
        Assert.Equal((FaultKind.Guard, FaultId.RotationStateRefused), (fault.Kind, fault.Id));
    }

    [Fact]
    public async Task A_build_without_its_answer_is_not_started_again_by_the_wire()
    {
        ScriptedWire wire = new(
            ScriptedWire.Answer(200, """{"id":"dpl_1","name":"app"}"""),
            ScriptedWire.Break(new HttpRequestException("reset")));
        await Calls.FaultAsync(Releases(wire).StartBuildAsync("dpl_1", "rot_a-g1", default));
        Assert.Single(wire.Sent, sent => sent.Method == "POST");
    }

    private static VariableWrite Write(string name, string[] targets, string? branch = null) =>
        new(new() { Name = name, Part = "secret", Targets = targets, GitBranch = branch, Type = "encrypted" }, Secret.FromChars(Value));

    private static VercelVariables Variables(ScriptedWire wire) => new(Calls.Over(wire), Endpoint(), "prj_1", "team_1");

    private static VercelReleases Releases(ScriptedWire wire) =>
        new(Calls.Over(wire), Endpoint(), new() { ProjectId = "prj_1", TeamId = "team_1", ProjectName = "app", ProductionDomains = ["app.test"] });

    private static ServiceEndpoint Endpoint() => Calls.Endpoint(new("https://api.vercel.test/"));
}
