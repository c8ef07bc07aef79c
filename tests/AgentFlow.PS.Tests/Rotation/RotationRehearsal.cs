using System.Management.Automation;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentFlow.PS.Tests.Engine;
using AgentFlow.PS.Tests.Rehearsal;

namespace AgentFlow.PS.Tests.Rotation;

/// <summary>A connected sandbox with what rotation tests need beside it: a fresh start, the truth, an ordinary deployment.</summary>
public sealed class RotationRehearsal : IDisposable
{
    /// <summary>What an unattended operator writes behind each command.</summary>
    public const string Yes = "-Confirm:$false -ConfirmTarget agentflow";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    public RehearsalSession Session { get; } = new();

    public string JournalFolder => Path.GetDirectoryName(Config["journal"]!["path"]!.GetValue<string>())!;

    private JsonNode Config => JsonNode.Parse(File.ReadAllText(Session.ConfigPath))!;

    private string Main => new Uri(Config["endpoints"]!["vercel"]!.GetValue<string>()).GetLeftPart(UriPartial.Authority);

    /// <summary>The world as at the beginning, no journal, a new context.</summary>
    public async Task ResetAsync()
    {
        await Session.ClearFaultsAsync();
        await Session.SwitchAsync("healthy");
        if (Directory.Exists(JournalFolder))
        {
            Directory.Delete(JournalFolder, recursive: true);
        }

        Assert.Empty(Session.Run("param($config) Connect-AfContext $config | Out-Null; $Error.Clear()", ("config", Session.ConfigPath)).Errors);
        await Session.ClearRequestsAsync();
    }

    public EngineResult Run(string script, params (string Name, object? Value)[] parameters) => Session.Run(script, parameters);

    /// <summary>The one record that a script gives.</summary>
    public dynamic One(string script, params (string Name, object? Value)[] parameters)
    {
        EngineResult result = Run(script, parameters);
        Assert.True(result.Errors.Count == 0, result.Errors.Count > 0 ? $"{result.Errors[0]} {result.Errors[0].ErrorDetails?.RecommendedAction}" : null);
        return Assert.Single(result.Output).BaseObject;
    }

    public async Task<JsonNode> TruthAsync() => (await _http.GetFromJsonAsync<JsonNode>(Main + "/audit/credentials"))!;

    public async Task<int> WritesAsync() => (await Session.RequestsAsync()).GetProperty("writes").GetInt32();

    /// <summary>An ordinary deployment of the same sources, as a team makes one.</summary>
    public async Task DeployAsync()
    {
        string serving = (await TruthAsync())["servingId"]!.GetValue<string>();
        using HttpRequestMessage request = new(HttpMethod.Post, $"{Main}/vercel/v13/deployments?forceNew=1&teamId={Config["vercel"]!["teamId"]}");
        request.Headers.Authorization = new("Bearer", File.ReadAllText(Config["vercel"]!["token"]!.GetValue<string>()["file:".Length..]).Trim());
        JsonObject body = new() { ["deploymentId"] = serving, ["name"] = "agentflow", ["target"] = "production", ["meta"] = new JsonObject { ["action"] = "redeploy" } };
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        (await _http.SendAsync(request)).EnsureSuccessStatusCode();
        while ((await TruthAsync())["servingId"]!.GetValue<string>() == serving)
        {
            await Task.Yield();
        }
    }

    /// <summary>Every value that a provider or a variable has or had, of at least eight characters.</summary>
    public static HashSet<string> Values(params JsonNode[] truths) =>
    [
        .. truths.SelectMany(truth => truth["credentials"]!.AsArray().Concat(truth["variables"]!.AsArray().Where(one => !one!["key"]!.GetValue<string>().StartsWith("NEXT_PUBLIC", StringComparison.Ordinal) && one["key"]!.GetValue<string>() is not ("AWS_ACCESS_KEY_ID" or "SMTP_USERNAME" or "AWS_REGION"))))
            .Select(one => one!["value"]!.GetValue<string>()).Where(value => value.Length >= 16),
    ];

    /// <summary>Everything that a run said, as deep as a serialiser would look.</summary>
    public static string Said(EngineResult result) => string.Join('\n',
    [
        .. result.Output.SelectMany(item => (string[])[item.ToString(), PSSerializer.Serialize(item, 8)]),
        .. result.Errors.SelectMany(error => (string[])[error.ToString(), error.Exception.ToString(), $"{error.ErrorDetails}", $"{error.ErrorDetails?.RecommendedAction}", $"{error.TargetObject}"]),
        .. result.Warnings, .. result.Verbose, .. result.Debug, .. result.Information, .. result.Progress.Select(record => record.ToString()),
    ]);

    public void Dispose()
    {
        Session.Dispose();
        _http.Dispose();
    }
}
