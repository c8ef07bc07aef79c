using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Tenancy;
using AgentFlow.Rls.Text;
using static AgentFlow.Rls.Checks.Findings;

namespace AgentFlow.Rls.Checks;

/// <summary>Policies that cost more than they need: identity per row, no index, VOLATILE helpers.</summary>
internal static class CostChecks
{
    public static IEnumerable<RlsFinding> PerRowCall(RlsScene scene)
    {
        foreach ((RlsPolicy policy, RlsRelation table) in PolicyChecks.Reaching(scene))
        {
            if (scene.IsTenant(table) && Unwrapped(scene.Reading(policy).Tokens, table.Name) is { } call)
            {
                yield return Warn(RlsChecks.PerRowCall, table, $"Policy \"{policy.Name}\" on {table.FullName} calls {call} for every row.", $"Write (select {call}) in {Quote(policy.Name)}: PostgreSQL then asks once per query.");
            }
        }
    }

    public static IEnumerable<RlsFinding> TenantIndex(RlsScene scene)
    {
        foreach (TenantRelation tenant in scene.Model.Relations.Where(tenant => tenant is { Path: TenantPath.Column, IsRoot: false } && tenant.Relation.IsTable && !RlsGraph.IsManaged(tenant.Relation.Schema)))
        {
            RlsRelation table = tenant.Relation;
            List<int> wanted = [];
            if (tenant.Column is { } column && scene.Graph.Policies(table).Any(policy => policy.Columns.Contains(column.Number)))
            {
                wanted.Add(column.Number);
            }

            if (tenant.IsMembership && scene.Model.Membership is { } membership && table.Column(membership.UserColumn) is { } user)
            {
                wanted.Add(user.Number);
            }

            foreach (int number in wanted.Where(number => !scene.Graph.HasLeadingIndex(table, number)))
            {
                string name = table.Column(number)!.Name;
                yield return Warn(RlsChecks.TenantIndex, table, $"No index on {table.FullName} starts with {name}, which its policies filter by.", $"create index concurrently on {Sql(table)} ({Quote(name)});");
            }
        }
    }

    public static IEnumerable<RlsFinding> VolatileHelper(RlsScene scene)
    {
        HashSet<long> told = [];
        foreach ((RlsPolicy policy, RlsRelation table) in PolicyChecks.Reaching(scene))
        {
            foreach (RlsRoutine helper in scene.Graph.Helpers(policy).Where(helper => helper.Volatility == "v" && told.Add(helper.Oid)))
            {
                yield return Warn(RlsChecks.VolatileHelper, helper.Signature, $"{helper.Signature}, behind policy \"{policy.Name}\" on {table.FullName}, is VOLATILE, so it runs again for every row.", $"alter function {helper.Signature} stable;");
            }
        }
    }

    // A call to auth.uid() and its kind that no scalar sub-select of its own wraps, outside of sub-queries that do not look at the outer row.
    private static string? Unwrapped(IReadOnlyList<SqlToken> tokens, string table)
    {
        Stack<int> open = new();
        for (int i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Is('('))
            {
                open.Push(i);
            }
            else if (tokens[i].Is(')') && open.Count > 0)
            {
                open.Pop();
            }

            bool identity = tokens[i].Is("auth") && i + 3 < tokens.Count && tokens[i + 1].Is('.') && tokens[i + 2].Value is "uid" or "jwt" or "role" or "email" && tokens[i + 3].Is('(');
            bool setting = tokens[i].Is("current_setting") && i + 1 < tokens.Count && tokens[i + 1].Is('(');
            if ((identity || setting) && !IsWrapped(tokens, open, table))
            {
                return identity ? $"auth.{tokens[i + 2].Value}()" : "current_setting()";
            }
        }

        return null;
    }

    private static bool IsWrapped(IReadOnlyList<SqlToken> tokens, Stack<int> open, string table)
    {
        foreach (int start in open)
        {
            if (start + 1 < tokens.Count && tokens[start + 1].Is("select"))
            {
                return !LooksOutside(tokens, start, table);
            }
        }

        return false;
    }

    // A sub-query that names the policy's own table runs again for each of its rows.
    private static bool LooksOutside(IReadOnlyList<SqlToken> tokens, int start, string table)
    {
        int depth = 0;
        for (int i = start; i < tokens.Count; i++)
        {
            depth += tokens[i].Is('(') ? 1 : tokens[i].Is(')') ? -1 : 0;
            if (depth == 0)
            {
                return false;
            }

            if (tokens[i].IsName && tokens[i].Value == table && i + 1 < tokens.Count && tokens[i + 1].Is('.') && !(i > 0 && tokens[i - 1].Is('.')))
            {
                return true;
            }
        }

        return false;
    }
}
