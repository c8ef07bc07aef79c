using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Text;

namespace AgentFlow.Rls.Tenancy;

/// <summary>Tenancy without memberships: the token's app_metadata, which only the server writes, names the tenant, and policies compare a column with it.</summary>
internal static class ClaimTenancy
{
    private static readonly string[] s_usual = ["organization_id", "org_id", "tenant_id", "account_id", "workspace_id", "company_id", "team_id"];

    /// <summary>The tenant column's name and type with the claim that it is compared with, or null when no policy reads one.</summary>
    public static (string Column, string Type, string? Claim, string? Role)? Find(RlsGraph graph, IReadOnlyList<string> preferred)
    {
        List<string> claims = [];
        Dictionary<(string Name, string Type), int> columns = [];
        foreach (RlsPolicy policy in graph.Catalog.Policies)
        {
            if (graph.Relation(policy.Relation) is not { } table || RlsGraph.IsManaged(table.Schema))
            {
                continue;
            }

            List<SqlReading> texts = [new(policy.Using, policy.Check), .. graph.Helpers(policy).Select(graph.Reading)];
            List<string> read = [.. texts.Where(text => text.Literals().Any(literal => literal.Contains("app_metadata", StringComparison.Ordinal))).SelectMany(text => text.JsonKeys()).Where(key => !key.Contains("metadata", StringComparison.Ordinal))];
            claims.AddRange(read);
            foreach (RlsColumn column in policy.Columns.Select(table.Column).OfType<RlsColumn>().Where(column => read.Count > 0 || s_usual.Contains(column.Name) || preferred.Contains(column.Name)))
            {
                (string, string) key = (column.Name, MembershipDiscovery.BaseType(column.Type));
                columns[key] = columns.GetValueOrDefault(key) + (s_usual.Contains(column.Name) || preferred.Contains(column.Name) ? 3 : 1);
            }
        }

        if (columns.Count == 0)
        {
            return null;
        }

        (string name, string type) = columns.MaxBy(pair => pair.Value).Key;
        IEnumerable<string> ordered = claims.GroupBy(claim => claim).OrderByDescending(group => group.Count()).Select(group => group.Key);
        string? tenant = ordered.OrderByDescending(claim => claim == name).FirstOrDefault(claim => !claim.Contains("role", StringComparison.Ordinal));
        return (name, type, tenant, claims.FirstOrDefault(claim => claim.Contains("role", StringComparison.Ordinal)));
    }
}
