using AgentFlow.Rls.Catalog;
using static AgentFlow.Rls.Checks.Findings;

namespace AgentFlow.Rls.Checks;

/// <summary>Schemas, default privileges, sequences, and policies that a missing grant makes useless.</summary>
internal static class ReachChecks
{
    public static IEnumerable<RlsFinding> DefaultGrant(RlsScene scene)
    {
        foreach (IGrouping<(string Owner, string? Schema, string ObjectType, string Grantee), RlsDefaultPrivilege> group in scene.Graph.Catalog.Defaults
            .Where(entry => entry.Grantee == "PUBLIC" || scene.ApiRoles.Contains(entry.Grantee))
            .Where(entry => entry.Schema is null || !RlsGraph.IsManaged(entry.Schema))
            .Where(entry => entry.ObjectType is "r" or "S" or "f" or "n")
            .GroupBy(entry => (entry.Owner, entry.Schema, entry.ObjectType, entry.Grantee)))
        {
            string what = group.Key.ObjectType switch { "r" => "tables", "S" => "sequences", "f" => "functions", _ => "schemas" };
            string place = group.Key.Schema is { } schema ? $" in schema {Quote(schema)}" : string.Empty;
            string target = group.Key.Schema is { } name ? $"schema {name}" : "default privileges";
            string privileges = List(group.Select(entry => entry.Privilege).Distinct());
            yield return Warn(RlsChecks.DefaultGrant, target, $"Default privileges give {group.Key.Grantee} {privileges} on all {what} that {group.Key.Owner} makes from now on{place}.",
                $"alter default privileges for role {Quote(group.Key.Owner)}{place} revoke {privileges.ToLowerInvariant()} on {what} from {(group.Key.Grantee == "PUBLIC" ? "public" : group.Key.Grantee)};");
        }
    }

    public static IEnumerable<RlsFinding> SequenceGrant(RlsScene scene)
    {
        foreach (RlsSequence sequence in scene.Graph.Catalog.Sequences.Where(sequence => !RlsGraph.IsManaged(sequence.Schema) && sequence.SettableBy.Count > 0))
        {
            yield return Warn(RlsChecks.SequenceGrant, sequence.FullName, $"{List(sequence.SettableBy)} holds UPDATE on sequence {sequence.FullName} and can set it back, so that inserts of all tenants collide.", $"revoke update on sequence {Quote(sequence.Schema)}.{Quote(sequence.Name)} from {List(sequence.SettableBy)};");
        }
    }

    public static IEnumerable<RlsFinding> SchemaCreate(RlsScene scene)
    {
        foreach (RlsSchema schema in scene.Graph.Catalog.Schemas.Where(schema => schema.CreatableBy.Count > 0))
        {
            yield return Fail(RlsChecks.SchemaCreate, $"schema {schema.Name}", $"{List(schema.CreatableBy)} may create objects in schema {schema.Name} and so plant functions and tables that others run into.", $"revoke create on schema {Quote(schema.Name)} from {List(schema.CreatableBy)}{(schema.Grants.Any(grant => grant is { Grantee: "PUBLIC", Privilege: "CREATE" }) ? ", public" : string.Empty)};");
        }
    }

    public static IEnumerable<RlsFinding> SchemaUsage(RlsScene scene)
    {
        foreach (RlsSchema schema in scene.Graph.Catalog.Schemas.Where(schema => schema.Name == "storage" || schema.Name == "auth" || !RlsGraph.IsManaged(schema.Name)))
        {
            foreach (string role in scene.ApiRoles.Where(role => !schema.UsableBy.Contains(role)))
            {
                List<string> stranded = [.. scene.Graph.Catalog.Relations.Where(relation => relation.Schema == schema.Name && relation.Parent is null && Mentions(relation, role)).Select(relation => relation.FullName)];
                stranded.AddRange(scene.Graph.Catalog.Routines.Where(routine => routine.Schema == schema.Name && !routine.IsTrigger && routine.Grants.Any(grant => grant.Grantee == role)).Select(routine => routine.Signature));
                if (stranded.Count > 0)
                {
                    yield return Warn(RlsChecks.SchemaUsage, $"schema {schema.Name}", $"{role} has grants on {stranded.Count} objects in schema {schema.Name} but no USAGE on the schema, so every request ends in 42501 ({List(stranded.Take(3))}).", $"grant usage on schema {Quote(schema.Name)} to {role};");
                }
            }
        }
    }

    public static IEnumerable<RlsFinding> UnusedPolicy(RlsScene scene)
    {
        foreach (RlsPolicy policy in scene.Graph.Catalog.Policies.Where(policy => policy.Permissive))
        {
            if (scene.Graph.Relation(policy.Relation) is not { Parent: null } table || (table.Schema != "storage" && RlsGraph.IsManaged(table.Schema)))
            {
                continue;
            }

            List<string> roles = [.. scene.ApiRoles.Where(role => scene.Graph.AppliesTo(policy, role))];
            List<string> commands = [.. PolicyChecks.Commands.Where(command => policy.Covers(command.Command)).Select(command => command.Privilege)];
            bool expected = roles.Count > 0 && !commands.Any(command => roles.Any(role => table.HoldsAny(role, command)));
            if (expected)
            {
                yield return Warn(RlsChecks.UnusedPolicy, table, $"Policy \"{policy.Name}\" on {table.FullName} allows {policy.CommandName} to {List(policy.Roles)}, but the grant is missing: every request ends in 42501.",
                    $"grant {(policy.Command == "*" ? "select" : policy.CommandName.ToLowerInvariant())} on {Sql(table)} to {List(roles.Where(role => role != "anon" || roles.Count == 1))}; or drop the policy.");
            }
        }
    }

    public static IEnumerable<RlsFinding> HelperExecute(RlsScene scene)
    {
        HashSet<(long, string)> told = [];
        foreach (RlsPolicy policy in scene.Graph.Catalog.Policies)
        {
            if (scene.Graph.Relation(policy.Relation) is not { } table || (table.Schema != "storage" && RlsGraph.IsManaged(table.Schema)))
            {
                continue;
            }

            foreach (string role in scene.ApiRoles.Where(role => scene.Graph.AppliesTo(policy, role) && PolicyChecks.Commands.Any(command => policy.Covers(command.Command) && table.HoldsAny(role, command.Privilege))))
            {
                foreach (RlsRoutine routine in AsCaller(scene, policy.CallsRoutines).Where(routine => !routine.CallableBy.Contains(role) && told.Add((routine.Oid, role))))
                {
                    yield return Fail(RlsChecks.HelperExecute, routine.Signature, $"Policy \"{policy.Name}\" on {table.FullName} calls {routine.Signature}, which {role} may not execute: every query on the table fails with 42501.", $"grant execute on function {routine.Signature} to {role};");
                }

                foreach (RlsRelation read in policy.ReadsRelations.Select(scene.Graph.Relation).OfType<RlsRelation>().Where(read => !read.HoldsAny(role, "SELECT") && told.Add((read.Oid, role))))
                {
                    yield return Fail(RlsChecks.HelperExecute, table, $"Policy \"{policy.Name}\" on {table.FullName} reads {read.FullName}, on which {role} holds no SELECT: every query on the table fails with 42501.", $"Ask {read.FullName} through a SECURITY DEFINER helper, or: grant select on {Sql(read)} to {role};");
                }
            }
        }
    }

    public static IEnumerable<RlsFinding> SequenceUsage(RlsScene scene)
    {
        foreach (RlsSequence sequence in scene.Graph.Catalog.Sequences)
        {
            foreach (RlsSequenceUse use in sequence.DefaultOf)
            {
                if (scene.Graph.Relation(use.Relation) is not { } table || RlsGraph.IsManaged(table.Schema) || table.Column(use.Column)?.Identity.Length > 0)
                {
                    continue;
                }

                foreach (string role in scene.ApiRoles.Where(role => table.HoldsAny(role, "INSERT") && !sequence.UsableBy.Contains(role) && scene.Graph.Applicable(table, role, "a").Any(policy => policy.Permissive)))
                {
                    yield return Warn(RlsChecks.SequenceUsage, sequence.FullName, $"{role} may insert into {table.FullName}, whose {table.Column(use.Column)?.Name} takes from {sequence.FullName}, but holds no USAGE on the sequence: inserts end in 42501.", $"grant usage on sequence {Quote(sequence.Schema)}.{Quote(sequence.Name)} to {role};");
                }
            }
        }
    }

    // What runs with the caller's own rights: the routines of the policy and, through invoker ones, what they call.
    private static IEnumerable<RlsRoutine> AsCaller(RlsScene scene, IEnumerable<long> routines)
    {
        HashSet<long> seen = [];
        Queue<RlsRoutine> open = new(routines.Select(scene.Graph.Routine).OfType<RlsRoutine>());
        while (open.TryDequeue(out RlsRoutine? routine))
        {
            if (seen.Add(routine.Oid))
            {
                yield return routine;
                foreach (RlsRoutine called in routine.Definer || RlsGraph.IsManaged(routine.Schema) ? [] : scene.Graph.Calls(routine))
                {
                    open.Enqueue(called);
                }
            }
        }
    }

    private static bool Mentions(RlsRelation relation, string role) => relation.Grants.Any(grant => grant.Grantee == role) || relation.Columns.Any(column => column.Grants.Any(grant => grant.Grantee == role));
}
