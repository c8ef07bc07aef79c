using System.Net.Http.Json;
using System.Text.Json;
using AgentFlow.PS.Tests.Engine;

namespace AgentFlow.PS.Tests.Rehearsal;

/// <summary>A runspace connected to a sandbox of its own, started by the module's own commands.</summary>
public sealed class RehearsalSession : IDisposable
{
    private readonly HttpClient _control = new(new SocketsHttpHandler());

    public RehearsalSession(string scenario = "healthy", bool database = false)
    {
        EngineResult started = Engine.Run(
            "param($scenario, $database) $box = Start-AfSandbox $scenario -NoDatabase:(-not $database); $box; $box | Connect-AfContext | Out-Null",
            ("scenario", scenario),
            ("database", database));
        Assert.Empty(started.Errors);
        dynamic box = Assert.Single(started.Output).BaseObject;
        ConfigPath = box.ConfigPath;
        DatabaseAvailable = box.DatabaseAvailable;
        Control = box.ControlUri.ToString() + "/";
    }

    public EngineSession Engine { get; } = new();

    public string ConfigPath { get; }

    public bool DatabaseAvailable { get; }

    private string Control { get; }

    public EngineResult Run(string script, params (string Name, object? Value)[] parameters) => Engine.Run(script, parameters);

    public async Task SwitchAsync(string scenario) => (await _control.PostAsync(Control + "scenario/" + scenario, null)).EnsureSuccessStatusCode();

    public async Task AddFaultAsync(object rule) => (await _control.PostAsJsonAsync(Control + "faults", rule)).EnsureSuccessStatusCode();

    public async Task ClearFaultsAsync() => (await _control.DeleteAsync(Control + "faults")).EnsureSuccessStatusCode();

    public async Task PlantAsync(string value) => (await _control.PostAsJsonAsync(Control + "canary", new { value })).EnsureSuccessStatusCode();

    public async Task ClearRequestsAsync() => (await _control.DeleteAsync(Control + "requests")).EnsureSuccessStatusCode();

    public async Task<JsonElement> RequestsAsync() => await _control.GetFromJsonAsync<JsonElement>(Control + "requests");

    public void Dispose()
    {
        Engine.Run("Stop-AfSandbox -Confirm:$false");
        Engine.Dispose();
        _control.Dispose();
    }
}
