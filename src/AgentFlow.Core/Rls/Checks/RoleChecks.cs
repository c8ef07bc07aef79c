using AgentFlow.Rls.Catalog;
using static AgentFlow.Rls.Checks.Findings;

namespace AgentFlow.Rls.Checks;

/// <summary>What the API roles are and what they can become.</summary>
internal static class RoleChecks
{
    public static IEnumerable<RlsFinding> Attributes(RlsScene scene)
    {
        foreach (RlsRole role in scene.ApiRoles.Select(scene.Graph.Role).OfType<RlsRole>())
        {
            List<string> attributes = [.. new[] { (role.IsSuperuser, "SUPERUSER"), (role.BypassesRls, "BYPASSRLS"), (role.CreatesRoles, "CREATEROLE"), (role.CreatesDatabases, "CREATEDB"), (role.Replicates, "REPLICATION"), (role.CanLogin, "LOGIN") }.Where(pair => pair.Item1).Select(pair => pair.Item2)];
            if (attributes.Count > 0)
            {
                string reason = $"The API role {role.Name} has {List(attributes)}{(role.IsSuperuser || role.BypassesRls ? ": no policy applies to it" : string.Empty)}.";
                string fix = $"alter role {Quote(role.Name)} {string.Join(' ', attributes.Select(attribute => "no" + attribute.ToLowerInvariant()))};";
                yield return attributes is ["LOGIN"] ? Warn(RlsChecks.RoleAttributes, $"role {role.Name}", reason, fix) : Fail(RlsChecks.RoleAttributes, $"role {role.Name}", reason, fix);
            }
        }
    }

    public static IEnumerable<RlsFinding> Closure(RlsScene scene)
    {
        HashSet<string> owners = [.. scene.OwnRelations.Where(relation => relation.IsTable).Select(relation => relation.Owner)];
        foreach (RlsRole role in scene.ApiRoles.Select(scene.Graph.Role).OfType<RlsRole>())
        {
            foreach (RlsRole reached in role.MemberOf.Select(scene.Graph.Role).OfType<RlsRole>())
            {
                string? why = reached.IsSuperuser ? "a superuser"
                    : reached.BypassesRls ? "exempt from all policies (BYPASSRLS)"
                    : reached.Name.StartsWith("pg_", StringComparison.Ordinal) ? "a predefined role that reaches beyond table grants"
                    : owners.Contains(reached.Name) ? "the owner of tables and so exempt from their policies"
                    : reached.CreatesRoles ? "allowed to change roles"
                    : role.Name == "anon" && scene.ApiRoles.Contains(reached.Name) ? "the role of signed-in users"
                    : null;
                if (why is not null)
                {
                    yield return Fail(RlsChecks.RoleClosure, $"role {role.Name}", $"The API role {role.Name} can become {reached.Name}, which is {why}.", $"revoke {Quote(reached.Name)} from {Quote(role.Name)};");
                }
            }
        }
    }

    public static IEnumerable<RlsFinding> Gateway(RlsScene scene)
    {
        foreach (RlsRole role in scene.Graph.Catalog.Roles.Where(role => role is { CanLogin: true, IsSuperuser: false, CreatesRoles: false } && role.MemberOf.Any(scene.ApiRoles.Contains)))
        {
            if (role.BypassesRls)
            {
                yield return Fail(RlsChecks.Gateway, $"role {role.Name}", $"The login role {role.Name}, which becomes the API roles, has BYPASSRLS.", $"alter role {Quote(role.Name)} nobypassrls;");
            }
            else if (role.Inherits)
            {
                yield return Fail(RlsChecks.Gateway, $"role {role.Name}", $"The login role {role.Name} inherits the rights of {List(role.MemberOf.Order())} without SET ROLE: a request that skips it runs with all of them.", $"alter role {Quote(role.Name)} noinherit;");
            }
        }
    }
}
