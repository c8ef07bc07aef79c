using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentFlow.Adapters.Http;
using AgentFlow.Faults;
using AgentFlow.Rotation.Ports;

namespace AgentFlow.Adapters.Vercel;

/// <summary>Production builds and the alias of the pinned project.</summary>
public sealed class VercelReleases : IReleaseChannel
{
    private const string TagKey = "afRotation";
    private const int Page = 100;

    private readonly JsonExchange _api;
    private readonly VercelConfig _config;
    private readonly string _project;
    private readonly string _team;

    /// <param name="clients">The chain.</param>
    /// <param name="endpoint">Vercel.</param>
    /// <param name="config">Project pin, team and production domains.</param>
    public VercelReleases(HttpClients clients, ServiceEndpoint endpoint, VercelConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        _api = new(clients, endpoint);
        _config = config;
        _project = Uri.EscapeDataString(config.ProjectId ?? throw Unpinned("a project id (vercel.projectId)"));
        _team = config.TeamId is { } team ? "teamId=" + Uri.EscapeDataString(team) : string.Empty;
    }

    private string Domain => _config.ProductionDomains is [{ } first, ..] ? first : throw Unpinned("a production domain (vercel.productionDomains)");

    /// <inheritdoc/>
    public async Task<ServingState> ReadServingAsync(CancellationToken cancellationToken)
    {
        JsonElement alias = await _api.GetAsync($"v4/aliases/{Uri.EscapeDataString(Domain)}?{_team}", cancellationToken);
        if (alias.ValueKind == JsonValueKind.Array)
        {
            // The published contract says a list, the service answers one object.
            alias = _api.Read(alias, "GET alias", static root => root.EnumerateArray().First());
        }

        string id = _api.Read(alias, "GET alias", static root => root.Text("deploymentId") ?? root.Member("deployment")?.Text("id") ?? throw new KeyNotFoundException());
        JsonElement project = await _api.GetAsync($"v9/projects/{_project}?{_team}", cancellationToken);
        JsonElement deployment = await _api.GetAsync($"v13/deployments/{Uri.EscapeDataString(id)}?{_team}", cancellationToken);
        bool rolling = project.Member("rollingRelease") is not null && await IsRollingAsync(cancellationToken);
        return _api.Read<ServingState>(project, "GET project", root =>
        {
            JsonElement? last = root.Member("lastAliasRequest");
            string projectId = root.Text("id") ?? throw new KeyNotFoundException();
            if (alias.Text("projectId") is { } owner && owner != projectId)
            {
                throw new AfFaultException(FaultKind.Guard, FaultId.RotationStateRefused, $"The domain {Domain} belongs to project {owner}, not to the pinned {projectId}.", "Correct vercel.productionDomains or vercel.projectId.", Domain);
            }

            return new()
            {
                DeploymentId = id,
                CreatedAt = deployment.Time("createdAt"),
                ProjectId = projectId,
                Alias = Origin(Domain),
                AutoAssign = root.Flag("autoAssignCustomDomains") ?? true,
                RolledBack = last?.Text("type") == "rollback" && last?.Text("jobStatus") != "failed",
                Rolling = rolling,
                SkewAge = TimeSpan.FromSeconds(root.Number("skewProtectionMaxAge") ?? 0),
            };
        });
    }

    /// <inheritdoc/>
    public Task SetAutoAssignAsync(bool on, CancellationToken cancellationToken) => _api.SendAsync(
        HttpMethod.Patch, $"v9/projects/{_project}?{_team}", new JsonObject { ["autoAssignCustomDomains"] = on }, repeatable: true, cancellationToken);

    /// <inheritdoc/>
    public async Task<string> StartBuildAsync(string sourceDeploymentId, string tag, CancellationToken cancellationToken)
    {
        JsonElement source = await _api.GetAsync($"v13/deployments/{Uri.EscapeDataString(sourceDeploymentId)}?{_team}", cancellationToken);
        JsonObject body = new()
        {
            ["deploymentId"] = sourceDeploymentId,
            ["name"] = source.Text("name") ?? _config.ProjectName,
            ["target"] = "production",
            ["meta"] = new JsonObject { ["action"] = "redeploy", [TagKey] = tag },
        };
        JsonElement answer = await _api.SendAsync(HttpMethod.Post, $"v13/deployments?forceNew=1&{_team}", body, repeatable: false, cancellationToken);
        return _api.Read(answer, "POST deployments", static root => root.Text("id") ?? throw new KeyNotFoundException());
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> FindBuildsAsync(string tag, CancellationToken cancellationToken)
    {
        JsonElement answer = await _api.GetAsync($"v6/deployments?projectId={_project}&target=production&limit={Page}&{_team}", cancellationToken);
        return _api.Read<IReadOnlyList<string>>(answer, "GET deployments", root =>
            [.. root.GetProperty("deployments").EnumerateArray()
                .Where(item => item.Member("meta")?.Text(TagKey) == tag)
                .OrderBy(item => item.Number("created"))
                .Select(item => item.Text("uid") ?? throw new KeyNotFoundException())]);
    }

    /// <inheritdoc/>
    public async Task<BuildState> ReadBuildAsync(string deploymentId, CancellationToken cancellationToken)
    {
        JsonElement answer = await _api.GetAsync($"v13/deployments/{Uri.EscapeDataString(deploymentId)}?{_team}", cancellationToken);
        return _api.Read<BuildState>(answer, "GET deployment", static root => new()
        {
            DeploymentId = root.Text("id") ?? throw new KeyNotFoundException(),
            Url = Origin(root.Text("url") ?? throw new KeyNotFoundException()),
            CreatedAt = root.Time("createdAt"),
            Phase = root.Text("readyState") switch
            {
                "READY" => BuildPhase.Ready,
                "QUEUED" or "INITIALIZING" or "BUILDING" => BuildPhase.Running,
                _ => BuildPhase.Failed,
            },
            ErrorCode = root.Text("errorCode"),
        });
    }

    /// <inheritdoc/>
    public Task PromoteAsync(string deploymentId, CancellationToken cancellationToken) => _api.SendAsync(
        HttpMethod.Post, $"v10/projects/{_project}/promote/{Uri.EscapeDataString(deploymentId)}?{_team}", null, repeatable: true, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> FindFallbacksAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        string serving = (await ReadServingAsync(cancellationToken)).DeploymentId;
        string from = since.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        JsonElement answer = await _api.GetAsync($"v6/deployments?projectId={_project}&target=production&state=READY&since={from}&limit={Page}&{_team}", cancellationToken);
        return _api.Read<IReadOnlyList<string>>(answer, "GET deployments", root =>
            [.. root.GetProperty("deployments").EnumerateArray()
                .Where(item => item.Time("created") > since)
                .Select(item => item.Text("uid") ?? throw new KeyNotFoundException())
                .Where(id => id != serving)]);
    }

    private async Task<bool> IsRollingAsync(CancellationToken cancellationToken) =>
        await _api.FindAsync($"v1/projects/{_project}/rolling-release?state=ACTIVE&{_team}", cancellationToken) is { } answer
        && answer.Member("rollingRelease") is { } release && release.Text("state") is null or "ACTIVE";

    private static Uri Origin(string host) => new((host.StartsWith("127.0.0.1", StringComparison.Ordinal) ? "http://" : "https://") + host);

    private static AfFaultException Unpinned(string what) => new(
        FaultKind.InvalidState, FaultId.RotationStateRefused, $"The config pins no {what[2..]}.", $"Add {what} to agentflow.json.");
}
