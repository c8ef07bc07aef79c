using AgentFlow.Checks;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Principals;
using AgentFlow.Rls.Tenancy;
using AgentFlow.Rls.Text;
using static AgentFlow.Rls.Checks.Findings;

namespace AgentFlow.Rls.Checks;

/// <summary>What a policy's own text, and the routines behind it, give away.</summary>
internal static class PolicyChecks
{
    private static readonly string[] s_sessionNames = ["session_user", "inet_client_addr", "inet_client_port", "pg_backend_pid"];

    public static IEnumerable<RlsFinding> AlwaysTrue(RlsScene scene)
    {
        foreach ((RlsPolicy policy, RlsRelation table) in Reaching(scene).Where(pair => pair.Policy.Permissive && scene.IsTenant(pair.Table)))
        {
            string? part = policy.Using == "true" ? "USING" : policy.Check == "true" ? "WITH CHECK" : null;
            bool floored = scene.ApiRoles.Where(role => scene.Graph.AppliesTo(policy, role)).All(role =>
                scene.Graph.Policies(table).Any(floor => !floor.Permissive && (floor.Command == "*" || floor.Command == policy.Command) && scene.Graph.AppliesTo(floor, role) && floor.Using != "true"));
            if (part is not null && !floored)
            {
                yield return Fail(RlsChecks.AlwaysTrue, table, $"Policy \"{policy.Name}\" on {table.FullName} has {part} (true) for {policy.CommandName} to {List(policy.Roles)}: every row of every tenant passes.",
                    $"alter policy {Quote(policy.Name)} on {Sql(table)} {(part == "USING" ? "using" : "with check")} (<condition on {scene.Model.Find(table.Oid)?.Column?.Name ?? "the tenant"}>);");
            }
        }
    }

    public static IEnumerable<RlsFinding> SelfComparison(RlsScene scene)
    {
        HashSet<long> told = [];
        foreach ((RlsPolicy policy, RlsRelation table) in Reaching(scene))
        {
            if (scene.Reading(policy).SelfComparison() is { } column)
            {
                yield return Fail(RlsChecks.SelfComparison, table, $"Policy \"{policy.Name}\" on {table.FullName} compares {column} with itself: the name was captured by the inner table, so the condition says nothing about the row.",
                    $"Qualify the outer column in {Quote(policy.Name)}: {table.Name}.{column.Split('.')[^1]}.");
            }

            foreach (RlsRoutine helper in scene.Graph.Helpers(policy).Where(helper => scene.Graph.Reading(helper).SelfComparison() is not null && told.Add(helper.Oid)))
            {
                yield return Fail(RlsChecks.SelfComparison, helper.Signature, $"{helper.Signature}, behind policy \"{policy.Name}\" on {table.FullName}, compares {scene.Graph.Reading(helper).SelfComparison()} with itself: an argument of the same name is hidden by the column.",
                    "Rename the argument, or refer to it as function_name.argument_name.");
            }
        }
    }

    public static IEnumerable<RlsFinding> UserMetadata(RlsScene scene)
    {
        HashSet<long> told = [];
        foreach ((RlsPolicy policy, RlsRelation table) in Reaching(scene))
        {
            if (ClientInputs.ReadsUserMetadata(scene.Reading(policy)))
            {
                yield return Fail(RlsChecks.ClientInput, table, $"Policy \"{policy.Name}\" on {table.FullName} reads user_metadata, which every user can edit.", "Decide by the membership table, or by app_metadata that only the server writes.");
            }

            foreach (RlsRoutine helper in scene.Graph.Helpers(policy).Where(helper => ClientInputs.ReadsUserMetadata(scene.Graph.Reading(helper)) && told.Add(helper.Oid)))
            {
                yield return Fail(RlsChecks.ClientInput, helper.Signature, $"{helper.Signature}, behind policy \"{policy.Name}\" on {table.FullName}, reads user metadata, which every user can edit.", "Decide by the membership table, or by app_metadata that only the server writes.");
            }
        }
    }

    public static IEnumerable<RlsFinding> Literal(RlsScene scene)
    {
        HashSet<long> told = [];
        foreach ((RlsPolicy policy, RlsRelation table) in Reaching(scene))
        {
            if (Backdoor(scene.Reading(policy), scene.Model, scene.Model.Find(table.Oid)) is { } what)
            {
                yield return Fail(RlsChecks.Literal, table, $"Policy \"{policy.Name}\" on {table.FullName} has {what} written into it.", $"Remove it from {Quote(policy.Name)}; give staff a role or a membership that can be revoked.");
            }

            foreach (RlsRoutine helper in scene.Graph.Helpers(policy).Where(helper => !told.Contains(helper.Oid)))
            {
                if (Backdoor(scene.Graph.Reading(helper), scene.Model, null) is { } inside)
                {
                    told.Add(helper.Oid);
                    yield return Fail(RlsChecks.Literal, helper.Signature, $"{helper.Signature}, behind policy \"{policy.Name}\" on {table.FullName}, has {inside} written into it.", "Remove it; give staff a role or a membership that can be revoked.");
                }
            }
        }
    }

    public static IEnumerable<RlsFinding> Floor(RlsScene scene)
    {
        foreach (RlsPolicy policy in scene.Graph.Catalog.Policies.Where(policy => !policy.Permissive && !scene.ApiRoles.Any(role => scene.Graph.AppliesTo(policy, role))))
        {
            if (scene.Graph.Relation(policy.Relation) is { } table && scene.ApiRoles.Any(role => Commands.Any(command => table.HoldsAny(role, command.Privilege))))
            {
                yield return Warn(RlsChecks.Floor, table, $"The restrictive policy \"{policy.Name}\" on {table.FullName} is for {List(policy.Roles)}, so it restricts nobody who calls.", $"alter policy {Quote(policy.Name)} on {Sql(table)} to {List(scene.ApiRoles.Where(role => role != "anon"))};");
            }
        }
    }

    public static IEnumerable<RlsFinding> AnonPolicy(RlsScene scene)
    {
        foreach ((RlsPolicy policy, RlsRelation table) in Reaching(scene).Where(pair => pair.Policy.Permissive && scene.IsTenant(pair.Table) && !RlsGraph.IsManaged(pair.Table.Schema)))
        {
            if (scene.ApiRoles.Contains("anon") && scene.Graph.AppliesTo(policy, "anon") && Commands.Any(command => policy.Covers(command.Command) && table.HoldsAny("anon", command.Privilege))
                && !scene.AsksForCaller(scene.Reading(policy)))
            {
                yield return Fail(RlsChecks.AnonPolicy, table, $"Policy \"{policy.Name}\" on {table.FullName} lets anonymous visitors {policy.CommandName} rows of tenants, and anon holds the grant.", $"alter policy {Quote(policy.Name)} on {Sql(table)} to authenticated; revoke all on {Sql(table)} from anon;");
            }
        }
    }

    public static IEnumerable<RlsFinding> SessionBound(RlsScene scene)
    {
        foreach ((RlsPolicy policy, RlsRelation table) in Reaching(scene))
        {
            List<SqlReading> texts = [scene.Reading(policy), .. scene.Graph.Helpers(policy).Select(scene.Graph.Reading)];
            string? name = s_sessionNames.FirstOrDefault(session => texts.Any(text => text.Mentions(session))) ?? (texts.Any(text => text.SettingsRead().Contains("application_name")) ? "application_name" : null);
            if (name is not null)
            {
                yield return new(RlsChecks.SessionBound, table.FullName, CheckFinding.Inconclusive($"Policy \"{policy.Name}\" on {table.FullName} depends on {name}, which acting as a tenant inside this session does not reproduce.", "Decide by the request's claims, or test this policy over the API.")) { Relation = table };
            }
        }
    }

    internal static readonly (string Privilege, string Command)[] Commands = [("SELECT", "r"), ("INSERT", "a"), ("UPDATE", "w"), ("DELETE", "d")];

    /// <summary>Policies that some API role runs into, with their table.</summary>
    internal static IEnumerable<(RlsPolicy Policy, RlsRelation Table)> Reaching(RlsScene scene)
    {
        foreach (RlsPolicy policy in scene.Graph.Catalog.Policies)
        {
            if (scene.Graph.Relation(policy.Relation) is { } table && (table.Schema == "storage" || !RlsGraph.IsManaged(table.Schema)) && scene.ApiRoles.Any(role => scene.Graph.AppliesTo(policy, role)))
            {
                yield return (policy, table);
            }
        }
    }

    private static string? Backdoor(SqlReading reading, TenantModel model, TenantRelation? relation)
    {
        foreach (string literal in reading.Literals())
        {
            if (Guid.TryParse(literal, out Guid id) && id != Guid.Empty && id != Guid.AllBitsSet && literal.Length >= 32)
            {
                return "one identity or tenant";
            }

            int at = literal.IndexOf('@', StringComparison.Ordinal);
            if (at >= 0 && literal.IndexOf('.', at) > at)
            {
                return "an e-mail address or domain";
            }
        }

        if (model.TenantType == "uuid" && model.UserType == "uuid")
        {
            return null;
        }

        HashSet<string> names = [.. model.TenantNames, .. relation is { Column: { } column } ? [column.Name] : Array.Empty<string>(), .. relation?.UserColumns.Select(user => user.Name) ?? []];
        for (int i = 0; i + 2 < reading.Tokens.Count; i++)
        {
            bool compared = reading.Tokens[i].IsName && names.Contains(reading.Tokens[i].Value) && reading.Tokens[i + 1].Kind == SqlTokenKind.Symbol && reading.Tokens[i + 1].Value == "=";
            SqlToken value = reading.Tokens[i + 2].Is('(') && i + 3 < reading.Tokens.Count ? reading.Tokens[i + 3] : reading.Tokens[i + 2];
            if (compared && (value.Kind == SqlTokenKind.Number || (value.Kind == SqlTokenKind.Text && long.TryParse(value.Value, out long _))))
            {
                return "one identity or tenant";
            }
        }

        return null;
    }
}
