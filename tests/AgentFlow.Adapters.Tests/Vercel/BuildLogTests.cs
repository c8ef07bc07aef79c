using System.Net;
using System.Text;
using AgentFlow.Adapters.Tests.Http;
using AgentFlow.Adapters.Vercel;
using AgentFlow.Deployments;
using AgentFlow.Deployments.BuildLogs;
using AgentFlow.Faults;
using AgentFlow.TestKit.Sandbox;

namespace AgentFlow.Adapters.Tests.Vercel;

/// <summary>Build events in their three shapes, as one array and as one object per line, in pieces of any size.</summary>
public sealed class BuildLogTests
{
    private const string Payload = """{"type":"stdout","created":1700000000001,"payload":{"deploymentId":"dpl_1","id":"1","date":1700000000001,"serial":"1","text":"first \u001b[31mred\u001b[0m","info":{"type":"build","name":"bld"}}}""";
    private const string Flat = """{"type":"stderr","created":1700000000002,"date":1700000000002,"deploymentId":"dpl_1","id":"2","serial":"2","text":"second\nthird\r\n","level":"error","info":{"type":"build","name":"bld","readyState":"ERROR"}}""";
    private const string State = """{"type":"deployment-state","created":1700000000003,"date":1700000000003,"deploymentId":"dpl_1","id":"3","serial":"3","info":{"type":"build","name":"bld","readyState":"READY"}}""";
    private const string Alias = """{"type":"alias-assigned","deploymentId":"dpl_1","date":1700000000004,"alias":["a.example.com","b.example.com"],"aliasError":null,"aliasWarning":null}""";
    private const string KeepAlive = "{}";
    private const string Strange = """{"type":"metric","created":1700000000005,"date":1700000000005,"payload":{"deep":[{"text":"not this"},[1,2,{"type":"x"}]],"text":"fifth","proxy":{"text":"nor this"}},"extra":{"text":"nor that","created":7}}""";

    private static readonly string[] s_events = [Payload, Flat, State, KeepAlive, Alias, Strange];
    private static readonly string[] s_texts = ["first \u001b[31mred\u001b[0m", "second", "third", "READY", "Aliases assigned: a.example.com, b.example.com", "fifth"];

    public static TheoryData<bool, int> Shapes => new() { { true, 1 }, { true, 7 }, { true, 64 }, { true, 100_000 }, { false, 1 }, { false, 7 }, { false, 64 }, { false, 100_000 } };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task All_shapes_are_read_wherever_the_pieces_are_cut(bool array, int piece)
    {
        string body = array ? $"[{string.Join(",\n ", s_events)}]" : string.Join('\n', s_events) + "\n";
        BuildLogLine[] lines = await ReadAsync(body, piece);
        Assert.Equal(s_texts, lines.Select(line => line.Text));
        Assert.Equal(Enumerable.Range(0, 6).Select(index => (long)index), lines.Select(line => line.Index));
        Assert.Equal(["stdout", "stderr", "stderr", "deployment-state", "alias-assigned", "metric"], lines.Select(line => line.Kind));
        Assert.Equal([null, "error", "error", null, null, null], lines.Select(line => line.Level));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1700000000001), lines[0].Timestamp);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1700000000004), lines[4].Timestamp);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n")]
    [InlineData("[]")]
    [InlineData("{}\n{}\n")]
    public async Task A_body_without_lines_is_an_empty_log(string body) => Assert.Empty(await ReadAsync(body, 3));

    [Theory]
    [InlineData("[{\"type\":\"stdout\",\"created\":1,\"text\":\"a\"},{\"type\":\"std")]
    [InlineData("[{\"type\":\"stdout\",\"created\":1,\"text\":\"a\"}")]
    [InlineData("{\"type\":\"stdout\",\"created\":1,\"text\":\"a\"}\n{\"type\"")]
    [InlineData("{\"type\":\"stdout\",\"created\":1,\"text\":\"a\"}\n<html>bad gateway</html>")]
    public async Task A_log_that_breaks_off_gives_its_lines_and_then_a_fault(string body)
    {
        List<string> lines = [];
        AfFaultException fault = await Assert.ThrowsAsync<AfFaultException>(async () =>
        {
            await foreach (BuildLogLine line in Client(Body(body, 5)).ReadBuildLogAsync("dpl_1", new(), TestContext.Current.CancellationToken))
            {
                lines.Add(line.Text);
            }
        });
        Assert.Equal(["a"], lines);
        Assert.Equal(FaultId.ResponseMalformed, fault.Id);
        Assert.DoesNotContain("bad gateway", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_resets_is_a_fault_after_the_lines_that_came()
    {
        List<string> lines = [];
        VercelClient client = Client((request, _) => Task.FromResult(Response(request, new DrippingStream(Encoding.UTF8.GetBytes(Payload + "\n"), 50, new IOException("reset by fake-secret-1")))));
        AfFaultException fault = await Assert.ThrowsAsync<AfFaultException>(async () =>
        {
            await foreach (BuildLogLine line in client.ReadBuildLogAsync("dpl_1", new(), TestContext.Current.CancellationToken))
            {
                lines.Add(line.Text);
            }
        });
        Assert.Single(lines);
        Assert.DoesNotContain("fake-secret-1", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_whole_log_is_asked_for_in_order()
    {
        ScriptedWire wire = new(ScriptedWire.Answer(200, "[]"));
        VercelClient client = new(Calls.Over(wire), Calls.Endpoint(), "team_1");
        await foreach (BuildLogLine _ in client.ReadBuildLogAsync("dpl_1", new(), TestContext.Current.CancellationToken))
        {
        }

        string query = Assert.Single(wire.Sent).Address.PathAndQuery;
        Assert.StartsWith("/v3/deployments/dpl_1/events?", query, StringComparison.Ordinal);
        Assert.Contains("direction=forward", query, StringComparison.Ordinal);
        Assert.Contains("limit=-1", query, StringComparison.Ordinal);
        Assert.Contains("teamId=team_1", query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Memory_does_not_grow_with_the_log()
    {
        long before = 0;
        long most = 0;
        int count = 0;
        VercelClient client = Client((request, _) => Task.FromResult(Response(request, new EndlessLog(60_000))));
        await foreach (BuildLogLine _ in client.ReadBuildLogAsync("dpl_1", new(), TestContext.Current.CancellationToken))
        {
            if (++count % 20_000 == 0)
            {
                long now = GC.GetTotalMemory(forceFullCollection: true);
                before = before == 0 ? now : before;
                most = Math.Max(most, now - before);
            }
        }

        Assert.Equal(60_000, count);
        Assert.True(most < 4_000_000, $"{most} bytes more");
    }

    [Fact]
    public async Task The_sandbox_s_failed_build_names_its_missing_variables()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using SandboxHost sandbox = await SandboxHost.StartAsync("missing-env", cancellationToken: cancellation);
        using System.Text.Json.JsonDocument config = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(sandbox.Ready.ConfigPath, cancellation));
        string address = config.RootElement.GetProperty("endpoints").GetProperty("vercel").GetString()!;
        string reference = config.RootElement.GetProperty("vercel").GetProperty("token").GetString()!;
        string token = (await File.ReadAllTextAsync(reference["file:".Length..], cancellation)).Trim();
        VercelClient client = new(new(TimeProvider.System), Calls.Endpoint(new(address.TrimEnd('/') + "/"), token), config.RootElement.GetProperty("vercel").GetProperty("teamId").GetString());
        Deployment? failed = null;
        await foreach (Deployment deployment in client.ListDeploymentsAsync(new() { ProjectId = config.RootElement.GetProperty("vercel").GetProperty("projectId").GetString()! }, cancellation))
        {
            failed ??= deployment.State == "ERROR" ? deployment : null;
        }

        MissingEnvScanner scanner = new();
        List<MissingEnv> found = [];
        await foreach (BuildLogLine line in client.ReadBuildLogAsync(failed!.Id, new(), cancellation))
        {
            found.AddRange(scanner.Feed(line.Text));
        }

        Assert.NotEmpty(found);
        Assert.All(found, missing => Assert.Equal("object dump", missing.Parser));
    }

    private static async Task<BuildLogLine[]> ReadAsync(string body, int piece)
    {
        List<BuildLogLine> lines = [];
        await foreach (BuildLogLine line in Client(Body(body, piece)).ReadBuildLogAsync("dpl_1", new BuildLogQuery(), TestContext.Current.CancellationToken))
        {
            lines.Add(line);
        }

        return [.. lines];
    }

    private static VercelClient Client(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) => new(Calls.Over(new ScriptedWire(answer)), Calls.Endpoint(), null);

    private static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Body(string body, int piece) => (request, _) => Task.FromResult(Response(request, new DrippingStream(Encoding.UTF8.GetBytes(body), piece)));

    private static HttpResponseMessage Response(HttpRequestMessage request, Stream body) => new(HttpStatusCode.OK) { RequestMessage = request, Content = new StreamContent(body) };
}
