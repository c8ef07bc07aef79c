using AgentFlow.Rls.Catalog;
using static AgentFlow.Rls.Checks.Findings;

namespace AgentFlow.Rls.Checks;

/// <summary>Table and column grants.</summary>
internal static class GrantChecks
{
    private static readonly string[] s_dangerous = ["TRUNCATE", "REFERENCES", "TRIGGER"];
    private static readonly string[] s_privileges = ["SELECT", "INSERT", "UPDATE", "DELETE"];

    public static IEnumerable<RlsFinding> AnonGrant(RlsScene scene)
    {
        foreach (RlsRelation relation in scene.OwnRelations.Where(relation => scene.IsTenant(relation) || scene.Graph.Lineage(relation).Any(scene.IsTenant)))
        {
            List<string> held = [.. s_privileges.Where(privilege => relation.HoldsAny("anon", privilege))];
            if (held.Count > 0 && scene.ApiRoles.Contains("anon"))
            {
                yield return Warn(RlsChecks.AnonGrant, relation, $"Anonymous visitors (anon) hold {List(held)} on {relation.FullName}, which has rows of tenants.", $"revoke all on {Sql(relation)} from anon;");
            }
        }
    }

    public static IEnumerable<RlsFinding> PublicGrant(RlsScene scene)
    {
        foreach (RlsRelation relation in scene.OwnRelations)
        {
            List<string> held = [.. relation.Grants.Concat(relation.Columns.SelectMany(column => column.Grants)).Where(grant => grant.Grantee == "PUBLIC").Select(grant => grant.Privilege).Distinct()];
            if (held.Count > 0)
            {
                yield return Warn(RlsChecks.PublicGrant, relation, $"PUBLIC, which is every role there is or will be, holds {List(held)} on {relation.FullName}.", $"revoke all on {Sql(relation)} from public;");
            }
        }
    }

    public static IEnumerable<RlsFinding> DangerousGrant(RlsScene scene)
    {
        foreach (RlsRelation table in scene.OwnRelations.Where(table => table.IsTable))
        {
            foreach (string role in scene.ApiRoles)
            {
                List<string> held = [.. s_dangerous.Where(privilege => table.Holds(role, privilege))];
                held.AddRange(table.Columns.SelectMany(column => column.Grants).Where(grant => grant.Grantee == role && grant.Privilege == "REFERENCES").Select(grant => grant.Privilege).Take(1).Where(privilege => !held.Contains(privilege)));
                if (held.Contains("TRUNCATE"))
                {
                    yield return Fail(RlsChecks.DangerousGrant, table, $"{role} holds {List(held)} on {table.FullName}; TRUNCATE empties the table of all tenants, whatever its policies say.", $"revoke {List(held).ToLowerInvariant()} on {Sql(table)} from {role};");
                }
                else if (held.Count > 0)
                {
                    yield return Warn(RlsChecks.DangerousGrant, table, $"{role} holds {List(held)} on {table.FullName}: keys and triggers of its own see rows that policies hide.", $"revoke {List(held).ToLowerInvariant()} on {Sql(table)} from {role};");
                }
            }
        }
    }

    public static IEnumerable<RlsFinding> GrantOption(RlsScene scene)
    {
        bool IsTenants(RlsGrantEntry grant) => grant.Grantable && (grant.Grantee == "PUBLIC" || scene.ApiRoles.Contains(grant.Grantee));
        foreach (RlsRelation relation in scene.Graph.Catalog.Relations)
        {
            foreach (IGrouping<string, RlsGrantEntry> grants in relation.Grants.Concat(relation.Columns.SelectMany(column => column.Grants)).Where(IsTenants).GroupBy(grant => grant.Grantee))
            {
                string privileges = List(grants.Select(grant => grant.Privilege).Distinct());
                yield return Warn(RlsChecks.GrantOption, relation, $"{grants.Key} may pass {privileges} on {relation.FullName} on to others.", $"revoke grant option for {privileges.ToLowerInvariant()} on {Sql(relation)} from {grants.Key};");
            }
        }

        foreach (RlsSchema schema in scene.Graph.Catalog.Schemas)
        {
            foreach (RlsGrantEntry grant in schema.Grants.Where(IsTenants))
            {
                yield return Warn(RlsChecks.GrantOption, $"schema {schema.Name}", $"{grant.Grantee} may pass {grant.Privilege} on schema {schema.Name} on to others.", $"revoke grant option for {grant.Privilege.ToLowerInvariant()} on schema {Quote(schema.Name)} from {grant.Grantee};");
            }
        }

        foreach (RlsRoutine routine in scene.OwnRoutines.Where(routine => routine.Grants.Any(IsTenants)))
        {
            yield return Warn(RlsChecks.GrantOption, routine.Signature, $"{List(routine.Grants.Where(IsTenants).Select(grant => grant.Grantee))} may pass EXECUTE on {routine.Signature} on to others.", $"revoke grant option for execute on function {routine.Signature} from {routine.Grants.First(IsTenants).Grantee};");
        }
    }

    public static IEnumerable<RlsFinding> AuthGrant(RlsScene scene)
    {
        foreach (RlsRelation relation in scene.Graph.Catalog.Relations.Where(relation => relation.Schema is "auth" or "vault"))
        {
            foreach (string role in scene.ApiRoles)
            {
                List<string> held = [.. s_privileges.Where(privilege => relation.HoldsAny(role, privilege))];
                if (held.Count > 0)
                {
                    yield return Fail(RlsChecks.AuthGrant, relation, $"{role} holds {List(held)} on {relation.FullName}, which has the identities of all tenants.", $"revoke all on {Sql(relation)} from {role};");
                }
            }
        }
    }

    public static IEnumerable<RlsFinding> SecretColumn(RlsScene scene)
    {
        foreach (RlsRelation relation in scene.OwnRelations)
        {
            foreach (RlsColumn column in relation.Columns.Where(column => scene.IsSecret(relation, column)))
            {
                List<string> readers = [.. scene.ApiRoles.Where(column.Select.Contains)];
                if (readers.Count > 0)
                {
                    yield return Fail(RlsChecks.SecretColumn, relation, $"{List(readers)} can read {relation.FullName}.{column.Name}, which by its name holds a credential.",
                        $"revoke select on {Sql(relation)} from {List(readers)}; grant select ({List(relation.Columns.Where(other => !scene.IsSecret(relation, other)).Select(other => Quote(other.Name)))}) on {Sql(relation)} to {List(readers)};", "no API role reads it", List(readers));
                }
            }
        }
    }

    public static IEnumerable<RlsFinding> ColumnList(RlsScene scene)
    {
        foreach (RlsRelation relation in scene.OwnRelations)
        {
            foreach (IGrouping<(string Grantee, string Privilege), RlsGrantEntry> list in relation.Columns.SelectMany(column => column.Grants).Where(grant => scene.ApiRoles.Contains(grant.Grantee)).GroupBy(grant => (grant.Grantee, grant.Privilege)))
            {
                if (relation.Grants.Any(grant => grant.Privilege == list.Key.Privilege && (grant.Grantee == list.Key.Grantee || grant.Grantee == "PUBLIC")) && list.Count() < relation.Columns.Count)
                {
                    yield return Warn(RlsChecks.ColumnList, relation, $"{list.Key.Grantee} has {list.Key.Privilege} on a list of {list.Count()} columns of {relation.FullName} and on the whole table: the list limits nothing.", $"revoke {list.Key.Privilege.ToLowerInvariant()} on {Sql(relation)} from {list.Key.Grantee}; then grant the column list again, because revoking from the table takes it too.");
                }
            }
        }
    }
}
