using AgentFlow.Rls.Access;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Tenancy;
using static AgentFlow.Rls.Text.SqlText;

namespace AgentFlow.Rls.Principals;

/// <summary>Samples users by the signature of their memberships (roles and states), in different tenants for each, so that the number of users does not matter.</summary>
public sealed class MemberReader(RlsScene scene)
{
    private const int MostSignatures = 40;
    private const int TenantsPerSignature = 2;

    private readonly TenantModel _model = scene.Model;

    /// <summary>The sampled users with all their memberships, and one user without any; null when every user has one.</summary>
    public async Task<(IReadOnlyList<RlsMember> Members, RlsMember? Outsider)> ReadAsync(IRlsSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (_model.Membership is not { } membership)
        {
            return await ByClaimAsync(session, cancellationToken).ConfigureAwait(false);
        }

        string user = $"m.{Name(membership.UserColumn)}";
        string tenant = $"m.{Name(membership.TenantColumn)}";
        string role = membership.RoleColumn is { } column ? $"(m.{Name(column)})::text" : "null::text";
        string kinds = $"select {user}::text as u, pg_catalog.string_agg(pg_catalog.concat_ws('/', {role}, {TenantSql.State(membership)}, ({TenantSql.IsActive(membership)})::text), ',' order by {role}, {TenantSql.State(membership)}) as s, min({tenant}::text) as t from {Name(membership.Table)} m where {user} is not null and {tenant} is not null group by 1";
        string ranked = $"select k.u, k.s, pg_catalog.row_number() over (partition by k.s, k.t order by k.u) as of_tenant, pg_catalog.dense_rank() over (partition by k.s order by k.t) as tenant_rank, pg_catalog.dense_rank() over (order by k.s) as kind from ({kinds}) k";
        string picked = $"select p.u from ({ranked}) p where p.of_tenant = 1 and p.tenant_rank <= {TenantsPerSignature} and p.kind <= {MostSignatures}";
        string rows = $"select {user}::text as u, {tenant}::text as t, {role} as r, {TenantSql.State(membership)} as s, ({TenantSql.IsActive(membership)})::text as a from {Name(membership.Table)} m where {tenant} is not null and {user}::text in ({picked})";
        RlsAnswer found = (await session.RunAsync(null, [new(rows)], cancellationToken).ConfigureAwait(false))[0];
        List<RlsMember> members =
        [
            .. found.Rows.GroupBy(row => row["u"]!).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new RlsMember
            {
                UserId = group.Key,
                Memberships = [.. group.Select(row => new RlsMembership(row["t"]!, row["r"], row["a"] == "true", row["s"]))],
            }),
        ];
        if (Users(membership) is not { } users)
        {
            return (members, null);
        }

        IReadOnlyList<RlsAnswer> answers = await session.RunAsync(
            null,
            [
                new($"select {Account(users.Table, users.Key)} from {Name(users.Table)} u where u.{Name(users.Key)}::text = any({Array(members.Select(member => member.UserId), "text")})"),
                new($"select {Account(users.Table, users.Key)} from {Name(users.Table)} u where not exists (select 1 from {Name(membership.Table)} m where {user}::text = u.{Name(users.Key)}::text) limit 1"),
            ],
            cancellationToken).ConfigureAwait(false);
        Dictionary<string, IReadOnlyDictionary<string, string?>> accounts = answers[0].Rows.GroupBy(row => row["id"]!).ToDictionary(group => group.Key, group => group.First());
        return ([.. members.Select(member => accounts.TryGetValue(member.UserId, out IReadOnlyDictionary<string, string?>? account) ? WithAccount(member, account) : member)],
            answers[1].Rows.Count > 0 ? WithAccount(new() { UserId = answers[1].Rows[0]["id"]! }, answers[1].Rows[0]) : null);
    }

    // Without a table of memberships the token says which tenant it is; one user for each value of the claims that policies read.
    private async Task<(IReadOnlyList<RlsMember> Members, RlsMember? Outsider)> ByClaimAsync(IRlsSession session, CancellationToken cancellationToken)
    {
        if (scene.Graph.Relation("auth", "users") is not { } users || users.Column("raw_app_meta_data") is null || _model.ClaimKey is not { } claim)
        {
            return ([], null);
        }

        string value = $"u.raw_app_meta_data ->> {Literal(claim)}";
        string role = _model.RoleClaim is { } key ? $"u.raw_app_meta_data ->> {Literal(key)}" : "null::text";
        string ranked = $"select {Account(users, "id")}, {value} as t, {role} as r, pg_catalog.row_number() over (partition by {value}, {role} order by u.id) as n, pg_catalog.dense_rank() over (partition by {role} order by {value}) as d from {Name(users)} u where {value} is not null";
        IReadOnlyList<RlsAnswer> answers = await session.RunAsync(
            null,
            [new($"select * from ({ranked}) s where s.n = 1 and s.d <= 3 limit 60"), new($"select {Account(users, "id")} from {Name(users)} u where {value} is null limit 1")],
            cancellationToken).ConfigureAwait(false);
        return ([.. answers[0].Rows.Select(row => WithAccount(new() { UserId = row["id"]!, Memberships = [new(row["t"]!, row["r"], true, "active")] }, row))],
            answers[1].Rows.Count > 0 ? WithAccount(new() { UserId = answers[1].Rows[0]["id"]! }, answers[1].Rows[0]) : null);
    }

    private static string Account(RlsRelation users, string key)
    {
        string Column(string name, string type) => users.Column(name) is null ? $"null::{type}" : $"u.{Name(name)}::{type}";
        return $"u.{Name(key)}::text as id, {Column("email", "text")} as email, {Column("raw_app_meta_data", "text")} as app, {Column("raw_user_meta_data", "text")} as own";
    }

    private static RlsMember WithAccount(RlsMember member, IReadOnlyDictionary<string, string?> row) =>
        member with { Email = row["email"], AppMetadata = row["app"], UserMetadata = row["own"] };

    private (RlsRelation Table, string Key)? Users(MembershipShape membership)
    {
        if (scene.Graph.Relation("auth", "users") is { } users && users.Column("id") is not null)
        {
            return (users, "id");
        }

        RlsColumn user = membership.Table.Column(membership.UserColumn)!;
        RlsConstraint? key = scene.Graph.ForeignKeys(membership.Table).FirstOrDefault(constraint => constraint.Columns.SequenceEqual([user.Number]));
        return key?.Target is { } target && scene.Graph.Relation(target) is { } table ? (table, table.Column(key.TargetColumns[0])!.Name) : null;
    }
}
