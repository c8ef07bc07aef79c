using System.Runtime.CompilerServices;
using AgentFlow.Faults;
using AgentFlow.Rls.Access;
using AgentFlow.Rls.Tenancy;
using AgentFlow.Rls.Text;

namespace AgentFlow.Rls.Listing;

/// <summary>Reads memberships page by page, in the order of tenant and user.</summary>
public sealed class MembershipList(TenantModel model, IRlsSession session)
{
    private const int PageSize = 500;

    /// <summary>The memberships of one user, one tenant or all.</summary>
    /// <param name="userId">Exactly this user; null for all.</param>
    /// <param name="tenant">Exactly this tenant; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AfFaultException">AfRlsTenancyUnknown: nothing looks like memberships.</exception>
    public async IAsyncEnumerable<TenantMembership> ReadAsync(string? userId, string? tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        MembershipShape shape = model.Membership ?? throw new AfFaultException(
            FaultKind.InvalidState, FaultId.RlsTenancyUnknown, "No table of the database looks like one that says which user belongs to which tenant.", "Name it in agentflow.json: rls.membershipTable, rls.tenantColumn and rls.userColumn.");
        string who = $"m.{SqlText.Name(shape.UserColumn)}";
        string where = $"m.{SqlText.Name(shape.TenantColumn)}";
        string role = shape.RoleColumn is { } column ? $"m.{SqlText.Name(column)}::text" : "null::text";
        List<string> conditions = [.. Equal(who, userId), .. Equal(where, tenant)];
        string from = $"select {who}::text as user_id, {where}::text as tenant, {role} as role, ({TenantSql.IsActive(shape)}) as active, {TenantSql.State(shape)} as state from {SqlText.Name(shape.Table)} m";
        for (string? after = null; ;)
        {
            string filter = string.Join(" and ", after is null ? conditions : conditions.Append(after));
            RlsAnswer page = (await session.RunAsync(null, [new($"{from}{(filter.Length > 0 ? " where " + filter : string.Empty)} order by {where}, {who} limit {PageSize}")], cancellationToken).ConfigureAwait(false))[0];
            if (page.IsError)
            {
                throw page.State == "42501"
                    ? new AfFaultException(FaultKind.Permission, FaultId.DatabasePermissionDenied, $"The connection's role may not read {shape.Table.FullName}.", "Use a role with SELECT on it and BYPASSRLS, such as postgres on Supabase.", shape.Table.FullName)
                    : new AfFaultException(FaultKind.InvalidArgument, FaultId.InputInvalid, $"The memberships could not be read (SQLSTATE {page.State}).", "Give ids of the types that the table has.", shape.Table.FullName);
            }

            foreach (IReadOnlyDictionary<string, string?> row in page.Rows)
            {
                yield return new() { UserId = row["user_id"] ?? string.Empty, Tenant = row["tenant"] ?? string.Empty, Role = row["role"], State = row["state"], Active = row["active"] == "true", Table = shape.Table.FullName };
            }

            if (page.Rows.Count < PageSize)
            {
                yield break;
            }

            IReadOnlyDictionary<string, string?> last = page.Rows[^1];
            after = $"({where}, {who}) > ({SqlText.Literal(last["tenant"])}, {SqlText.Literal(last["user_id"])})";
        }
    }

    private static IEnumerable<string> Equal(string column, string? value)
    {
        if (value is not null)
        {
            yield return $"{column} = {SqlText.Literal(value)}";
        }
    }
}
