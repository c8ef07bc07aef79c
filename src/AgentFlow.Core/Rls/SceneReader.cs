using AgentFlow.Rls.Access;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Spec;
using AgentFlow.Rls.Tenancy;
using AgentFlow.Rls.Text;

namespace AgentFlow.Rls;

/// <summary>Reads what everything else judges: the catalog with its graph and the tenant model.</summary>
public static class SceneReader
{
    // A state or role column has a handful of values; more of them mean that it is something else.
    private const int MostValues = 50;

    /// <summary>The scene as the session sees it.</summary>
    /// <exception cref="Faults.AfFaultException">The database cannot be read.</exception>
    public static async Task<RlsScene> ReadAsync(IRlsSession session, IReadOnlyList<string> apiRoles, TenancyHints hints, RlsSpec? spec, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        RlsGraph graph = new(await session.CatalogAsync(apiRoles, cancellationToken).ConfigureAwait(false));
        TenantModelBuilder builder = new(graph, hints);
        Dictionary<string, IReadOnlyList<string>> values = [];
        if (builder.Wanted() is { } wanted && wanted.Columns.Count > 0)
        {
            IReadOnlyList<RlsAnswer> answers = await session.RunAsync(
                null,
                [.. wanted.Columns.Select(column => new RlsProbe($"select distinct m.{SqlText.Name(column)}::text as value from {SqlText.Name(wanted.Table)} m where m.{SqlText.Name(column)} is not null order by 1 limit {MostValues}"))],
                cancellationToken).ConfigureAwait(false);
            values = wanted.Columns.Zip(answers).ToDictionary(pair => pair.First, pair => (IReadOnlyList<string>)[.. pair.Second.Rows.Select(row => row["value"]).OfType<string>()]);
        }

        return new(graph, builder.Build(values), spec);
    }
}
