using System.Security.Cryptography;
using System.Text;
using AgentFlow.Checks;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Checks;
using AgentFlow.Rls.Data;
using AgentFlow.Rls.Tenancy;

namespace AgentFlow.Rls.Behaviour;

/// <summary>Judges what acting as tenants showed, and names the guilty object.</summary>
public sealed class BehaviourVerdicts(RlsWorld world, IReadOnlyList<TruthTable> truths, BehaviourObservations observed)
{
    private readonly RlsScene _scene = world.Scene;

    /// <summary>The records of the layer.</summary>
    public IEnumerable<CheckResult> Judge(RlsReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        OwnVerdicts own = new(_scene, truths, observed);
        string reads = Reads();
        return
        [
            Principals(report),
            .. report.Findings(RlsChecks.Helper, HelperVerdicts.Judge(observed), $"Asked {observed.Helpers.Select(seen => seen.Helper).Distinct().Count()} helpers behind policies as {observed.Helpers.Select(seen => seen.Principal).Distinct().Count()} callers."),
            .. report.Findings(RlsChecks.Read, LeakedReads(), reads),
            .. report.Findings(RlsChecks.OwnRead, own.Reads(), reads),
            .. Writes(report, RlsChecks.Insert, [WriteKind.InsertForeign], "inserted into", "INSERT"),
            .. Writes(report, RlsChecks.Update, [WriteKind.UpdateForeign, WriteKind.Steal, WriteKind.Move], "changed", "UPDATE"),
            .. Writes(report, RlsChecks.Delete, [WriteKind.DeleteForeign], "deleted", "DELETE"),
            .. report.Findings(RlsChecks.OwnWrite, own.Writes(), $"Tried {observed.Writes.Count(write => write.Kind is WriteKind.InsertOwn or WriteKind.UpdateOwn or WriteKind.DeleteOwn)} writes of members in their own tenant."),
            .. report.Findings(RlsChecks.SelfService, Promotions(), $"Tried {observed.Writes.Count(IsPromotion)} promotions of oneself and others."),
            .. report.Findings(RlsChecks.Routine, Routines(), $"Called {observed.Routines.Where(call => call.Reason is null).Select(call => call.Routine).Distinct().Count()} functions for a foreign tenant."),
            .. observed.Routines.Where(call => call.Reason is not null).DistinctBy(call => call.Routine.Oid).Select(call => report.Say(RlsChecks.Routine, CheckFinding.Skipped($"{call.Routine.Signature} was not called: {call.Reason}."))),
            .. report.Findings(RlsChecks.Untagged, Untagged(), observed.Untagged.Count == 0 ? "Every view over rows of tenants that requests reach names the tenant, so it is read with the tables." : $"Compared the rows of {observed.Untagged.Select(seen => seen.View).Distinct().Count()} views without a tenant column with what callers without a tenant see."),
            .. PerRow(report),
        ];
    }

    private CheckResult Principals(RlsReport report)
    {
        List<string> classes = [.. observed.Principals.Select(principal => principal.Class).Distinct()];
        return observed.Principals.Any(principal => principal.ActiveTenants.Count > 0) && observed.Principals.Any(principal => principal.Victim is not null)
            ? report.Say(RlsChecks.Principals, CheckFinding.Pass($"{observed.Principals.Count} callers stand for {classes.Count} kinds: {string.Join("; ", classes)}."))
            : report.Say(RlsChecks.Principals, CheckFinding.Inconclusive($"There are no members of two tenants to act as ({observed.Principals.Count} callers), so isolation between tenants was not tried.", "Fill the database with two tenants: New-AfTenantFixture."));
    }

    private string Reads()
    {
        List<ReadStep> steps = [.. observed.Plan.Steps];
        int errors = observed.Reads.Count(read => read.Error is not null);
        string text = $"{observed.Principals.Count} callers, forged metadata and headers included. Every row of {steps.Count(step => step.Mode == ReadMode.Exact)} relations ({truths.Where(truth => truth.IsExact && steps.Any(step => step.Relation == truth.Relation && step.Mode == ReadMode.Exact)).Sum(truth => truth.Total)} rows)";
        List<ReadStep> sampled = [.. steps.Where(step => step.Mode == ReadMode.Witness)];
        List<ReadStep> skipped = [.. steps.Where(step => step.Mode == ReadMode.Skipped)];
        return text
            + (sampled.Count > 0 ? $"; a sample of {string.Join(", ", sampled.Select(step => $"{step.Relation.FullName} ({step.Reason})"))}" : string.Empty)
            + (skipped.Count > 0 ? $"; not read: {string.Join(", ", skipped.Select(step => $"{step.Relation.FullName} ({step.Reason})"))}" : string.Empty)
            + (errors > 0 ? $"; {errors} queries were refused." : ".");
    }

    private IEnumerable<RlsFinding> LeakedReads()
    {
        HashSet<(long Oid, string Class)> leaking = [.. observed.Reads.Where(read => read.Leaked > 0 && read.Relation.Relation.IsTable).Select(read => (read.Relation.Relation.Oid, read.Principal.Class))];

        // An invoker view shows what its tables show: where these leak to the same caller, they are the finding.
        bool IsEcho(ReadObservation read) => read.Relation.Relation.IsInvokerView && _scene.Graph.Lineage(read.Relation.Relation).Any(table => leaking.Contains((table.Oid, read.Principal.Class)));
        IEnumerable<(ReadObservation Read, RlsCause Cause)> leaks = observed.Reads.Where(read => read.Leaked > 0 && !IsShared(read.Relation) && !IsEcho(read))
            .SelectMany(read => observed.Causes.GetValueOrDefault(read, []).Select(cause => (read, cause)));
        foreach (IGrouping<string, (ReadObservation Read, RlsCause Cause)> group in leaks.GroupBy(leak => leak.Cause.IsShared ? leak.Cause.Target : leak.Read.Relation.FullName + leak.Cause.Words))
        {
            List<ReadObservation> reads = [.. group.Select(leak => leak.Read).Distinct()];
            ReadObservation worst = reads.MaxBy(read => read.Leaked)!;
            List<RlsRelation> relations = [.. reads.Select(read => read.Relation.Relation).Distinct()];
            RlsCause cause = group.First().Cause;
            string what = worst.Foreign > 0 ? $"{worst.Foreign} rows of other tenants"
                : worst.Inactive > 0 ? $"{worst.Inactive} rows of a tenant where its membership does not count"
                : $"{worst.WithoutTenant} rows without a tenant";
            string where = relations.Count == 1 ? relations[0].FullName : $"{worst.Relation.FullName} and {relations.Count - 1} more ({string.Join(", ", relations.Select(relation => relation.FullName).Where(name => name != worst.Relation.FullName).Take(5))})";
            yield return new(RlsChecks.Read, cause.Target, CheckFinding.Fail(
                $"A caller of the kind \"{worst.Principal.Class}\" reads {what} in {where} through {cause.Words}.{Witness(worst.LeakedTenant)}",
                "0 rows",
                $"{worst.Leaked} rows for {reads.Select(read => read.Principal.Class).Distinct().Count()} kinds of callers: {string.Join("; ", reads.Select(read => read.Principal.Class).Distinct().Take(4))}",
                cause.Fix)) { Relation = relations[0], Also = [.. relations.Skip(1)] };
        }
    }

    private IEnumerable<CheckResult> Writes(RlsReport report, CheckDefinition check, WriteKind[] kinds, string done, string command)
    {
        List<WriteObservation> tried = [.. observed.Writes.Where(write => kinds.Contains(write.Kind))];
        int unclear = tried.Count(write => write.Outcome == WriteOutcome.Unclear);
        string examined = $"Tried {tried.Count} {command}s on {tried.Select(write => write.Relation).Distinct().Count()} tables; each was stopped before a row was written.{(unclear > 0 ? $" {unclear} ended in something else than a policy." : string.Empty)}";
        foreach (CheckResult result in report.Findings(check, Breaches(check, tried, done), examined))
        {
            yield return result;
        }

        foreach ((RlsRelation relation, string reason) in observed.Untried.Where(untried => untried.Reason.StartsWith(command, StringComparison.Ordinal)))
        {
            yield return report.Say(check, CheckFinding.Skipped($"{relation.FullName} was not tried. {reason}."));
        }
    }

    private IEnumerable<RlsFinding> Breaches(CheckDefinition check, List<WriteObservation> tried, string done)
    {
        IEnumerable<(WriteObservation Write, RlsCause Cause)> breaches = tried.Where(CauseCollector.IsBreach).Where(write => !IsShared(write.Relation)).SelectMany(write => observed.Causes.GetValueOrDefault(write, []).Select(cause => (write, cause)));
        foreach (IGrouping<string, (WriteObservation Write, RlsCause Cause)> group in breaches.GroupBy(breach => breach.Cause.IsShared ? breach.Cause.Target : breach.Write.Relation.FullName + breach.Cause.Words))
        {
            List<WriteObservation> writes = [.. group.Select(breach => breach.Write).Distinct()];
            WriteObservation first = writes.OrderBy(write => write.IsInactive).First();
            List<RlsRelation> relations = [.. writes.Select(write => write.Relation.Relation).Distinct()];
            RlsCause cause = group.First().Cause;
            string what = first.Kind switch
            {
                WriteKind.Move => "a row of its own tenant could be moved into another",
                WriteKind.Steal => "a row of another tenant could be moved into its own",
                _ when first.IsInactive => $"a row of a tenant where its membership does not count could be {done}",
                _ => $"a row of another tenant could be {done}",
            };
            yield return new(check, cause.Target, CheckFinding.Fail(
                $"As a caller of the kind \"{first.Principal.Class}\" {what.Replace("inserted into", "inserted", StringComparison.Ordinal)} in {string.Join(", ", relations.Select(relation => relation.FullName).Take(4))}: {cause.Words} lets it pass.{Witness(first.Tenant)}",
                "refused",
                $"passed for {string.Join("; ", writes.Select(write => write.Principal.Class).Distinct().Take(4))}",
                cause.Fix)) { Relation = relations[0], Also = [.. relations.Skip(1)] };
        }
    }

    private IEnumerable<RlsFinding> Promotions()
    {
        foreach (IGrouping<(long Oid, WriteKind Kind), WriteObservation> group in observed.Writes.Where(write => IsPromotion(write) && write.Outcome == WriteOutcome.Passed && Raises(write)).GroupBy(write => (write.Relation.Relation.Oid, write.Kind)))
        {
            WriteObservation first = group.First();
            RlsCause? cause = observed.Causes.GetValueOrDefault(first, []) is [{ } found, ..] ? found : null;
            string highest = _scene.Model.Membership?.Roles is [{ } top, ..] ? top : "the highest role";
            string what = first.Kind switch
            {
                WriteKind.PromoteSelf when first.IsInactive => "makes its own inactive membership active",
                WriteKind.PromoteSelf => $"gives itself the role {highest}",
                _ => $"gives somebody else the role {highest}, which is above its own",
            };
            yield return new(RlsChecks.SelfService, cause?.Target ?? first.Relation.FullName, CheckFinding.Fail(
                $"A caller of the kind \"{first.Principal.Class}\" {what} in {first.Relation.FullName} through {cause?.Words ?? "its policies"}.",
                "refused",
                $"passed for {string.Join("; ", group.Select(write => write.Principal.Class).Distinct().Take(4))}",
                $"Let only {highest} write memberships, or check NEW.{_scene.Model.Membership?.RoleColumn ?? "role"} in WITH CHECK of {first.Relation.FullName}.")) { Relation = first.Relation.Relation };
        }
    }

    private IEnumerable<RlsFinding> Routines()
    {
        foreach (IGrouping<long, RoutineObservation> group in observed.Routines.Where(call => call.Leaked > 0).GroupBy(call => call.Routine.Oid))
        {
            RoutineObservation worst = group.MaxBy(call => call.Leaked)!;
            RlsRoutine routine = worst.Routine;
            if (observed.Reads.Any(read => read.Leaked > 0) && !routine.Definer)
            {
                continue;
            }

            yield return Findings.Fail(RlsChecks.Routine, routine.Signature, $"A caller of the kind \"{worst.Principal!.Class}\" gets {worst.Leaked} rows or values about another tenant from {routine.Signature}{(routine.Definer ? $", which runs with the rights of {routine.Owner}" : string.Empty)}.",
                $"Check inside that the tenant is one of the caller's, or: alter function {routine.Signature} security invoker;");
        }
    }

    private IEnumerable<RlsFinding> Untagged() => observed.Untagged.Where(seen => seen.Shared > 0).GroupBy(seen => seen.View.Oid).Select(group => group.MaxBy(seen => seen.Shared)!)
        .Select(seen => Findings.Fail(RlsChecks.Untagged, seen.View, $"A caller of the kind \"{seen.Principal.Class}\", who has no tenant, sees {seen.Shared} rows of tenants in {seen.View.FullName}.", $"alter view {Findings.Sql(seen.View)} set (security_invoker = true); or revoke all on {Findings.Sql(seen.View)} from {Findings.Quote(seen.Principal.Role)};"));

    private IEnumerable<CheckResult> PerRow(RlsReport report)
    {
        List<RlsFinding> findings = [];
        List<string> cheap = [];
        foreach (ReadStep step in observed.Plan.Steps.Where(step => step.PerRowHelper is not null))
        {
            double milliseconds = step.Rows * 0.045;
            if (milliseconds < 500)
            {
                cheap.Add($"{step.Relation.FullName} by {step.PerRowHelper} (about {milliseconds:0.#} ms)");
                continue;
            }

            findings.Add(Findings.Warn(RlsChecks.PerRowHelper, step.Relation.Relation, $"A policy of {step.Relation.FullName} calls {step.PerRowHelper} for each of about {step.Rows:N0} rows: about {milliseconds / 1000:0.#} s for one full read, some {ReadPlan.PerRowHelperPrice:0} times the set form.",
                $"Write {step.Relation.Column?.Name ?? "the tenant"} in (select <helper that returns the caller's tenants>()): it runs once per query."));
        }

        string calm = cheap.Count == 0 ? "By the planner's own plans, no policy calls a helper for every row." : $"Called for every row, cheap at this size: {string.Join(", ", cheap)}.";
        return report.Findings(RlsChecks.PerRowHelper, findings, calm);
    }

    // Who manages members by every command that is granted is meant to; who may do so by one command and not by another is not, and neither is the lowest role.
    private bool Raises(WriteObservation write)
    {
        if (write.IsInactive)
        {
            return true;
        }

        string? role = write.Principal.RoleIn(write.Tenant);
        bool closed = observed.Writes.Any(other => other.Relation == write.Relation && other.Principal == write.Principal && other.Tenant == write.Tenant
            && other.Kind is WriteKind.InsertHigher or WriteKind.PromoteOther or WriteKind.DeleteOwn or WriteKind.UpdateOwn && other.Outcome is WriteOutcome.Refused or WriteOutcome.Hidden);
        return role is not null && NameSense.Rank(role) != int.MaxValue && (closed || role == _scene.Model.Membership?.Roles[^1]);
    }

    private static bool IsPromotion(WriteObservation write) => write.Kind is WriteKind.PromoteSelf or WriteKind.PromoteOther or WriteKind.InsertHigher;

    private bool IsShared(TenantRelation relation) => _scene.Spec?.SharedTables.Contains(relation.FullName) == true;

    // Enough to find the tenant again with the same hash, and no data.
    private static string Witness(string? tenant) => tenant is null ? string.Empty : $" Witness: tenant sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tenant)))[..12]}.";
}
