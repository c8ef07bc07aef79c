using System.Text.Json.Nodes;
using AgentFlow.Adapters.Http;
using AgentFlow.Adapters.Rotation;
using AgentFlow.Configuration;
using AgentFlow.Rotation;
using AgentFlow.RotationHost;

namespace AgentFlow.Benchmarks.Rotation;

/// <summary>The procedure in this process, on the real adapters, against a sandbox.</summary>
internal sealed class RehearsedRotation : IAsyncDisposable
{
    private readonly CampaignSandbox _sandbox;
    private readonly HttpClients _clients;
    private readonly RotationAdapters _adapters;

    /// <param name="sandbox">The outside.</param>
    /// <param name="ahead">How far the clock is ahead.</param>
    /// <param name="change">Changes each credential of the config.</param>
    /// <param name="time">A clock in place of that.</param>
    /// <param name="wire">Sockets in place of the ordinary ones.</param>
    public RehearsedRotation(
        CampaignSandbox sandbox, TimeSpan ahead = default, Func<CredentialConfig, CredentialConfig>? change = null, TimeProvider? time = null, Func<HttpMessageHandler>? wire = null)
    {
        _sandbox = sandbox;
        Config = ConfigFile.Read(sandbox.ConfigPath, static _ => false);
        Config = Config with { Credentials = [.. Config.Credentials.Select(one => change?.Invoke(one) ?? one)] };
        time ??= new AheadTime(ahead);
        _clients = new(time, null, wire);
        _adapters = new(Config, _clients, HostSecrets.Of(Config), time);
        Ports = _adapters.Ports();
        Engine = new(Ports, new() { PollEvery = TimeSpan.FromMilliseconds(100), RetryAfter = TimeSpan.FromMilliseconds(50) });
    }

    public AfConfig Config { get; }

    public RotationPorts Ports { get; }

    public RotationEngine Engine { get; }

    public CredentialConfig Credential(string name) => CredentialBook.Find(Config, name);

    /// <summary>The value that production's variable has.</summary>
    public async Task<string?> LaneAsync(string variable) => (await _sandbox.TruthAsync())["variables"]!.AsArray()
        .FirstOrDefault(one => one!["key"]!.GetValue<string>() == variable && one["production"]!.GetValue<bool>())?["value"]?.GetValue<string>();

    public async Task<string?> ServedAsync(string variable) => (await _sandbox.TruthAsync())["serving"]![variable]?.GetValue<string>();

    public static string? Text(JsonNode? node) => node?.GetValue<string>();

    public async ValueTask DisposeAsync()
    {
        await _adapters.DisposeAsync();
        await _clients.DisposeAsync();
    }

    private sealed class AheadTime(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }
}
