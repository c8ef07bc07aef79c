using AgentFlow.Adapters.Http;
using AgentFlow.Deployments;

namespace AgentFlow.Adapters.Supabase;

/// <summary>Which projects a Management API token opens: it is the whole account's, so each project beyond the config's is too many.</summary>
public sealed class SupabaseIdentity(HttpClients clients, ServiceEndpoint endpoint, SupabaseConfig config) : IIdentitySource
{
    private readonly JsonExchange _api = new(clients, endpoint);

    /// <inheritdoc/>
    public string System => endpoint.System;

    /// <inheritdoc/>
    public async Task<ProviderIdentity> ReadAsync(CancellationToken cancellationToken)
    {
        TimeSpan? skew = null;
        DateTimeOffset sentAt = clients.Time.GetUtcNow();
        string[] seen = _api.Read(
            await _api.GetAsync("v1/projects", cancellationToken, headers => skew = ServerClock.Skew(headers, sentAt, clients.Time.GetUtcNow())).ConfigureAwait(false),
            "GET projects",
            static root => root.EnumerateArray().Select(project => project.Text("ref") ?? project.Text("id") ?? throw new KeyNotFoundException()).ToArray());
        string[] wanted = [.. ((string?[])[config.ProductionRef, config.Ref, .. config.NonProductionRefs]).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
        return new()
        {
            System = System,
            Account = seen.Length == 1 ? "an account with 1 project" : $"an account with {seen.Length} projects",
            Scopes = [.. seen.Select(project => $"project:{project}")],
            Missing = [.. ((string?[])[config.ProductionRef]).OfType<string>().Where(project => !seen.Contains(project, StringComparer.OrdinalIgnoreCase)).Select(project => $"project {project}")],
            Excess = [.. seen.Where(project => !wanted.Contains(project, StringComparer.OrdinalIgnoreCase)).Select(project => $"project {project}")],
            ClockSkew = skew,
        };
    }
}
