using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Tenancy;
using AgentFlow.Rls.Text;
using static AgentFlow.Rls.Checks.Findings;

namespace AgentFlow.Rls.Checks;

/// <summary>Triggers and rules: what they write must stay in the tenant of the row that fired them, and out of unprotected tables.</summary>
internal static class TriggerChecks
{
    public static IEnumerable<RlsFinding> Judge(RlsScene scene)
    {
        HashSet<string> told = [];
        foreach (RlsTrigger trigger in scene.Graph.Catalog.Triggers.Where(trigger => trigger.Enabled))
        {
            if (scene.Graph.Relation(trigger.Relation) is { } table && scene.Graph.Routine(trigger.Routine) is { } routine && !RlsGraph.IsManaged(routine.Schema))
            {
                foreach (RlsRoutine part in scene.Graph.Closure([routine.Oid]))
                {
                    foreach (string fault in Faults(scene, table, scene.Graph.Reading(part).Tokens).Where(fault => told.Add(part.Signature + fault)))
                    {
                        yield return Fail(RlsChecks.Trigger, part.Signature, $"{part.Signature}, run by trigger \"{trigger.Name}\" on {table.FullName}, {fault}.", $"Take the tenant from NEW.{Tenant(scene, table) ?? "tenant"} in every statement of {part.Signature}.") with { Relation = table };
                    }
                }
            }
        }

        foreach (RlsRelation table in scene.OwnRelations)
        {
            foreach (RlsRule rule in table.Rules)
            {
                IReadOnlyList<SqlToken> tokens = SqlLexer.Read(rule.Definition);
                int start = tokens.ToList().FindIndex(token => token.Is("do"));
                foreach (string fault in Faults(scene, table, [.. tokens.Skip(start + 1)]).Where(fault => told.Add(rule.Name + fault)))
                {
                    yield return Fail(RlsChecks.Trigger, table, $"Rule \"{rule.Name}\" on {table.FullName} {fault}.", $"drop rule {Quote(rule.Name)} on {Sql(table)};");
                }
            }
        }
    }

    private static IEnumerable<string> Faults(RlsScene scene, RlsRelation source, IReadOnlyList<SqlToken> tokens)
    {
        string? tenant = Tenant(scene, source);
        for (int i = 0; i + 2 < tokens.Count; i++)
        {
            bool insert = tokens[i].Is("insert") && tokens[i + 1].Is("into");
            bool update = tokens[i].Is("update") && tokens[i + 1].IsName && !tokens[i + 1].Is("of") && (i == 0 || !(tokens[i - 1].Is("for") || tokens[i - 1].Is("do") || tokens[i - 1].Is("or") || tokens[i - 1].Is("after") || tokens[i - 1].Is("on")));
            bool delete = tokens[i].Is("delete") && tokens[i + 1].Is("from");
            if (!insert && !update && !delete)
            {
                continue;
            }

            int at = update ? i + 1 : i + 2;
            RlsRelation? target = Resolve(scene, tokens, ref at);
            if (target is null)
            {
                continue;
            }

            int end = at;
            while (end < tokens.Count && !tokens[end].Is(';'))
            {
                end++;
            }

            List<SqlToken> statement = [.. tokens.Skip(at).Take(end - at)];
            string? fault = insert ? InsertFault(scene, target, statement, tenant, tokens) : WriteFault(scene, target, statement, tenant, update ? "updates" : "deletes");
            if (fault is not null)
            {
                yield return fault;
            }
        }
    }

    private static string? InsertFault(RlsScene scene, RlsRelation target, List<SqlToken> statement, string? tenant, IReadOnlyList<SqlToken> body)
    {
        List<string> readers = [.. scene.ApiRoles.Where(role => target.HoldsAny(role, "SELECT"))];
        bool open = target.IsTable && readers.Count > 0 && (!target.RowSecurity || (!scene.IsTenant(target) && readers.Any(role => scene.Graph.Applicable(target, role, "r").Any(policy => policy.Permissive && policy.Using == "true"))));
        if (open && tenant is not null)
        {
            return $"copies rows of tenants into {target.FullName}, which {List(readers)} can read without a tenant policy";
        }

        if (tenant is null || scene.Model.Find(target.Oid) is not { Path: TenantPath.Column, Column: { } column } || statement.Count == 0)
        {
            return null;
        }

        int at = 0;
        List<List<SqlToken>> columns = statement[0].Is('(') ? Items(statement, ref at) : [.. target.Columns.Select(own => new List<SqlToken> { new(SqlTokenKind.Word, own.Name) })];
        int place = columns.FindIndex(item => item.Count > 0 && item[0].Value == column.Name);
        if (place < 0)
        {
            return null;
        }

        while (at < statement.Count && !statement[at].Is("values") && !statement[at].Is("select"))
        {
            at++;
        }

        if (at >= statement.Count)
        {
            return null;
        }

        bool values = statement[at].Is("values");
        at++;
        List<List<SqlToken>> expressions = values ? Items(statement, ref at) : SelectList(statement, at);
        if (place >= expressions.Count)
        {
            return null;
        }

        List<SqlToken> expression = expressions[place];
        bool contrary = Contrary(statement, tenant);
        bool own = FromRow(expression, tenant) && !contrary;
        bool bound = !values && FromRow(statement, tenant) && !contrary;
        bool variable = expression.Count == 1 && expression[0].IsName && FromRow(body, tenant) && !Contrary(body, tenant);
        return own || bound || variable ? null : $"inserts into {target.FullName} with a {column.Name} that does not come from the row that fired it";
    }

    private static string? WriteFault(RlsScene scene, RlsRelation target, List<SqlToken> statement, string? tenant, string verb)
    {
        if (tenant is null || scene.Model.Find(target.Oid) is not { Path: TenantPath.Column } || Contrary(statement, tenant))
        {
            return tenant is null || scene.Model.Find(target.Oid) is null ? null : $"{verb} rows of {target.FullName} in other tenants";
        }

        int where = statement.FindLastIndex(token => token.Is("where"));
        bool bound = where >= 0 && statement.Skip(where).Any(token => token.Is("new") || token.Is("old"));
        return bound ? null : $"{verb} rows of {target.FullName} without a condition on the row that fired it";
    }

    private static string? Tenant(RlsScene scene, RlsRelation relation) => scene.Model.Find(relation.Oid)?.Column?.Name;

    private static RlsRelation? Resolve(RlsScene scene, IReadOnlyList<SqlToken> tokens, ref int at)
    {
        if (at >= tokens.Count || !tokens[at].IsName)
        {
            return null;
        }

        string? schema = null;
        string name = tokens[at++].Value;
        if (at + 1 < tokens.Count && tokens[at].Is('.'))
        {
            schema = name;
            name = tokens[at + 1].Value;
            at += 2;
        }

        return scene.Graph.Catalog.Relations.FirstOrDefault(relation => relation.Name == name && (schema is null || relation.Schema == schema));
    }

    // NEW.tenant or OLD.tenant somewhere in the expression.
    private static bool FromRow(IReadOnlyList<SqlToken> tokens, string tenant)
    {
        for (int i = 0; i + 2 < tokens.Count; i++)
        {
            if ((tokens[i].Is("new") || tokens[i].Is("old")) && tokens[i + 1].Is('.') && tokens[i + 2].Value == tenant)
            {
                return true;
            }
        }

        return false;
    }

    // "<> NEW.tenant" and the like: bound to every other tenant.
    private static bool Contrary(IReadOnlyList<SqlToken> tokens, string tenant)
    {
        for (int i = 0; i + 2 < tokens.Count; i++)
        {
            if ((tokens[i].Is("new") || tokens[i].Is("old")) && tokens[i + 1].Is('.') && tokens[i + 2].Value == tenant)
            {
                SqlToken before = i > 0 ? tokens[i - 1] : default;
                SqlToken after = i + 3 < tokens.Count ? tokens[i + 3] : default;
                if (before.Value is "<>" or "!=" || after.Value is "<>" or "!=" || (before.Is("from") && i > 1 && tokens[i - 2].Is("distinct") && !(i > 2 && tokens[i - 3].Is("not"))))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // The comma-separated items of a parenthesised list; leaves the position behind it.
    private static List<List<SqlToken>> Items(List<SqlToken> tokens, ref int at)
    {
        List<List<SqlToken>> items = [[]];
        int depth = 0;
        for (; at < tokens.Count; at++)
        {
            if (tokens[at].Is('(') && depth++ == 0)
            {
                continue;
            }

            if (tokens[at].Is(')') && --depth == 0)
            {
                at++;
                break;
            }

            if (tokens[at].Is(',') && depth == 1)
            {
                items.Add([]);
            }
            else
            {
                items[^1].Add(tokens[at]);
            }
        }

        return items;
    }

    private static List<List<SqlToken>> SelectList(List<SqlToken> tokens, int at)
    {
        List<List<SqlToken>> items = [[]];
        int depth = 0;
        for (; at < tokens.Count && !(depth == 0 && tokens[at].Is("from")); at++)
        {
            depth += tokens[at].Is('(') ? 1 : tokens[at].Is(')') ? -1 : 0;
            if (tokens[at].Is(',') && depth == 0)
            {
                items.Add([]);
            }
            else
            {
                items[^1].Add(tokens[at]);
            }
        }

        return items;
    }
}
