using AgentFlow.Rls.Catalog;

namespace AgentFlow.Rls.Fixtures;

/// <summary>The order in which rows can go: those that point before those that are pointed to.</summary>
public static class FixtureOrder
{
    /// <summary>The tables so ordered; tables that point to each other in a circle stay as they came, and their keys decide.</summary>
    public static IReadOnlyList<RlsRelation> SourcesFirst(RlsGraph graph, IReadOnlyList<RlsRelation> tables)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(tables);
        List<RlsRelation> ordered = [];
        HashSet<long> seen = [];
        foreach (RlsRelation table in tables.OrderBy(table => table.FullName, StringComparer.Ordinal))
        {
            Visit(table);
        }

        // Visited after everything that points to it, a table stands behind those.
        return ordered;

        void Visit(RlsRelation table)
        {
            if (!seen.Add(table.Oid))
            {
                return;
            }

            foreach (RlsRelation source in tables.Where(source => graph.ForeignKeys(source).Any(key => PointsTo(key, table))))
            {
                Visit(source);
            }

            ordered.Add(table);
        }

        bool PointsTo(RlsConstraint key, RlsRelation table) => key.Target == table.Oid || (table.Parent is { } parent && key.Target == parent);
    }
}
