using System.Text;
using AgentFlow.Rotation.Ports;
using AgentFlow.Safety;

namespace AgentFlow.Core.Tests.Rotation;

/// <summary>The hosting platform and the app that runs on it, in memory: variables, builds that capture them, one alias.</summary>
internal sealed class MemoryHost(Wire wire, TimeProvider time) : IVariableStore, IReleaseChannel, IAppProbe
{
    private readonly List<(VariableEntry Entry, string Value)> _variables = [];
    private readonly List<MemoryDeployment> _deployments = [];
    private int _next = 1;

    public string ServingId { get; set; } = string.Empty;

    public bool AutoAssign { get; set; } = true;

    public bool RolledBack { get; set; }

    public bool Rolling { get; set; }

    public TimeSpan SkewAge { get; set; }

    public bool HasFingerprint { get; set; } = true;

    public string? Unhealthy { get; set; }

    /// <summary>New builds do not get the value that the variables have.</summary>
    public bool Spoils { get; set; }

    /// <summary>Builds take this long, in reads of their state.</summary>
    public int BuildReads { get; set; } = 1;

    public MemoryDeployment Serving => _deployments.Single(deployment => deployment.Id == ServingId);

    public string? ValueOf(string name) => _variables.FirstOrDefault(variable => variable.Entry.Name == name).Value;

    public IReadOnlyList<MemoryDeployment> Deployments => _deployments;

    /// <summary>Sets a variable as somebody did long ago.</summary>
    public void Seed(string name, string value, string type = "encrypted", string target = "production", string? branch = null) =>
        _variables.Add((new() { Id = $"env_{_next++}", Name = name, Type = type, Targets = [target], GitBranch = branch, UpdatedAt = time.GetUtcNow() }, value));

    /// <summary>Somebody writes a variable by hand.</summary>
    public void Overwrite(string name, string value)
    {
        int index = _variables.FindIndex(variable => variable.Entry.Name == name);
        _variables[index] = (_variables[index].Entry with { UpdatedAt = time.GetUtcNow() }, value);
    }

    /// <summary>Somebody removes a variable by hand.</summary>
    public void Remove(string name) => _variables.RemoveAll(variable => variable.Entry.Name == name);

    /// <summary>An ordinary deployment of a commit.</summary>
    public string Deploy(string? tag = null, bool serve = true)
    {
        MemoryDeployment deployment = new($"dpl_{_next++}", time.GetUtcNow(), tag, Production());
        _deployments.Add(deployment);
        if (serve)
        {
            ServingId = deployment.Id;
            RolledBack = false;
        }

        return deployment.Id;
    }

    public Task<IReadOnlyList<VariableEntry>> ListAsync(CancellationToken cancellationToken) =>
        wire.ReadAsync<IReadOnlyList<VariableEntry>>("variables", () => [.. _variables.Select(variable => variable.Entry)]);

    public Task<Secret?> ReadAsync(string entryId, CancellationToken cancellationToken) => wire.ReadAsync(() =>
        _variables.FirstOrDefault(variable => variable.Entry.Id == entryId) is { Entry.Readable: true } found ? Secret.FromChars(found.Value) : null);

    public Task WriteAsync(IReadOnlyList<VariableWrite> writes, CancellationToken cancellationToken)
    {
        List<(RotationLane Lane, string Value)> copies = [.. writes.Select(write => (write.Lane, write.Value.Reveal()))];
        return wire.WriteAsync(() =>
        {
            foreach ((RotationLane lane, string value) in copies)
            {
                int index = _variables.FindIndex(variable => variable.Entry.Name == lane.Name && variable.Entry.GitBranch == lane.GitBranch && variable.Entry.Targets.SequenceEqual(lane.Targets));
                if (index < 0)
                {
                    Seed(lane.Name, value, lane.Type, lane.Targets[0], lane.GitBranch);
                }
                else
                {
                    _variables[index] = (_variables[index].Entry with { UpdatedAt = time.GetUtcNow() }, value);
                }
            }
        });
    }

    public Task DeleteAsync(IReadOnlyList<string> entryIds, CancellationToken cancellationToken) =>
        wire.WriteAsync(() => _variables.RemoveAll(variable => entryIds.Contains(variable.Entry.Id)));

    public Task<ServingState> ReadServingAsync(CancellationToken cancellationToken) => wire.ReadAsync<ServingState>("serving", () => new()
    {
        DeploymentId = ServingId,
        CreatedAt = Serving.CreatedAt,
        ProjectId = "prj_1",
        Alias = new("https://app.test"),
        AutoAssign = AutoAssign,
        RolledBack = RolledBack,
        Rolling = Rolling,
        SkewAge = SkewAge,
    });

    public Task SetAutoAssignAsync(bool on, CancellationToken cancellationToken) => wire.WriteAsync(() => { AutoAssign = on; });

    public Task<string> StartBuildAsync(string sourceDeploymentId, string tag, CancellationToken cancellationToken) =>
        wire.WriteAsync(() => Deploy(tag, serve: AutoAssign));

    public Task<IReadOnlyList<string>> FindBuildsAsync(string tag, CancellationToken cancellationToken) =>
        wire.ReadAsync<IReadOnlyList<string>>(() => [.. _deployments.Where(deployment => deployment.Tag == tag).Select(deployment => deployment.Id)]);

    public Task<BuildState> ReadBuildAsync(string deploymentId, CancellationToken cancellationToken) => wire.ReadAsync<BuildState>(() =>
    {
        MemoryDeployment deployment = _deployments.Single(one => one.Id == deploymentId);
        return new()
        {
            DeploymentId = deploymentId,
            Url = new($"https://{deploymentId}.app.test".Replace('_', '-')),
            CreatedAt = deployment.CreatedAt,
            Phase = deployment.Fails ? BuildPhase.Failed : ++deployment.Reads > BuildReads ? BuildPhase.Ready : BuildPhase.Running,
            ErrorCode = deployment.Fails ? "BUILD_FAILED" : null,
        };
    });

    public Task PromoteAsync(string deploymentId, CancellationToken cancellationToken) => wire.WriteAsync(() =>
    {
        ServingId = deploymentId;
        RolledBack = false;
    });

    public Task<IReadOnlyList<string>> FindFallbacksAsync(DateTimeOffset since, CancellationToken cancellationToken) => wire.ReadAsync<IReadOnlyList<string>>("fallbacks", () =>
        [.. _deployments.Where(deployment => deployment.CreatedAt > since && deployment.Id != ServingId && !deployment.Fails).Select(deployment => deployment.Id)]);

    public Task<string?> FindUnhealthyAsync(Uri origin, CancellationToken cancellationToken) => wire.ReadAsync(() => Unhealthy);

    public Task<FingerprintReading?> CompareAsync(Uri origin, IReadOnlyDictionary<string, Secret> values, CancellationToken cancellationToken) => wire.ReadAsync(() =>
    {
        MemoryDeployment answering = _deployments.FirstOrDefault(one => origin.Host.StartsWith(one.Id.Replace('_', '-') + ".", StringComparison.Ordinal)) ?? Serving;
        return !HasFingerprint ? null : new FingerprintReading
        {
            DeploymentId = answering.Id,
            Missing = [.. values.Keys.Where(name => !answering.Environment.ContainsKey(name))],
            Different = [.. values.Where(pair => answering.Environment.TryGetValue(pair.Key, out string? held)
                && !pair.Value.Use(bytes => bytes.SequenceEqual(Encoding.UTF8.GetBytes(held)))).Select(pair => pair.Key)],
            EdgeWhitespace = [],
        };
    });

    private Dictionary<string, string> Production() => _variables.Where(variable => variable.Entry.Targets.Contains("production"))
        .ToDictionary(variable => variable.Entry.Name, variable => Spoils ? "spoilt" : variable.Value);
}
