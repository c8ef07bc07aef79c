using AgentFlow.Rls.Access;
using AgentFlow.Rls.Principals;
using AgentFlow.Rls.Tenancy;
using static AgentFlow.Rls.Text.SqlText;

namespace AgentFlow.Rls.Behaviour;

/// <summary>One existing row of each tenant in each writable table, as JSON: what cursors point at and what new rows are modelled on.</summary>
public sealed class TemplateRows
{
    private readonly Dictionary<(long Relation, string Tenant), string> _rows = [];
    private readonly Dictionary<(string Tenant, string User), string> _memberships = [];

    /// <summary>Reads them as the login.</summary>
    public static async Task<TemplateRows> ReadAsync(IRlsSession session, IReadOnlyList<TenantRelation> relations, IReadOnlyList<string> tenants, IReadOnlyList<RlsPrincipal> principals, MembershipShape? membership, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(relations);
        TemplateRows templates = new();
        List<(long Relation, string Tenant, RlsProbe Probe)> probes =
        [
            .. relations.SelectMany(relation => tenants.Select(tenant => (relation.Relation.Oid, tenant,
                new RlsProbe($"select pg_catalog.to_jsonb(x)::text as j from {Name(relation.Relation)} x where {TenantSql.Expression(relation)} = {Literal(tenant, TenantSql.Type(relation))} limit 1")))),
        ];
        IReadOnlyList<RlsAnswer> answers = await session.RunAsync(null, [.. probes.Select(probe => probe.Probe)], cancellationToken).ConfigureAwait(false);
        foreach (((long relation, string tenant, _), RlsAnswer answer) in probes.Zip(answers))
        {
            if (answer.Value is { } row)
            {
                templates._rows[(relation, tenant)] = row;
            }
        }

        if (membership is not null)
        {
            string users = Array(principals.Select(principal => principal.UserId).OfType<string>().Distinct(), "text");
            RlsAnswer own = (await session.RunAsync(null, [new($"select x.{Name(membership.TenantColumn)}::text as t, x.{Name(membership.UserColumn)}::text as u, pg_catalog.to_jsonb(x)::text as j from {Name(membership.Table)} x where x.{Name(membership.UserColumn)}::text = any({users})")], cancellationToken).ConfigureAwait(false))[0];
            foreach (IReadOnlyDictionary<string, string?> row in own.Rows.Where(row => row["t"] is not null))
            {
                templates._memberships[(row["t"]!, row["u"]!)] = row["j"]!;
            }
        }

        return templates;
    }

    /// <summary>A row of the tenant; null when it has none.</summary>
    public string? Of(TenantRelation relation, string tenant)
    {
        ArgumentNullException.ThrowIfNull(relation);
        return _rows.GetValueOrDefault((relation.Relation.Oid, tenant));
    }

    /// <summary>A row of any tenant; null when the table is empty.</summary>
    public string? Any(TenantRelation relation)
    {
        ArgumentNullException.ThrowIfNull(relation);
        return _rows.FirstOrDefault(pair => pair.Key.Relation == relation.Relation.Oid).Value;
    }

    /// <summary>The membership of one user in one tenant.</summary>
    public string? Membership(string tenant, string user) => _memberships.GetValueOrDefault((tenant, user));

    /// <summary>The membership of somebody else in the tenant.</summary>
    public string? MembershipOfAnother(string tenant, string user) => _memberships.FirstOrDefault(pair => pair.Key.Tenant == tenant && pair.Key.User != user).Value;
}
