using AgentFlow.Checks;
using AgentFlow.Rls.Catalog;

namespace AgentFlow.Rls.Behaviour;

/// <summary>Weighs what the catalog suspects against what acting as tenants proved.</summary>
internal static class CatalogDoubts
{
    /// <summary>The finding, or a Pass that says why it is none: every row of the view was tried by every kind of caller, and only own ones were seen.</summary>
    public static RlsFinding Weigh(RlsFinding finding, BehaviourObservations observed)
    {
        if (finding.Relation is not { } view || observed.Plan.Steps.FirstOrDefault(step => step.Relation.Relation.Oid == view.Oid) is not { Mode: ReadMode.Exact } || !Proves(view, observed))
        {
            return finding;
        }

        int callers = observed.Reads.Count(read => read.Relation.Relation.Oid == view.Oid);
        return finding with { Finding = CheckFinding.Pass($"{view.FullName} reads with the rights of {view.Owner}, but {callers} callers saw rows of their own tenants only, every row tried: it filters by itself.") };
    }

    private static bool Proves(RlsRelation view, BehaviourObservations observed)
    {
        List<ReadObservation> reads = [.. observed.Reads.Where(read => read.Relation.Relation.Oid == view.Oid)];
        return reads.Any(read => read.Own.Count > 0) && reads.All(read => read.Error is null && read.Leaked == 0);
    }
}
