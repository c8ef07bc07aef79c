namespace AgentFlow.Rls.Catalog;

/// <summary>Finds the roles that requests of tenants and visitors run as.</summary>
public static class ApiRoleDiscovery
{
    private static readonly string[] s_usual = ["anon", "authenticated"];

    /// <summary>The declared ones that exist; else anon and authenticated; else the plain roles that policies are written for; else what the gateway's login becomes.</summary>
    public static IReadOnlyList<string> Find(IReadOnlyList<RlsRole> roles, IReadOnlyList<RlsPolicy> policies, IReadOnlyList<string> declared)
    {
        ArgumentNullException.ThrowIfNull(roles);
        ArgumentNullException.ThrowIfNull(policies);
        ArgumentNullException.ThrowIfNull(declared);
        HashSet<string> known = [.. roles.Select(role => role.Name)];
        if (declared.Count > 0)
        {
            return [.. declared.Where(known.Contains)];
        }

        List<string> usual = [.. s_usual.Where(known.Contains)];
        if (usual.Contains("authenticated"))
        {
            return usual;
        }

        HashSet<string> plain = [.. roles.Where(role => role is { IsSuperuser: false, BypassesRls: false, CreatesRoles: false } && !role.Name.StartsWith("pg_", StringComparison.Ordinal)).Select(role => role.Name)];
        List<string> named = [.. policies.SelectMany(policy => policy.Roles).Where(plain.Contains).Distinct().Order(StringComparer.Ordinal)];
        return named.Count > 0
            ? [.. usual.Union(named)]
            : [.. usual.Union(roles.Where(role => role is { CanLogin: true, Inherits: false, IsSuperuser: false }).SelectMany(role => role.MemberOf).Where(plain.Contains).Distinct().Order(StringComparer.Ordinal))];
    }
}
