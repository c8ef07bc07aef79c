using AgentFlow.Checks;
using AgentFlow.Faults;
using AgentFlow.Rls.Checks;
using AgentFlow.Rls.Guard;
using AgentFlow.Rls.Spec;
using AgentFlow.Rls.Tenancy;

namespace AgentFlow.Rls;

/// <summary>Turns what the layers say into records: within the scope, with accepted findings marked, and a record for every check that found nothing.</summary>
public sealed class RlsReport(CheckRun run, RlsScope scope, RlsSpec? spec, string address)
{
    private DateOnly Today => DateOnly.FromDateTime(run.Time.GetUtcNow().UtcDateTime);

    /// <summary>The findings of one check, or one Pass that says what was looked at.</summary>
    public IEnumerable<CheckResult> Findings(CheckDefinition check, IEnumerable<RlsFinding> findings, string examined)
    {
        ArgumentNullException.ThrowIfNull(findings);
        bool any = false;
        foreach (RlsFinding finding in findings.Where(scope.Covers))
        {
            any = true;
            yield return Record(finding);
        }

        if (!any)
        {
            yield return run.Result(check, address, CheckFinding.Pass(scope.IsEverything ? examined : examined + " Reported within -Schema and -Table."));
        }
    }

    /// <summary>One record of one check about the database as a whole.</summary>
    public CheckResult Say(CheckDefinition check, CheckFinding finding) => run.Result(check, address, finding);

    /// <summary>The same reason for all checks of a layer that did not run.</summary>
    public IEnumerable<CheckResult> Skip(IEnumerable<CheckDefinition> checks, string reason)
    {
        ArgumentNullException.ThrowIfNull(checks);
        return checks.Select(check => run.Result(check, address, CheckFinding.Skipped(reason)));
    }

    /// <summary>The same fault for all checks of a layer that broke off.</summary>
    public IEnumerable<CheckResult> Break(IEnumerable<CheckDefinition> checks, string what, AfFaultException fault)
    {
        ArgumentNullException.ThrowIfNull(checks);
        ArgumentNullException.ThrowIfNull(fault);
        return checks.Select(check => Say(check, new() { Outcome = CheckOutcome.Error, Reason = $"{what} broke off: {fault.Message}", Actual = fault.Id, Remediation = fault.Fix }));
    }

    /// <summary>What the run believes about the tenancy; everything else rests on it.</summary>
    public CheckResult Tenancy(RlsWorld world)
    {
        ArgumentNullException.ThrowIfNull(world);
        TenantModel model = world.Scene.Model;
        int tables = model.Relations.Count(relation => relation.Relation.IsTable);
        if (tables == 0)
        {
            return Say(RlsChecks.Tenancy, CheckFinding.Inconclusive("No table carries a tenant that could be recognised, so nothing about isolation can be said.", "Declare rls.membershipTable, rls.tenantColumn and rls.userColumn in agentflow.json, or give -Spec."));
        }

        string members = model.Membership is { } membership
            ? $"{membership.Table.FullName} ({membership.UserColumn}, {membership.TenantColumn}{(membership.RoleColumn is { } role ? ", " + role : string.Empty)}), active when {(membership.Active.Count == 0 ? "it exists" : string.Join(" and ", membership.Active.Select(Describe)))}"
            : "none found; the caller's tenant comes from claims";
        return Say(RlsChecks.Tenancy, CheckFinding.Pass($"{tables} tables carry a tenant ({string.Join(", ", model.TenantNames.Take(3))}); tenants: {model.Root?.FullName ?? "no table"}; memberships: {members}; callers: {string.Join(", ", world.Scene.ApiRoles)}."));
    }

    /// <summary>Whether probes may run.</summary>
    public CheckResult Guard(RlsGuardVerdict verdict, bool insisted)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        return Say(RlsChecks.Guard, verdict.Allowed
            ? CheckFinding.Pass(verdict.Reason)
            : insisted
                ? new CheckFinding { Outcome = CheckOutcome.Error, Reason = $"Acting as tenants is refused: {verdict.Reason}.", Actual = FaultId.ProductionGuard, Remediation = verdict.Fix }
                : CheckFinding.Skipped($"Nothing acted as a tenant: {verdict.Reason}.", verdict.Fix));
    }

    private CheckResult Record(RlsFinding finding)
    {
        RlsSuppression? accepted = finding.Finding.Outcome is CheckOutcome.Fail or CheckOutcome.Warn
            ? spec?.Suppressions.FirstOrDefault(suppression => suppression.CheckId == finding.Check.CheckId && suppression.Target == finding.Target && suppression.Until >= Today)
            : null;
        return run.Result(finding.Check, finding.Target, accepted is null
            ? finding.Finding
            : CheckFinding.Skipped($"Accepted until {accepted.Until:yyyy-MM-dd} ({accepted.Reason}): {finding.Finding.Reason}"));
    }

    private static string Describe(ActiveRule rule) => rule.Kind switch
    {
        ActiveRuleKind.Equal => $"{rule.Column} = '{rule.Value}'",
        ActiveRuleKind.True => $"{rule.Column} is true",
        ActiveRuleKind.NotTrue => $"{rule.Column} is not true",
        ActiveRuleKind.Null => $"{rule.Column} is null",
        ActiveRuleKind.NotNull => $"{rule.Column} is not null",
        _ => $"{rule.Column} is null or to come",
    };
}
