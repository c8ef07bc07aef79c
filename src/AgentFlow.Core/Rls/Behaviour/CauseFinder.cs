using AgentFlow.Rls.Access;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Checks;
using AgentFlow.Rls.Principals;
using AgentFlow.Rls.Tenancy;
using static AgentFlow.Rls.Text.SqlText;

namespace AgentFlow.Rls.Behaviour;

/// <summary>Finds the object that lets a row through: the switch, the role, the view, the policy whose predicate holds for the row, or the helper behind it.</summary>
public sealed class CauseFinder(RlsScene scene, IReadOnlyList<HelperObservation> helpers)
{
    /// <summary>The causes of a leak, the surest first; never empty.</summary>
    /// <param name="session">Reads as the login with the principal's claims.</param>
    /// <param name="relation">Where it shows.</param>
    /// <param name="principal">Who gets through.</param>
    /// <param name="command">pg_policy.polcmd of what it does.</param>
    /// <param name="tenant">The tenant concerned; null for rows without one.</param>
    /// <param name="row">The row as JSON; null where none is known.</param>
    /// <param name="isNew">True when the row does not exist yet, so that WITH CHECK decides.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<RlsCause>> FindAsync(IRlsSession session, TenantRelation relation, RlsPrincipal principal, string command, string? tenant, string? row, bool isNew, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(relation);
        ArgumentNullException.ThrowIfNull(principal);
        if (Structural(relation.Relation, principal) is { } structural)
        {
            return [structural];
        }

        List<RlsPolicy> applicable = [.. scene.Graph.Applicable(relation.Relation, principal.Role, command)];

        // A floor that should have held rests on its helper; then what the permissive policies let pass is not the fault.
        List<RlsCause> floors = [.. applicable.Where(policy => !policy.Permissive).SelectMany(policy => Behind(policy, relation, principal, tenant, isNew)).Where(cause => cause.IsShared).DistinctBy(cause => cause.Target)];
        if (floors.Count > 0)
        {
            return floors;
        }

        List<RlsPolicy> policies = [.. applicable.Where(policy => policy.Permissive)];
        List<RlsPolicy> guilty = policies;
        if (row is not null && policies.Count > 1)
        {
            IReadOnlyList<RlsAnswer> answers = await session.RunAsync(principal.Forged with { Role = "none" }, [.. policies.Select(policy => Evaluate(relation.Relation, (isNew ? policy.EffectiveCheck : policy.Using) ?? "true", row))], cancellationToken).ConfigureAwait(false);
            List<RlsPolicy> holding = [.. policies.Zip(answers).Where(pair => pair.Second is { IsError: false, Rows.Count: > 0 }).Select(pair => pair.First)];
            guilty = holding.Count > 0 ? holding : policies;
        }

        List<RlsCause> causes = [.. guilty.SelectMany(policy => Behind(policy, relation, principal, tenant, isNew)).DistinctBy(cause => cause.Words)];
        return causes.Count > 0 ? causes : [new(relation.Relation.FullName, $"the policies of {relation.FullName}", $"Read the policies: Get-AfRlsPolicy {relation.FullName}", false)];
    }

    /// <summary>Why members do not see or reach their own rows: a helper that grants nobody anything, or the policies.</summary>
    public RlsCause OfDenial(TenantRelation relation, string role, string command)
    {
        ArgumentNullException.ThrowIfNull(relation);
        List<RlsPolicy> policies = [.. scene.Graph.Applicable(relation.Relation, role, command)];
        HashSet<long> empty = [.. helpers.Where(seen => seen.Principal.ActiveTenants.Count > 0).GroupBy(seen => seen.Helper.Routine.Oid)
            .Where(group => group.All(seen => !seen.Granted.Any(seen.Principal.ActiveTenants.Contains))).Select(group => group.Key)];
        RlsRoutine? helper = policies.SelectMany(scene.Graph.Helpers).FirstOrDefault(routine => empty.Contains(routine.Oid));
        return helper is not null
            ? new(helper.Signature, $"{helper.Signature}, which grants no active member anything", $"Compare the condition of {helper.Signature} with the values that memberships really hold.", true)
            : policies.Any(policy => policy.Permissive)
                ? new(relation.FullName, string.Join(" and ", policies.Select(policy => $"policy \"{policy.Name}\"").Take(3)), $"Compare the condition with the rows: Trace-AfRlsDecision on {relation.FullName}.", false)
                : new(relation.FullName, "no permissive policy", $"Add one: {Suggest(relation, command)}", false);
    }

    private RlsCause? Structural(RlsRelation relation, RlsPrincipal principal)
    {
        if (scene.Graph.Role(principal.Role) is { } role && (role.IsSuperuser || role.BypassesRls))
        {
            return new($"role {role.Name}", $"role {role.Name}, to which no policy applies", $"alter role {Findings.Quote(role.Name)} nobypassrls nosuperuser;", true);
        }

        switch (relation.Kind)
        {
            case "v":
                (RlsRelation Table, string As, RlsRelation Through) around = ViewChecks.Around(scene, relation, principal.Role).FirstOrDefault();
                return around.Through is { } through
                    ? new(relation.FullName, $"view {relation.FullName}, which reads {around.Table.FullName} with the rights of {around.As}", $"alter view {Findings.Sql(through)} set (security_invoker = true);", false)
                    : new(relation.FullName, $"view {relation.FullName}", $"alter view {Findings.Sql(relation)} set (security_invoker = true);", false);
            case "m" or "f":
                return new(relation.FullName, $"the grant on {relation.FullName}, which can have no policies", $"revoke all on {Findings.Sql(relation)} from {Findings.Quote(principal.Role)};", false);
            default:
                return !relation.RowSecurity
                    ? new(relation.FullName, $"row security, which is off on {relation.FullName}", $"alter table {Findings.Sql(relation)} enable row level security;", false)
                    : scene.Graph.Bypasses(principal.Role, relation)
                        ? new(relation.FullName, $"{principal.Role}, which owns {relation.FullName} or may become its owner", $"alter table {Findings.Sql(relation)} owner to postgres;", false)
                        : null;
        }
    }

    private IEnumerable<RlsCause> Behind(RlsPolicy policy, TenantRelation relation, RlsPrincipal principal, string? tenant, bool isNew)
    {
        HashSet<long> behind = [.. scene.Graph.Helpers(policy).Select(routine => routine.Oid)];
        List<RlsRoutine> wrong = [.. helpers.Where(seen => seen.Principal == principal && behind.Contains(seen.Helper.Routine.Oid) && (tenant is null ? seen.Wrong.Count > 0 : seen.Wrong.Contains(tenant))).Select(seen => seen.Helper.Routine)];
        if (wrong.Count > 0)
        {
            return wrong.Select(helper => new RlsCause(helper.Signature, $"{helper.Signature}, behind policy \"{policy.Name}\" on {relation.FullName}", $"Make {helper.Signature} give only the tenants of active memberships of auth.uid().", true));
        }

        string part = isNew ? "with check" : "using";
        return [new(relation.FullName, $"policy \"{policy.Name}\" on {relation.FullName}", $"alter policy {Findings.Quote(policy.Name)} on {Findings.Sql(relation.Relation)} {part} ({Condition(relation)});", false)];
    }

    private string Suggest(TenantRelation relation, string command)
    {
        string name = command switch { "r" => "select", "a" => "insert", "w" => "update", _ => "delete" };
        return $"create policy {Findings.Quote($"{relation.Relation.Name}_{name}")} on {Findings.Sql(relation.Relation)} for {name} to authenticated {(command == "a" ? "with check" : "using")} ({Condition(relation)});";
    }

    // In the words of a helper that was seen to answer right.
    private string Condition(TenantRelation relation)
    {
        string column = relation.Path switch
        {
            TenantPath.Folder => $"split_part({Findings.Quote(relation.Column!.Name)}, '/', 1)",
            TenantPath.Parent => $"<the tenant of {relation.Parent!.FullName}>",
            _ => Findings.Quote(relation.Column!.Name),
        };
        HelperShape? good = helpers.GroupBy(seen => seen.Helper).Where(group => group.All(seen => seen.Wrong.Count == 0) && group.Any(seen => seen.Granted.Count > 0) && group.Key is { TakesRole: false }).Select(group => group.Key).FirstOrDefault();
        return good is null ? $"{column} in (<tenants of active memberships of auth.uid()>)"
            : good.IsQuestion ? $"{good.Routine.Schema}.{good.Routine.Name}({column})"
            : good.Routine.ReturnsSet ? $"{column} in (select {good.Routine.Schema}.{good.Routine.Name}())"
            : $"{column} = (select {good.Routine.Schema}.{good.Routine.Name}())";
    }

    // The predicate over one row made from JSON, so that it is asked of the row that leaked and not of the table; the alias is the name that the expression uses.
    private static RlsProbe Evaluate(RlsRelation relation, string expression, string row) =>
        new($"select 1 as hit from pg_catalog.jsonb_populate_record(null::{Name(relation)}, {Literal(row)}::pg_catalog.jsonb) as {Name(relation.Name)} where ({expression})");
}
