using System.Text.Json;
using System.Text.Json.Nodes;
using AgentFlow.Adapters.Http;
using AgentFlow.Rotation.Ports;
using AgentFlow.Safety;

namespace AgentFlow.Adapters.Supabase;

/// <summary>A project's API keys through the Management API.</summary>
public sealed class SupabaseProjectKeys : IProjectKeys
{
    private readonly JsonExchange _api;
    private readonly string _keys;

    /// <param name="clients">The chain.</param>
    /// <param name="endpoint">The Management API.</param>
    /// <param name="projectRef">The pinned project.</param>
    public SupabaseProjectKeys(HttpClients clients, ServiceEndpoint endpoint, string projectRef)
    {
        _api = new(clients, endpoint);
        _keys = $"v1/projects/{Uri.EscapeDataString(projectRef)}/api-keys";
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ProjectKey>> ListAsync(CancellationToken cancellationToken) => _api.Read<IReadOnlyList<ProjectKey>>(
        await _api.GetAsync(_keys + "?reveal=false", cancellationToken),
        "GET api-keys",
        static root => [.. root.EnumerateArray().Select(item => new ProjectKey
        {
            Id = item.Text("id"),
            Name = item.Text("name") ?? throw new KeyNotFoundException(),
            Type = item.Text("type"),
            Description = item.Text("description"),
        })]);

    /// <inheritdoc/>
    public async Task<(string Id, Secret Value)> CreateAsync(string type, string name, string description, CancellationToken cancellationToken)
    {
        JsonObject body = new() { ["type"] = type, ["name"] = name, ["description"] = description };
        JsonElement answer = await _api.SendAsync(HttpMethod.Post, _keys + "?reveal=true", body, repeatable: false, cancellationToken);
        return _api.Read(answer, "POST api-keys", static root =>
            (root.Text("id") ?? throw new KeyNotFoundException(), Secret.FromChars(root.Text("api_key") ?? throw new KeyNotFoundException())));
    }

    /// <inheritdoc/>
    public async Task<Secret?> RevealAsync(string id, CancellationToken cancellationToken) =>
        await _api.FindAsync($"{_keys}/{Uri.EscapeDataString(id)}?reveal=true", cancellationToken) is { } answer && answer.Text("api_key") is { Length: > 0 } value
            ? Secret.FromChars(value)
            : null;

    /// <inheritdoc/>
    public Task DeleteAsync(string id, bool compromised, CancellationToken cancellationToken) =>
        _api.DeleteAsync($"{_keys}/{Uri.EscapeDataString(id)}?was_compromised={(compromised ? "true" : "false")}&reason=rotating_key", cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> ReadLegacyEnabledAsync(CancellationToken cancellationToken) => _api.Read(
        await _api.GetAsync(_keys + "/legacy", cancellationToken), "GET api-keys/legacy", static root => root.Flag("enabled") ?? throw new KeyNotFoundException());

    /// <inheritdoc/>
    public Task SetLegacyEnabledAsync(bool enabled, CancellationToken cancellationToken) =>
        _api.SendAsync(HttpMethod.Put, $"{_keys}/legacy?enabled={(enabled ? "true" : "false")}", null, repeatable: true, cancellationToken);
}
