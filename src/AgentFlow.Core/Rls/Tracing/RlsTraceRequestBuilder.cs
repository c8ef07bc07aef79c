using AgentFlow.Faults;
using AgentFlow.Rls.Access;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Principals;

namespace AgentFlow.Rls.Tracing;

/// <summary>Turns what an operator types into a request: finds the table and the caller and puts the key in order.</summary>
public sealed class RlsTraceRequestBuilder(RlsScene scene, RowReader reader)
{
    /// <summary>The table named <c>table</c> or <c>schema.table</c>; a bare name is looked for in public first.</summary>
    /// <exception cref="AfFaultException">AfRlsTableNotFound.</exception>
    public static RlsRelation Table(RlsGraph graph, string name)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(name);
        IReadOnlyList<RlsRelation> all = graph.Catalog.Relations;
        return all.FirstOrDefault(relation => relation.FullName == name)
            ?? all.FirstOrDefault(relation => relation.Schema == "public" && relation.Name == name)
            ?? (all.Where(relation => relation.Name == name).ToList() is [RlsRelation only] ? only : null)
            ?? throw new AfFaultException(FaultKind.NotFound, FaultId.RlsTableNotFound, $"The database has no one table {name}.", "Write schema.table as it is spelled in the database; Get-AfRlsPolicy lists those with policies.", name);
    }

    /// <summary>Refuses a login that policies limit: what it does not see it would call missing.</summary>
    /// <exception cref="AfFaultException">AfDatabasePermissionDenied.</exception>
    public static void RequireReader(RlsFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (!facts.BypassesRls)
        {
            throw new AfFaultException(
                FaultKind.Permission, FaultId.DatabasePermissionDenied, $"The connection's role {facts.User} is itself limited by policies, so it cannot say what others should see.", "Connect as a role with BYPASSRLS that is a member of anon and authenticated, such as postgres on Supabase.", facts.User);
        }
    }

    /// <summary>The caller: a user with claims and memberships, or a visitor when there is no user.</summary>
    /// <param name="userId">User id; null for a visitor.</param>
    /// <param name="role">The API role; authenticated for a user and anon for a visitor by default.</param>
    /// <param name="claims">Claims that override or extend those that the database knows, as one JSON object; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<(RlsMember? Member, RlsActor Actor)> CallerAsync(string? userId, string? role, string? claims, CancellationToken cancellationToken)
    {
        RlsMember? member = userId is null ? null : await reader.MemberAsync(scene.Graph, scene.Model, userId, cancellationToken).ConfigureAwait(false);
        string asked = role ?? (member is null ? "anon" : scene.ApiRoles.FirstOrDefault(candidate => candidate == "authenticated") ?? scene.ApiRoles.FirstOrDefault(candidate => candidate != "anon") ?? "authenticated");
        IReadOnlyList<string> tenants = [.. (member?.Memberships ?? []).OrderByDescending(membership => membership.Active).Select(membership => membership.Tenant).Distinct()];
        PrincipalFactory factory = new(scene.Model, ClientInputs.Collect(scene.Graph, scene.Model.TenantNames), tenants, [asked]);
        RlsActor honest = (member is null ? factory.Make([], null)[^1] : factory.Make([member], null)[0]).Honest;
        return (member, claims is null ? honest : CallerClaims.Add(honest, claims));
    }

    /// <summary>The key as columns: a single value or several in the order of the primary key, or the columns by name.</summary>
    /// <exception cref="AfFaultException">AfInputInvalid.</exception>
    public IReadOnlyDictionary<string, string> Key(RlsRelation table, IReadOnlyList<string> values, IReadOnlyDictionary<string, string> named)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(named);
        if (named.Keys.FirstOrDefault(name => table.Column(name) is null) is { } unknown)
        {
            throw Invalid(table, $"{table.FullName} has no column {unknown}.", $"Its columns are {string.Join(", ", table.Columns.Select(column => column.Name))}.");
        }

        if (named.Count > 0 || values.Count == 0)
        {
            return named;
        }

        List<string> key = [.. scene.Graph.PrimaryKey(table)?.Columns.Select(number => table.Column(number)?.Name).OfType<string>() ?? []];
        return key.Count == values.Count ? key.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second)
            : throw Invalid(table, key.Count == 0 ? $"{table.FullName} has no primary key." : $"The primary key of {table.FullName} is {string.Join(", ", key)}; {values.Count} values were given.", "Name the columns: -Key @{ column = value; ... }.");
    }

    private static AfFaultException Invalid(RlsRelation table, string message, string fix) => new(FaultKind.InvalidArgument, FaultId.InputInvalid, message, fix, table.FullName);
}
