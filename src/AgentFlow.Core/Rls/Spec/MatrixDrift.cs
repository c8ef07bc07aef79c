using AgentFlow.Checks;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Checks;
using AgentFlow.Rls.Tracing;

namespace AgentFlow.Rls.Spec;

/// <summary>Holds the role matrix of now against the declared one.</summary>
public static class MatrixDrift
{
    private static readonly RlsOperation[] s_operations = [RlsOperation.Select, RlsOperation.Insert, RlsOperation.Update, RlsOperation.Delete];

    /// <summary>One finding per table on which some role may do more or less than declared.</summary>
    public static IEnumerable<RlsFinding> Judge(RlsScene scene, IReadOnlyList<RlsMatrixEntry> now)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(now);
        ILookup<(string, string), RlsMatrixEntry> declared = (scene.Spec?.Matrix ?? []).ToLookup(entry => (entry.Table, entry.Role));
        foreach (IGrouping<string, RlsMatrixEntry> table in now.GroupBy(entry => entry.Table))
        {
            RlsRelation relation = scene.Graph.Catalog.Relations.First(candidate => candidate.FullName == table.Key);
            string? parent = relation.Parent is { } oid ? scene.Graph.Relation(oid)?.FullName : null;
            List<string> more = [];
            List<string> less = [];
            HashSet<RlsOperation> concerned = [];
            foreach (RlsMatrixEntry entry in table)
            {
                List<RlsMatrixEntry> expected = [.. declared[(entry.Table, entry.Role)]];
                RlsMatrixEntry? above = parent is null ? null : declared[(parent, entry.Role)].FirstOrDefault();
                foreach (RlsOperation operation in s_operations)
                {
                    if (expected.Count == 0 || expected[0].Of(operation) is not { } before || entry.Of(operation) is not { } reach || Same(before, reach, above?.Of(operation)))
                    {
                        continue;
                    }

                    concerned.Add(operation);
                    (reach > before ? more : less).Add($"{entry.Role} {operation.ToString().ToUpperInvariant()} {Words(before)} -> {Words(reach)}");
                }
            }

            if (more.Count + less.Count > 0)
            {
                string guilty = Guilty(scene, relation, concerned);
                string reason = more.Count > 0 ? $"More than the spec declares on {table.Key}: {string.Join("; ", more)}.{(less.Count > 0 ? $" Less: {string.Join("; ", less)}." : string.Empty)}" : $"Less than the spec declares on {table.Key}: {string.Join("; ", less)}.";
                yield return new(RlsChecks.RoleMatrix, table.Key, CheckFinding.Fail($"{reason} {guilty}", "as declared", string.Join("; ", more.Concat(less)), "Correct the policy or helper named, or learn the spec again and have it reviewed if the change is meant.")) { Relation = relation };
            }
        }
    }

    // "Some" depends on which rows there are (those that a member made), so only its appearance out of nothing and its loss of everything speak.
    private static bool Same(RlsReach before, RlsReach now, RlsReach? parent) => before == now || (before == RlsReach.Some && now == RlsReach.None) || (parent is { } above && now <= above && now > before);

    private static string Words(RlsReach reach) => reach switch { RlsReach.None => "no rows", RlsReach.All => "all rows", _ => "some rows" };

    private static string Guilty(RlsScene scene, RlsRelation relation, HashSet<RlsOperation> concerned)
    {
        List<RlsPolicy> policies = [.. scene.Graph.Policies(relation).Where(policy => concerned.Any(operation => policy.Covers(RlsTraceRequest.CommandOf(operation))))];
        List<string> helpers = [.. policies.SelectMany(scene.Graph.Helpers).Select(routine => routine.Signature).Distinct()];
        string named = policies.Count == 0 ? "No policy covers it." : $"Decided by {string.Join(", ", policies.Select(policy => $"policy \"{policy.Name}\""))}";
        return policies.Count == 0 ? named : helpers.Count > 0 ? $"{named} through {string.Join(", ", helpers)}." : named + ".";
    }
}
