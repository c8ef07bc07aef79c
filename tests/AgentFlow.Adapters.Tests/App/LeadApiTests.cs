using System.Text;
using System.Text.Json;
using AgentFlow.Adapters.App;
using AgentFlow.Configuration;
using AgentFlow.Deployments.Lead;
using AgentFlow.Deployments.Routes;
using AgentFlow.Faults;
using AgentFlow.Safety;
using AgentFlow.TestKit.Sandbox;

namespace AgentFlow.Adapters.Tests.App;

/// <summary>Leads over HTTP, against the rehearsed app.</summary>
public sealed class LeadApiTests : IAsyncLifetime
{
    private SandboxHost _sandbox = null!;
    private AfConfig _config = null!;
    private AppHttp _app = null!;
    private Secret _key = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxHost.StartAsync();
        _config = ConfigFile.Read(_sandbox.Ready.ConfigPath, _ => false);
        _app = new(TimeProvider.System, _config.App.StampHeader);
        _key = new SecretResolver(_ => null).Resolve(SecretReference.Parse(_config.Lead.ApiKey!, "lead.apiKey"), "lead.apiKey");
    }

    public async ValueTask DisposeAsync()
    {
        _key.Dispose();
        await _app.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task A_lead_is_accepted_once_and_its_repetition_is_told()
    {
        LeadReceipt first = await SubmitAsync();
        Assert.Equal((201, false, null), (first.Status, first.Replayed, first.Platform));
        Assert.NotNull(first.LeadId);
        Assert.StartsWith("dpl_", first.Stamp, StringComparison.Ordinal);
        LeadReceipt second = await SubmitAsync();
        Assert.Equal((200, true, first.LeadId), (second.Status, second.Replayed, second.LeadId));
    }

    [Fact]
    public async Task The_body_has_objects_and_truth_values_and_the_key_stands_in_the_header_alone()
    {
        await SubmitAsync(new Dictionary<string, string> { ["name"] = "x", ["email"] = "a@b.example", ["meta.synthetic"] = "true", ["meta.id.value"] = "7" });
        RecordedExchange sent = (await _sandbox.RequestsAsync()).Single(request => request.Method == "POST");
        JsonElement body = JsonSerializer.Deserialize<JsonElement>(sent.RequestText);
        Assert.Equal(JsonValueKind.True, body.GetProperty("meta").GetProperty("synthetic").ValueKind);
        Assert.Equal("7", body.GetProperty("meta").GetProperty("id").GetProperty("value").GetString());
        Assert.Equal("key-1", sent.RequestHeaders.First(header => header.Key.Equals("idempotency-key", StringComparison.OrdinalIgnoreCase)).Value);
        Assert.DoesNotContain(_key.Reveal(), sent.RequestText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_breaks_before_the_answer_is_tried_again_under_the_same_key()
    {
        await _sandbox.AddFaultAsync(new("reset") { PathContains = "/api/leads", Times = 1 });
        LeadReceipt receipt = await SubmitAsync();
        Assert.Equal(2, receipt.Attempts);
        Assert.InRange(receipt.Status, 200, 201);
        Assert.Single((await _sandbox.RequestsAsync()).Select(request => request.RequestHeaders.First(header => header.Key.Equals("idempotency-key", StringComparison.OrdinalIgnoreCase)).Value).Distinct());
    }

    [Theory]
    [InlineData(401)]
    [InlineData(422)]
    public async Task A_refusal_is_a_receipt(int status)
    {
        LeadReceipt receipt = status == 401
            ? await SubmitAsync(key: Secret.FromUtf8(Encoding.UTF8.GetBytes("another")))
            : await SubmitAsync(new Dictionary<string, string> { ["name"] = "x" });
        Assert.Equal((status, null), (receipt.Status, receipt.LeadId));
    }

    [Fact]
    public async Task Protection_in_front_is_recognised()
    {
        await _sandbox.SwitchScenarioAsync("protected");
        Assert.Equal(PlatformPageKind.Protection, (await SubmitAsync()).Platform!.Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("key\r\nx-other: 1")]
    public async Task A_key_that_cannot_stand_in_a_header_is_refused_and_not_quoted(string key)
    {
        AfFaultException fault = await Assert.ThrowsAsync<AfFaultException>(() => SubmitAsync(key: Secret.FromUtf8(Encoding.UTF8.GetBytes(key))));
        Assert.Equal(FaultId.CredentialRejected, fault.Id);
        Assert.DoesNotContain("x-other", fault.Message, StringComparison.Ordinal);
        Assert.Empty(await _sandbox.RequestsAsync());
    }

    [Fact]
    public async Task The_key_goes_over_TLS_only()
    {
        LeadApi api = new(_app, _config, () => _key);
        AfFaultException fault = await Assert.ThrowsAsync<AfFaultException>(() => api.SubmitAsync(new() { Origin = new("http://preview.agentflow.example"), IdempotencyKey = "k", Fields = new Dictionary<string, string>() }, CancellationToken.None));
        Assert.Equal((FaultKind.Guard, FaultId.ServiceRedirected), (fault.Kind, fault.Id));
    }

    private Task<LeadReceipt> SubmitAsync(IReadOnlyDictionary<string, string>? fields = null, Secret? key = null) => new LeadApi(_app, _config, () => key ?? _key).SubmitAsync(
        new() { Origin = _sandbox.Ready.PreviewUri, IdempotencyKey = "key-1", Fields = fields ?? new Dictionary<string, string> { ["name"] = "x", ["email"] = "a@b.example" } },
        CancellationToken.None);
}
