using AgentFlow.Rls.Spec;

namespace AgentFlow.Rls.Behaviour;

/// <summary>What each membership role was seen to do in its own tenant.</summary>
public static class RoleMatrix
{
    /// <summary>One entry per table and role that was tried.</summary>
    public static IReadOnlyList<RlsMatrixEntry> Of(BehaviourObservations observed)
    {
        ArgumentNullException.ThrowIfNull(observed);
        Dictionary<(string Table, string Role), long> seen = [];
        Dictionary<(string Table, string Role), RlsMatrixEntry> entries = [];
        Dictionary<(string Table, string Tenant), long> most = observed.Reads.Where(read => read.Relation.Relation.IsTable).SelectMany(read => read.Own.Select(own => (read.Relation.FullName, own.Key, own.Value)))
            .GroupBy(own => (own.FullName, own.Key)).ToDictionary(group => group.Key, group => group.Max(own => own.Value));
        foreach (ReadObservation read in observed.Reads.Where(read => read.Relation.Relation.IsTable && read.Error is null))
        {
            foreach (string tenant in read.Principal.ActiveTenants)
            {
                string role = read.Principal.RoleIn(tenant) ?? "member";
                long rows = read.Own.GetValueOrDefault(tenant);
                long all = most.GetValueOrDefault((read.Relation.FullName, tenant));
                RlsReach reach = rows == 0 ? RlsReach.None : rows >= all ? RlsReach.All : RlsReach.Some;
                RlsMatrixEntry entry = Entry(entries, read.Relation.FullName, role);
                entries[(entry.Table, entry.Role)] = entry with { Select = reach > entry.Select ? reach : entry.Select };
            }
        }

        foreach (WriteObservation write in observed.Writes.Where(write => write.Outcome != WriteOutcome.Unclear && write.Principal.ActiveTenants.Contains(write.Tenant)))
        {
            RlsMatrixEntry entry = Entry(entries, write.Relation.FullName, write.Principal.RoleIn(write.Tenant) ?? "member");
            bool passed = write.Outcome == WriteOutcome.Passed;
            entries[(entry.Table, entry.Role)] = write.Kind switch
            {
                WriteKind.InsertOwn => entry with { Insert = entry.Insert == true || passed },
                WriteKind.UpdateOwn => entry with { Update = entry.Update == true || passed },
                WriteKind.DeleteOwn => entry with { Delete = entry.Delete == true || passed },
                _ => entry,
            };
        }

        return [.. entries.Values.OrderBy(entry => entry.Table, StringComparer.Ordinal).ThenBy(entry => entry.Role, StringComparer.Ordinal)];
    }

    private static RlsMatrixEntry Entry(Dictionary<(string Table, string Role), RlsMatrixEntry> entries, string table, string role) =>
        entries.GetValueOrDefault((table, role)) ?? new() { Table = table, Role = role };
}
