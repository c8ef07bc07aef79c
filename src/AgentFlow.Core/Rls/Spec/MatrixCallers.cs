using AgentFlow.Rls.Access;
using AgentFlow.Rls.Principals;
using AgentFlow.Rls.Tenancy;
using AgentFlow.Rls.Text;
using AgentFlow.Rls.Tracing;

namespace AgentFlow.Rls.Spec;

/// <summary>Finds members of every role to ask for the role matrix.</summary>
public static class MatrixCallers
{
    /// <summary>Members of each role that are asked; more of them only make "some" rarer.</summary>
    public const int PerRole = 3;

    /// <summary>The principals; empty when the database has no membership that counts.</summary>
    public static async Task<IReadOnlyList<RlsPrincipal>> FindAsync(RlsScene scene, IRlsSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(session);
        if (scene.Model.Membership is not { } shape)
        {
            return [];
        }

        // Different tenants first: one member of each of three tenants says more than three of one.
        string role = shape.RoleColumn is { } column ? $"m.{SqlText.Name(column)}::text" : "'member'";
        string tenant = $"m.{SqlText.Name(shape.TenantColumn)}::text";
        string user = $"m.{SqlText.Name(shape.UserColumn)}::text";
        string sql = $"select distinct t.user_id from (select r.*, pg_catalog.row_number() over (partition by r.role order by r.nth, r.tenant) as place from "
            + $"(select {user} as user_id, {tenant} as tenant, {role} as role, pg_catalog.row_number() over (partition by {role}, {tenant} order by {user}) as nth from {SqlText.Name(shape.Table)} m where {TenantSql.IsActive(shape)}) r) t "
            + $"where t.place <= {PerRole} order by t.user_id";
        IReadOnlyList<RlsAnswer> answers = await session.RunAsync(null, [new(sql)], cancellationToken).ConfigureAwait(false);
        RlsTraceRequestBuilder builder = new(scene, new(session));
        List<RlsPrincipal> principals = [];
        foreach (string id in answers[0].Rows.Select(row => row["user_id"]).OfType<string>())
        {
            (RlsMember? member, RlsActor actor) = await builder.CallerAsync(id, null, null, cancellationToken).ConfigureAwait(false);
            principals.Add(new() { Class = "member", Role = actor.Role, UserId = id, Memberships = member!.Memberships, Forged = actor, Honest = actor });
        }

        return principals;
    }
}
