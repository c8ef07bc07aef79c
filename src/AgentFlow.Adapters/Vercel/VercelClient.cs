using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using AgentFlow.Adapters.Http;
using AgentFlow.Adapters.Vercel.BuildLogs;
using AgentFlow.Adapters.Vercel.Wire;
using AgentFlow.Deployments;

namespace AgentFlow.Adapters.Vercel;

/// <summary>Reads projects, domains, deployments, logs and the names of variables. No call here asks for a value, and no shape behind it could hold one.</summary>
public sealed class VercelClient : IDeploymentSource, IVariableSource
{
    private const int PageSize = 100;

    private readonly VercelApi _api;
    private readonly bool _rehearsal;

    /// <param name="clients">The shared pipeline.</param>
    /// <param name="endpoint">See <see cref="VercelEndpoint"/>.</param>
    /// <param name="team">Team id or slug; null for a personal account.</param>
    public VercelClient(HttpClients clients, ServiceEndpoint endpoint, string? team)
    {
        _api = new(clients, endpoint, team);
        _rehearsal = endpoint.BaseAddress is { IsLoopback: true, Scheme: "http" };
    }

    /// <inheritdoc/>
    public async Task<HostedProject> GetProjectAsync(string idOrName, CancellationToken cancellationToken)
    {
        VercelPath path = _api.Scoped(VercelPath.Of("v9", "projects", idOrName));
        return VercelRecords.Project(await _api.GetAsync(path, VercelJson.Default.ProjectDto, cancellationToken).ConfigureAwait(false)) ?? throw _api.Malformed(path, "a project without an id");
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<HostedProject> FindProjectsAsync(string? search, CancellationToken cancellationToken) => ListAsync(
        cursor => _api.Scoped(VercelPath.Of("v10", "projects").With("search", search).With("limit", $"{PageSize}").With("from", cursor)),
        VercelJson.Default.PageOfProjectDto, VercelRecords.Project, project => project.Id, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ProjectDomain> ListDomainsAsync(string projectId, CancellationToken cancellationToken) => ListAsync(
        cursor => _api.Scoped(VercelPath.Of("v9", "projects", projectId, "domains").With("limit", $"{PageSize}").With("until", cursor)),
        VercelJson.Default.PageOfDomainDto, VercelRecords.Domain, domain => domain.Name, cancellationToken);

    /// <inheritdoc/>
    public async Task<ProjectDomain?> FindDomainAsync(string projectId, string host, CancellationToken cancellationToken)
    {
        VercelPath path = _api.Scoped(VercelPath.Of("v9", "projects", projectId, "domains", host));
        DomainDto? dto = await _api.FindAsync(path, VercelJson.Default.DomainDto, cancellationToken).ConfigureAwait(false);
        return dto is null ? null : VercelRecords.Domain(dto) ?? throw _api.Malformed(path, "a domain without a name");
    }

    /// <inheritdoc/>
    public async Task<DomainAlias?> FindAliasAsync(string host, CancellationToken cancellationToken)
    {
        VercelPath path = _api.Scoped(VercelPath.Of("v4", "aliases", host));
        PageOf<AliasDto>? page = await _api.FindAsync(path, VercelJson.Default.PageOfAliasDto, cancellationToken).ConfigureAwait(false);
        DomainAlias[] found = page is null ? [] : [.. page.Items.Select(VercelRecords.Alias).OfType<DomainAlias>()];
        return found.FirstOrDefault(alias => string.Equals(alias.Host, host, StringComparison.OrdinalIgnoreCase)) ?? (page is { Items.Count: > 0 } && found.Length == 0 ? throw _api.Malformed(path, "an alias without a host") : null);
    }

    /// <inheritdoc/>
    public async Task<Deployment> GetDeploymentAsync(string idOrHost, CancellationToken cancellationToken)
    {
        VercelPath path = _api.Scoped(VercelPath.Of("v13", "deployments", idOrHost).With("withGitRepoInfo", "true"));
        DeploymentDto dto = await _api.GetAsync(path, VercelJson.Default.DeploymentDto, cancellationToken).ConfigureAwait(false);
        return VercelRecords.Deployment(dto, _rehearsal) ?? throw _api.Malformed(path, "a deployment without an id");
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Deployment> ListDeploymentsAsync(DeploymentQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        int left = query.Most;
        IAsyncEnumerable<Deployment> all = ListAsync(
            cursor => _api.Scoped(VercelPath.Of("v6", "deployments")
                .With("projectId", query.ProjectId)
                .With("target", query.Target)
                .With("state", query.States.Count > 0 ? string.Join(',', query.States) : null)
                .With("branch", query.Branch)
                .With("sha", query.CommitSha)
                .With("rollbackCandidate", query.RollbackCandidates ? "true" : null)
                .With("since", query.Since)
                .With("until", cursor ?? query.Until?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture))
                .With("limit", $"{Math.Clamp(left, 1, PageSize)}")),
            VercelJson.Default.PageOfDeploymentDto, dto => VercelRecords.Deployment(dto, _rehearsal), deployment => deployment.Id, cancellationToken);
        if (left <= 0)
        {
            yield break;
        }

        await foreach (Deployment deployment in all.ConfigureAwait(false))
        {
            yield return deployment;
            if (--left == 0)
            {
                yield break;
            }
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ListAliasesAsync(string deploymentId, CancellationToken cancellationToken)
    {
        VercelPath path = _api.Scoped(VercelPath.Of("v2", "deployments", deploymentId, "aliases"));
        PageOf<AliasDto> page = await _api.GetAsync(path, VercelJson.Default.PageOfAliasDto, cancellationToken).ConfigureAwait(false);
        return [.. page.Items.Select(alias => alias.Alias).OfType<string>()];
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<BuildLogLine> ReadBuildLogAsync(string deploymentId, BuildLogQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        BuildLog log = new(_api, deploymentId);
        return query.Follow
            ? new BuildLogFollower(log, async token => (await GetDeploymentAsync(deploymentId, token).ConfigureAwait(false)).IsFinished, _api.Clients.Time).ReadAsync(query, cancellationToken)
            : log.ReadAsync(query, cancellationToken);
    }

    /// <inheritdoc/>
    async Task<IReadOnlyList<EnvVariable>> IVariableSource.ListAsync(string projectId, CancellationToken cancellationToken)
    {
        VercelPath path = _api.Scoped(VercelPath.Of("v10", "projects", projectId, "env"));
        PageOf<EnvDto> page = await _api.GetAsync(path, VercelJson.Default.PageOfEnvDto, cancellationToken).ConfigureAwait(false);
        return Whole(path, page, VercelRecords.Variable);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<EnvVariable>> ListSharedAsync(string projectId, CancellationToken cancellationToken)
    {
        if (_api.Team is null)
        {
            return [];
        }

        VercelPath path = _api.Scoped(VercelPath.Of("v1", "env").With("projectId", projectId));
        PageOf<SharedEnvDto> page = await _api.GetAsync(path, VercelJson.Default.PageOfSharedEnvDto, cancellationToken).ConfigureAwait(false);
        return Whole(path, page, dto => dto.ProjectId is null || dto.ProjectId.Contains(projectId) ? VercelRecords.Shared(dto) : null);
    }

    // Neither list has a documented cursor parameter. Taking a part for the whole would call present variables absent.
    private List<EnvVariable> Whole<T>(VercelPath path, PageOf<T> page, Func<T, EnvVariable?> map)
        where T : class => page.Next is null
        ? [.. page.Items.Select(map).OfType<EnvVariable>()]
        : throw _api.Malformed(path, "a part of the variables only, without a documented way to the rest");

    private async IAsyncEnumerable<TRecord> ListAsync<TDto, TRecord>(
        Func<string?, VercelPath> page, JsonTypeInfo<PageOf<TDto>> type, Func<TDto, TRecord?> map, Func<TRecord, string> key, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TDto : class
        where TRecord : class
    {
        string? cursor = null;
        HashSet<string> previous = [];
        while (true)
        {
            VercelPath path = page(cursor);
            PageOf<TDto> read = await _api.GetAsync(path, type, cancellationToken).ConfigureAwait(false);
            HashSet<string> here = new(StringComparer.Ordinal);
            foreach (TRecord record in read.Items.Select(map).OfType<TRecord>())
            {
                // A cursor is a time: what shares the last millisecond of a page comes again on the next one.
                if (here.Add(key(record)) && !previous.Contains(key(record)))
                {
                    yield return record;
                }
            }

            if (read.Next is null || read.Items.Count == 0)
            {
                yield break;
            }

            if (read.Next == cursor)
            {
                throw _api.Malformed(path, "a cursor that leads to the same page");
            }

            (cursor, previous) = (read.Next, here);
        }
    }
}
