using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using AgentFlow.TestKit.Sandbox;

namespace AgentFlow.Benchmarks.Rotation;

/// <summary>One sandbox process, its truth and its faults.</summary>
internal sealed class CampaignSandbox : IAsyncDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly string _main;
    private readonly string _vercelToken;

    private CampaignSandbox(SandboxHost host)
    {
        Host = host;
        string control = host.Ready.ControlUri.ToString().TrimEnd('/');
        _main = control[..control.LastIndexOf('/')];
        Config = JsonNode.Parse(File.ReadAllText(ConfigPath))!;
        _vercelToken = File.ReadAllText(Config["vercel"]!["token"]!.GetValue<string>()["file:".Length..]).Trim();
    }

    public SandboxHost Host { get; }

    public string ConfigPath => Host.Ready.ConfigPath;

    public JsonNode Config { get; }

    public string JournalFolder => Path.GetDirectoryName(Config["journal"]!["path"]!.GetValue<string>())!;

    public static async Task<CampaignSandbox> StartAsync(string? program = null) => new(await SandboxHost.StartAsync(database: "auto", program: program));

    /// <summary>The world as it was at the beginning, without a journal.</summary>
    public async Task ResetAsync()
    {
        await Host.ClearFaultsAsync();
        await Host.SwitchScenarioAsync("healthy");
        await Host.ClearRequestsAsync();
        if (Directory.Exists(JournalFolder))
        {
            Directory.Delete(JournalFolder, recursive: true);
        }
    }

    /// <summary>What every provider really holds, values included.</summary>
    public async Task<JsonNode> TruthAsync() => (await _http.GetFromJsonAsync<JsonNode>(_main + "/audit/credentials"))!;

    /// <summary>Two ordinary production deployments, as a team makes them while a rotation drains.</summary>
    public async Task DeployAsync()
    {
        for (int i = 0; i < 2; i++)
        {
            JsonNode truth = await TruthAsync();
            string serving = truth["servingId"]!.GetValue<string>();
            using HttpRequestMessage request = new(HttpMethod.Post, $"{_main}/vercel/v13/deployments?forceNew=1&teamId={Config["vercel"]!["teamId"]}");
            request.Headers.Authorization = new("Bearer", _vercelToken);
            JsonObject body = new() { ["deploymentId"] = serving, ["name"] = "agentflow", ["target"] = "production", ["meta"] = new JsonObject { ["action"] = "redeploy" } };
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using HttpResponseMessage response = await _http.SendAsync(request);
            response.EnsureSuccessStatusCode();
            for (int wait = 0; wait < 100 && (await TruthAsync())["servingId"]!.GetValue<string>() == serving; wait++)
            {
                await Task.Delay(50);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _http.Dispose();
    }
}
