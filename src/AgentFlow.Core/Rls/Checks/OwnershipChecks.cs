using AgentFlow.Rls.Catalog;
using static AgentFlow.Rls.Checks.Findings;

namespace AgentFlow.Rls.Checks;

/// <summary>What belongs to the operator of the platform: feeds, system tables, global tables.</summary>
internal static class OwnershipChecks
{
    private static readonly (string Privilege, string Command)[] s_writes = [("INSERT", "a"), ("UPDATE", "w"), ("DELETE", "d")];

    public static IEnumerable<RlsFinding> Publication(RlsScene scene)
    {
        foreach (RlsPublication publication in scene.Graph.Catalog.Publications)
        {
            if (publication.AllTables)
            {
                yield return Warn(RlsChecks.Publication, $"publication {publication.Name}", $"Publication {publication.Name} feeds every table there is and will be, those with secrets included.", $"drop publication {Quote(publication.Name)}; create publication {Quote(publication.Name)} for table <the tables that clients listen to>;");
                continue;
            }

            IEnumerable<(RlsRelation Table, IReadOnlyList<int> Columns)> tables = publication.Tables
                .Select(entry => (Table: scene.Graph.Relation(entry.Relation), entry.Columns)).Where(entry => entry.Table is not null).Select(entry => (entry.Table!, entry.Columns))
                .Concat(scene.Graph.Catalog.Relations.Where(relation => relation.IsTable && publication.Schemas.Contains(relation.Schema)).Select(relation => (relation, (IReadOnlyList<int>)[])));
            foreach ((RlsRelation table, IReadOnlyList<int> columns) in tables)
            {
                List<string> secrets = [.. table.Columns.Where(column => (columns.Count == 0 || columns.Contains(column.Number)) && scene.IsSecret(table, column)).Select(column => column.Name)];
                if (secrets.Count > 0 || table.Schema is "auth" or "vault")
                {
                    yield return Warn(RlsChecks.Publication, table, $"Publication {publication.Name} feeds {table.FullName} with {(secrets.Count > 0 ? List(secrets) : "identities")}.", $"alter publication {Quote(publication.Name)} drop table {Sql(table)};");
                }
                else if (!scene.ApiRoles.Any(role => table.HoldsAny(role, "SELECT")))
                {
                    yield return Warn(RlsChecks.Publication, table, $"Publication {publication.Name} feeds {table.FullName}, which no API role may read.", $"alter publication {Quote(publication.Name)} drop table {Sql(table)};");
                }
            }
        }
    }

    public static IEnumerable<RlsFinding> SystemOwned(RlsScene scene)
    {
        foreach (RlsRelation table in scene.OwnRelations.Where(table => table.IsTable && scene.IsSystemOwned(table)))
        {
            foreach (string role in scene.ApiRoles)
            {
                List<string> open = [];
                List<string> policies = [];
                foreach ((string privilege, string command) in s_writes.Where(write => table.HoldsAny(role, write.Privilege)))
                {
                    List<RlsPolicy> letting = [.. scene.Graph.Applicable(table, role, command).Where(policy => policy.Permissive)];
                    if (!table.RowSecurity || letting.Count > 0)
                    {
                        open.Add(privilege);
                        policies.AddRange(letting.Select(policy => $"\"{policy.Name}\""));
                    }
                }

                if (open.Count > 0)
                {
                    yield return Fail(RlsChecks.SystemOwned, table, $"{role} can {List(open)} {table.FullName}{(policies.Count > 0 ? $" by policy {List(policies.Distinct())}" : string.Empty)}; only the platform should write usage, billing and audit rows.", $"revoke {List(open).ToLowerInvariant()} on {Sql(table)} from {role};");
                }
            }
        }
    }

    public static IEnumerable<RlsFinding> GlobalWrite(RlsScene scene)
    {
        HashSet<long> referenced = [.. scene.Graph.Catalog.Constraints.Where(constraint => constraint.Target is not null).Select(constraint => constraint.Target!.Value)];
        foreach (RlsRelation table in scene.OwnRelations.Where(table => table is { IsTable: true, RowSecurity: true } && !scene.IsTenant(table)))
        {
            foreach (RlsPolicy policy in scene.Graph.Policies(table).Where(policy => policy.Permissive && (policy.Using == "true" || policy.EffectiveCheck == "true")))
            {
                foreach (string role in scene.ApiRoles.Where(role => scene.Graph.AppliesTo(policy, role)))
                {
                    List<string> open = [.. s_writes.Where(write => policy.Covers(write.Command) && table.HoldsAny(role, write.Privilege) && (write.Command != "a" || referenced.Contains(table.Oid))).Select(write => write.Privilege)];
                    if (open.Count > 0)
                    {
                        yield return Fail(RlsChecks.GlobalWrite, table, $"Policy \"{policy.Name}\" lets {role} {List(open)} any row of {table.FullName}, which all tenants share.", $"revoke {List(open).ToLowerInvariant()} on {Sql(table)} from {role};");
                    }
                }
            }
        }
    }
}
