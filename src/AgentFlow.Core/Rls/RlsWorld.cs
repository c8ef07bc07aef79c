using AgentFlow.Rls.Access;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Tenancy;
using AgentFlow.Rls.Text;

namespace AgentFlow.Rls;

/// <summary>A database as one run knows it: facts, catalog and tenancy.</summary>
public sealed record RlsWorld(RlsFacts Facts, RlsScene Scene)
{
    private const int MostValues = 50;

    /// <summary>Reads it in one READ ONLY transaction.</summary>
    public static async Task<RlsWorld> ReadAsync(IRlsSession session, RlsOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(options);
        RlsCatalog catalog = await session.CatalogAsync(options.ApiRoles, cancellationToken).ConfigureAwait(false);
        RlsFacts facts = await session.FactsAsync(catalog.ApiRoles, cancellationToken).ConfigureAwait(false);
        RlsGraph graph = new(catalog);
        TenantModelBuilder builder = new(graph, options.Hints);
        Dictionary<string, IReadOnlyList<string>> values = [];
        if (builder.Wanted() is { } wanted)
        {
            IReadOnlyList<RlsAnswer> answers = await session.RunAsync(null, [.. wanted.Columns.Select(column => Values(wanted.Table, column))], cancellationToken).ConfigureAwait(false);
            foreach ((string column, RlsAnswer answer) in wanted.Columns.Zip(answers))
            {
                if (!answer.IsError && answer.Rows.Count < MostValues)
                {
                    values[column] = [.. answer.Rows.Select(row => row["v"]).OfType<string>()];
                }
            }
        }

        return new(facts, new(graph, builder.Build(values), options.Spec));
    }

    // Only the first rows: a value that is rarer still is found by the sampled signatures.
    private static RlsProbe Values(RlsRelation table, string column) =>
        new($"select distinct s.v from (select {SqlText.Name(column)}::text as v from {SqlText.Name(table)} limit 200000) s where s.v is not null limit {MostValues}");
}
