using AgentFlow.Rls.Principals;
using AgentFlow.Rls.Tenancy;

namespace AgentFlow.Rls.Tracing;

/// <summary>Whose row it is and what the caller is to that tenant; from that the verdict.</summary>
internal sealed class RowFacts
{
    private readonly RlsTraceRequest _request;
    private readonly TenantModel _model;
    private readonly string? _row;
    private readonly TenantRelation? _relation;
    private readonly string? _tenant;
    private readonly bool? _exists;

    private RowFacts(TenantModel model, RlsTraceRequest request, string? row, TenantRelation? relation, string? tenant, bool? exists) =>
        (_model, _request, _row, _relation, _tenant, _exists) = (model, request, row, relation, tenant, exists);

    private bool IsMember => Memberships.Any(membership => membership.Active);

    private IEnumerable<RlsMembership> Memberships => _request.Member?.Memberships.Where(membership => membership.Tenant == _tenant) ?? [];

    public static async Task<RowFacts> ReadAsync(TenantModel model, RowReader reader, RlsTraceRequest request, string? row, CancellationToken cancellationToken)
    {
        TenantRelation? relation = model.Find(request.Table.Oid);
        (string? tenant, bool? exists) = relation is null || row is null ? (null, null) : await reader.TenantAsync(relation, model, row, cancellationToken).ConfigureAwait(false);
        return new(model, request, row, relation, tenant, exists);
    }

    public IEnumerable<RlsDecisionStep> Steps(RlsLadder ladder)
    {
        if (_row is null || _relation is null)
        {
            yield break;
        }

        // Without a table of memberships the token alone says whose tenant it is.
        if (_model.Membership is not null)
        {
            yield return Membership(ladder);
        }

        string column = _relation.Column?.Name ?? $"{_relation.Parent?.FullName} behind {string.Join(", ", _relation.Link.Select(pair => pair.Own))}";
        yield return _tenant is null
            ? ladder.Add(RlsStepKind.RowTenant, RlsStepOutcome.Warn, column, "The row names no tenant, so no membership can reach it.", $"Give every row a tenant and make {column} NOT NULL.")
            : _exists == false ? ladder.Add(RlsStepKind.RowTenant, RlsStepOutcome.Warn, column, $"The row names tenant {_tenant}, which {_model.Root!.FullName} does not have.", "Correct the row, and add the foreign key.")
            : ladder.Add(RlsStepKind.RowTenant, RlsStepOutcome.Pass, column, $"The row belongs to tenant {_tenant}.");
    }

    public RlsDecisionStep Verdict(RlsLadder ladder, string? row)
    {
        if (ladder.Denied is { } denied)
        {
            bool byStanding = denied.Step is RlsStepKind.Using or RlsStepKind.PolicyUsing or RlsStepKind.WithCheck or RlsStepKind.PolicyCheck or RlsStepKind.Returning && _tenant is not null && _model.Membership is not null && !IsMember;
            return ladder.Add(
                RlsStepKind.Verdict, RlsStepOutcome.Deny, denied.Target, $"Denied at {denied.Step}: {denied.Reason}{(byStanding ? " " + Standing() : string.Empty)}",
                byStanding && denied.Expression is null ? "If this caller is meant to work there, give or activate the membership in the application; change a policy only if its rule is wrong." : denied.Fix);
        }

        if (ladder.Open is { } open)
        {
            return ladder.Add(RlsStepKind.Verdict, RlsStepOutcome.Unknown, open.Target, $"Undecided at {open.Step}: {open.Reason}", open.Fix);
        }

        bool foreign = row is not null && _relation is not null && _model.Membership is not null && !IsMember && !IsOwnRow();
        return foreign
            ? ladder.Add(RlsStepKind.Verdict, RlsStepOutcome.Warn, _request.Table.FullName, $"Allowed, although the caller is no active member of the row's tenant. {Standing()}", "Find the policy above that lets the row pass and tie it to active memberships; prove it with Test-AfRls.")
            : ladder.Add(RlsStepKind.Verdict, RlsStepOutcome.Pass, _request.Table.FullName, "Allowed.");
    }

    // A membership row is its user's own, whatever its state.
    private bool IsOwnRow() => _relation is { IsMembership: true } && Memberships.Any();

    private RlsDecisionStep Membership(RlsLadder ladder)
    {
        string target = _model.Membership!.Table.FullName;
        if (_tenant is null)
        {
            return ladder.Add(RlsStepKind.Membership, RlsStepOutcome.Unknown, target, "The row names no tenant to be a member of.");
        }

        return IsMember ? ladder.Add(RlsStepKind.Membership, RlsStepOutcome.Pass, target, Standing())
            : ladder.Add(RlsStepKind.Membership, RlsStepOutcome.Warn, target, Standing(), _request.Member is null ? null : "If this user is meant to work there, activate the membership in the application.");
    }

    private string Standing()
    {
        RlsMembership? best = Memberships.OrderByDescending(membership => membership.Active).FirstOrDefault();
        return _request.Member is null ? "A visitor has no membership."
            : best is null ? $"The user has no membership in tenant {_tenant}{Elsewhere()}."
            : best.Active ? $"The user is {best.Role ?? "member"} of tenant {_tenant} and the membership is active."
            : $"The user's membership in tenant {_tenant} ({best.Role ?? "member"}) is not active{(best.State is { } state ? $": {state}" : string.Empty)}.";
    }

    private string Elsewhere() => _request.Member!.Memberships.Count switch { 0 => " or any other", 1 => ", but in one other", int many => $", but in {many} others" };
}
