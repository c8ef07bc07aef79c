using AgentFlow.Rls.Catalog;
using static AgentFlow.Rls.Checks.Findings;

namespace AgentFlow.Rls.Checks;

/// <summary>Row security switches, coverage of granted commands, and owners.</summary>
internal static class TableChecks
{
    private static readonly (string Privilege, string Command)[] s_commands = [("SELECT", "r"), ("INSERT", "a"), ("UPDATE", "w"), ("DELETE", "d")];

    public static IEnumerable<RlsFinding> RowSecurity(RlsScene scene)
    {
        foreach (RlsRelation table in scene.Graph.Catalog.Relations.Where(table => table.IsTable && !table.RowSecurity && (table.Schema == "storage" || !RlsGraph.IsManaged(table.Schema))))
        {
            List<string> reaching = [.. scene.ApiRoles.Where(role => s_commands.Any(command => table.HoldsAny(role, command.Privilege)))];
            int dormant = scene.Graph.Policies(table).Count();
            string fix = $"alter table {Sql(table)} enable row level security;" + (dormant > 0 ? string.Empty : " Then add policies for the commands that are granted, or revoke the grants.");
            string policies = dormant > 0 ? $" Its {dormant} policies are dormant." : string.Empty;
            if (reaching.Count > 0 && (scene.IsTenant(table) || table.Schema == "storage"))
            {
                yield return Fail(RlsChecks.RowSecurity, table, $"Row security is off on {table.FullName} and {List(reaching)} can reach it.{policies}", fix, "row security on", "off");
            }
            else if (reaching.Count > 0)
            {
                yield return Warn(RlsChecks.RowSecurity, table, $"Row security is off on {table.FullName}, which {List(reaching)} can reach.{policies}", fix);
            }
            else if (dormant > 0)
            {
                yield return Warn(RlsChecks.RowSecurity, table, $"Row security is off on {table.FullName}; nobody reaches it yet.{policies}", fix);
            }
        }
    }

    public static IEnumerable<RlsFinding> Coverage(RlsScene scene)
    {
        foreach (RlsRelation table in scene.Graph.Catalog.Relations.Where(table => table.IsTable && table.RowSecurity && (table.Schema == "storage" || !RlsGraph.IsManaged(table.Schema))))
        {
            foreach (string role in scene.ApiRoles.Where(role => role != "anon" && !table.Holds(role, "TRUNCATE")))
            {
                List<string> gaps = [];
                List<string> others = [];
                foreach ((string privilege, string command) in s_commands.Where(command => table.HoldsAny(role, command.Privilege)))
                {
                    List<RlsPolicy> covering = [.. scene.Graph.Policies(table).Where(policy => policy.Covers(command))];
                    if (!covering.Any(policy => policy.Permissive && scene.Graph.AppliesTo(policy, role)))
                    {
                        gaps.Add(privilege);
                        others.AddRange(covering.Select(policy => policy.Permissive ? $"policy \"{policy.Name}\" is for {List(policy.Roles)}" : $"policy \"{policy.Name}\" is restrictive and lets nothing in by itself"));
                    }
                }

                if (gaps.Count > 0)
                {
                    string more = others.Count > 0 ? $" ({List(others.Distinct())})" : string.Empty;
                    yield return Warn(RlsChecks.Coverage, table, $"{role} holds {List(gaps)} on {table.FullName}, but no permissive policy lets a row pass{more}.",
                        $"Add a policy on {Sql(table)} for {List(gaps)} to {role}, or revoke the grant: revoke {List(gaps).ToLowerInvariant()} on {Sql(table)} from {role};");
                }
            }
        }
    }

    public static IEnumerable<RlsFinding> Ownership(RlsScene scene)
    {
        foreach (RlsRelation table in scene.OwnRelations.Where(table => table.Kind is "r" or "p" or "m"))
        {
            RlsRole? owner = scene.Graph.Role(table.Owner);
            string? api = scene.ApiRoles.FirstOrDefault(role => role == table.Owner || scene.Graph.Role(role)?.MemberOf.Contains(table.Owner) == true);
            if (api is not null)
            {
                yield return Fail(RlsChecks.Ownership, table, $"{table.FullName} belongs to {table.Owner}, which {api} {(api == table.Owner ? "is" : "can become")}: an owner is exempt from its policies and may drop them.",
                    $"alter table {Sql(table)} owner to postgres;");
            }
            else if (table.RowSecurity && !table.Forced && owner is { CanLogin: true, IsSuperuser: false, BypassesRls: false })
            {
                yield return Warn(RlsChecks.Ownership, table, $"{table.FullName} belongs to the login role {table.Owner} and does not force row security on its owner.", $"alter table {Sql(table)} force row level security;");
            }
        }
    }
}
