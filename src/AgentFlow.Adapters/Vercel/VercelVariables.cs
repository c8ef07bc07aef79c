using System.Text.Json;
using System.Text.Json.Nodes;
using AgentFlow.Adapters.Http;
using AgentFlow.Faults;
using AgentFlow.Rotation.Ports;
using AgentFlow.Safety;

namespace AgentFlow.Adapters.Vercel;

/// <summary>The project's environment variables over REST with a JSON body; the CLI is known to store empty values and report success.</summary>
public sealed class VercelVariables : IVariableStore
{
    private readonly JsonExchange _api;
    private readonly string _project;
    private readonly string _team;

    /// <param name="clients">The chain.</param>
    /// <param name="endpoint">Vercel.</param>
    /// <param name="projectId">The pinned project.</param>
    /// <param name="teamId">Its team; null for a personal account.</param>
    public VercelVariables(HttpClients clients, ServiceEndpoint endpoint, string projectId, string? teamId)
    {
        _api = new(clients, endpoint);
        _project = Uri.EscapeDataString(projectId);
        _team = teamId is null ? string.Empty : "teamId=" + Uri.EscapeDataString(teamId);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<VariableEntry>> ListAsync(CancellationToken cancellationToken)
    {
        JsonElement answer = await _api.GetAsync($"v10/projects/{_project}/env?{_team}", cancellationToken);
        return _api.Read<IReadOnlyList<VariableEntry>>(answer, "GET env", static root => root.Member("envs") is { } list
            ? [.. list.EnumerateArray().Select(Entry)]
            : [Entry(root)]);
    }

    /// <inheritdoc/>
    public async Task<Secret?> ReadAsync(string entryId, CancellationToken cancellationToken)
    {
        JsonElement? answer = await _api.FindAsync($"v1/projects/{_project}/env/{Uri.EscapeDataString(entryId)}?{_team}", cancellationToken);
        return answer is { } found && found.Text("type") is "encrypted" or "plain" && answer.Value.Flag("decrypted") is not false && answer.Value.Text("value") is { } value
            ? Secret.FromChars(value)
            : null;
    }

    /// <inheritdoc/>
    public async Task WriteAsync(IReadOnlyList<VariableWrite> writes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(writes);
        if (writes.Count == 0)
        {
            return;
        }

        JsonArray body = [.. writes.Select(Body)];
        JsonElement answer = await _api.SendAsync(HttpMethod.Post, $"v10/projects/{_project}/env?upsert=true&{_team}", body, repeatable: true, cancellationToken);
        if (answer.ValueKind == JsonValueKind.Object && answer.Member("failed") is { ValueKind: JsonValueKind.Array } failed && failed.GetArrayLength() > 0)
        {
            // A 201 all the same; the provider's own words may quote what was sent.
            throw new AfFaultException(
                FaultKind.Unavailable,
                FaultId.RotationCallFailed,
                $"Vercel did not write {failed.GetArrayLength()} of {writes.Count} variables.",
                "Resume: every lane is written again, which changes nothing where it stands already.");
        }
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(IReadOnlyList<string> entryIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entryIds);
        foreach (string id in entryIds)
        {
            await _api.DeleteAsync($"v9/projects/{_project}/env/{Uri.EscapeDataString(id)}?{_team}", cancellationToken);
        }
    }

    private static JsonObject Body(VariableWrite write)
    {
        JsonObject body = new()
        {
            ["key"] = write.Lane.Name,
            ["value"] = write.Value.Reveal(),
            ["type"] = write.Lane.Type,
            ["target"] = new JsonArray([.. write.Lane.Targets.Select(target => JsonValue.Create(target))]),
        };
        if (write.Lane.GitBranch is { } branch)
        {
            body["gitBranch"] = branch;
        }

        if (write.Lane.CustomEnvironmentIds.Count > 0)
        {
            body["customEnvironmentIds"] = new JsonArray([.. write.Lane.CustomEnvironmentIds.Select(id => JsonValue.Create(id))]);
        }

        return body;
    }

    private static VariableEntry Entry(JsonElement env) => new()
    {
        Id = env.Text("id") ?? throw new KeyNotFoundException("id"),
        Name = env.Text("key") ?? throw new KeyNotFoundException("key"),
        Type = env.Text("type") ?? throw new KeyNotFoundException("type"),
        Targets = env.Texts("target"),
        CustomEnvironmentIds = env.Texts("customEnvironmentIds"),
        GitBranch = env.Text("gitBranch"),
        UpdatedAt = env.Time("updatedAt"),
    };
}
