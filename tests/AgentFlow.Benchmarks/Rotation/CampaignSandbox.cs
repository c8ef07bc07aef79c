using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace AgentFlow.Benchmarks.Rotation;

/// <summary>One sandbox process, its truth and its faults.</summary>
internal sealed class CampaignSandbox : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;
    private readonly string _main;
    private readonly string _vercelToken;

    private CampaignSandbox(Process process, JsonNode ready)
    {
        _process = process;
        _http = new(new SocketsHttpHandler { UseProxy = false });
        string control = ready["controlUri"]!.GetValue<string>();
        _main = control[..control.LastIndexOf('/')];
        ConfigPath = ready["configPath"]!.GetValue<string>();
        Config = JsonNode.Parse(File.ReadAllText(ConfigPath))!;
        _vercelToken = File.ReadAllText(Config["vercel"]!["token"]!.GetValue<string>()["file:".Length..]).Trim();
    }

    public string ConfigPath { get; }

    public JsonNode Config { get; }

    public string JournalFolder => Path.GetDirectoryName(Config["journal"]!["path"]!.GetValue<string>())!;

    public static async Task<CampaignSandbox> StartAsync(string program)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in (string[])[program, "--scenario", "healthy", "--database", "auto", "--parent", $"{Environment.ProcessId}"])
        {
            start.ArgumentList.Add(argument);
        }

        Process process = Process.Start(start)!;
        _ = process.StandardError.ReadToEndAsync();
        string? line = await process.StandardOutput.ReadLineAsync();
        _ = process.StandardOutput.ReadToEndAsync();
        return line is null ? throw new InvalidOperationException("The sandbox did not start.") : new(process, JsonNode.Parse(line)!);
    }

    /// <summary>The world as it was at the beginning, without a journal.</summary>
    public async Task ResetAsync()
    {
        await _http.DeleteAsync(_main + "/control/faults");
        (await _http.PostAsync(_main + "/control/scenario/healthy", null)).EnsureSuccessStatusCode();
        if (Directory.Exists(JournalFolder))
        {
            Directory.Delete(JournalFolder, recursive: true);
        }
    }

    public async Task FaultAsync(JsonObject rule) => (await _http.PostAsJsonAsync(_main + "/control/faults", rule)).EnsureSuccessStatusCode();

    public Task ClearFaultsAsync() => _http.DeleteAsync(_main + "/control/faults");

    public async Task<JsonNode> TruthAsync() => JsonNode.Parse(await _http.GetStringAsync(_main + "/audit/credentials"))!;

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
        _process.StandardInput.Close();
        using CancellationTokenSource grace = new(TimeSpan.FromSeconds(10));
        try
        {
            await _process.WaitForExitAsync(grace.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        _http.Dispose();
    }
}
