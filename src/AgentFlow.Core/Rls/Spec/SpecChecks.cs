using AgentFlow.Rls.Behaviour;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Checks;
using static AgentFlow.Rls.Checks.Findings;

namespace AgentFlow.Rls.Spec;

/// <summary>Compares a database with a declared spec: role matrix, definer functions, tenancy, suppressions.</summary>
public static class SpecChecks
{
    /// <summary>Every drift; one Skipped record when there is no spec.</summary>
    public static IEnumerable<CheckResult> Judge(RlsReport report, RlsWorld world, BehaviourObservations? observed, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(world);
        if (world.Scene.Spec is not { } spec)
        {
            return report.Skip([RlsChecks.RoleMatrix, RlsChecks.ApprovedRoutine, RlsChecks.TenancyDrift, RlsChecks.Suppression], "No spec was given; learn one from a good database with New-AfRlsSpec and give it with -Spec.");
        }

        IEnumerable<CheckResult> matrix = observed is null
            ? report.Skip([RlsChecks.RoleMatrix], "The role matrix is proved by acting as tenants, which did not run.")
            : report.Findings(RlsChecks.RoleMatrix, Matrix(world.Scene, spec, observed), $"Compared {spec.Matrix.Count} entries of the role matrix.");
        return
        [
            .. matrix,
            .. report.Findings(RlsChecks.ApprovedRoutine, Routines(world.Scene, spec), $"Compared {spec.Routines.Count} definer functions with their approved bodies."),
            .. report.Findings(RlsChecks.TenancyDrift, Tenancy(world.Scene, spec), $"Compared {spec.TenantColumns.Count} tenant tables with the spec."),
            .. report.Findings(RlsChecks.Suppression, Suppressions(spec, today), $"{spec.Suppressions.Count} suppressions, none out of date."),
        ];
    }

    private static IEnumerable<RlsFinding> Matrix(RlsScene scene, RlsSpec spec, BehaviourObservations observed)
    {
        Dictionary<(string Table, string Role), RlsMatrixEntry> now = RoleMatrix.Of(observed).ToDictionary(entry => (entry.Table, entry.Role));
        foreach (RlsMatrixEntry declared in spec.Matrix)
        {
            if (!now.TryGetValue((declared.Table, declared.Role), out RlsMatrixEntry? found) || scene.Graph.Catalog.Relations.FirstOrDefault(relation => relation.FullName == declared.Table) is not { } table)
            {
                continue;
            }

            List<string> more = [];
            List<string> less = [];
            Compare("SELECT", (int)declared.Select, (int)found.Select, more, less);
            Compare("INSERT", declared.Insert, found.Insert, more, less);
            Compare("UPDATE", declared.Update, found.Update, more, less);
            Compare("DELETE", declared.Delete, found.Delete, more, less);
            string policies = List(scene.Graph.Policies(table).Select(policy => $"\"{policy.Name}\"").Take(5));
            if (more.Count > 0)
            {
                yield return Fail(RlsChecks.RoleMatrix, table, $"The role {declared.Role} may {List(more)} more of its tenant's rows in {declared.Table} than the spec says (policies {policies}).", $"Restore the policies of {declared.Table}, or approve the change by learning the spec anew.", Words(declared), Words(found));
            }
            else if (less.Count > 0)
            {
                yield return Warn(RlsChecks.RoleMatrix, table, $"The role {declared.Role} may {List(less)} less in {declared.Table} than the spec says (policies {policies}).", $"Restore the policies of {declared.Table}, or approve the change by learning the spec anew.");
            }
        }
    }

    private static IEnumerable<RlsFinding> Routines(RlsScene scene, RlsSpec spec)
    {
        Dictionary<string, RlsRoutine> now = scene.OwnRoutines.Where(routine => routine.Definer).ToDictionary(routine => routine.Signature);
        foreach ((string signature, string hash) in spec.Routines)
        {
            if (!now.TryGetValue(signature, out RlsRoutine? routine))
            {
                RlsRoutine? invoker = scene.OwnRoutines.FirstOrDefault(other => other.Signature == signature);
                yield return Warn(RlsChecks.ApprovedRoutine, signature, invoker is null ? $"{signature}, a definer function of the spec, is gone." : $"{signature} no longer runs as its definer.", "Restore it, or learn the spec anew.");
            }
            else if (RoutineHash.Of(routine) != hash)
            {
                yield return Fail(RlsChecks.ApprovedRoutine, signature, $"The body of {signature}, which runs with the rights of {routine.Owner}, is not the approved one.", "Review the change; approve it by learning the spec anew, or restore the old body.");
            }
        }

        foreach (RlsRoutine added in now.Values.Where(routine => !spec.Routines.ContainsKey(routine.Signature) && scene.ApiRoles.Any(routine.CallableBy.Contains)))
        {
            yield return Warn(RlsChecks.ApprovedRoutine, added.Signature, $"{added.Signature} runs with the rights of {added.Owner}, tenants may call it, and the spec does not know it.", "Review it; approve it by learning the spec anew.");
        }
    }

    private static IEnumerable<RlsFinding> Tenancy(RlsScene scene, RlsSpec spec)
    {
        foreach ((string name, string column) in spec.TenantColumns)
        {
            RlsRelation? table = scene.Graph.Catalog.Relations.FirstOrDefault(relation => relation.FullName == name);
            if (table is null)
            {
                yield return Warn(RlsChecks.TenancyDrift, name, $"{name}, a tenant table of the spec, is gone.", "Learn the spec anew when that is meant.");
            }
            else if (column.Length > 0 && table.Column(column) is null)
            {
                yield return Fail(RlsChecks.TenancyDrift, table, $"{name} has no column {column}, which the spec names as its tenant.", "Learn the spec anew when that is meant.");
            }
        }
    }

    private static IEnumerable<RlsFinding> Suppressions(RlsSpec spec, DateOnly today) => spec.Suppressions.Where(suppression => suppression.Until < today)
        .Select(suppression => Fail(RlsChecks.Suppression, suppression.Target, $"The suppression of {suppression.CheckId} for {suppression.Target} ended on {suppression.Until:yyyy-MM-dd} ({suppression.Reason}).", "Repair the finding, or decide again and give a new end."));

    private static void Compare(string command, int declared, int found, List<string> more, List<string> less)
    {
        if (found != declared)
        {
            (found > declared ? more : less).Add(command);
        }
    }

    private static void Compare(string command, bool? declared, bool? found, List<string> more, List<string> less)
    {
        if (declared is { } said && found is { } seen && said != seen)
        {
            (seen ? more : less).Add(command);
        }
    }

    private static string Words(RlsMatrixEntry entry) => $"SELECT {entry.Select}, INSERT {Word(entry.Insert)}, UPDATE {Word(entry.Update)}, DELETE {Word(entry.Delete)}";

    private static string Word(bool? value) => value switch { true => "yes", false => "no", null => "not tried" };
}
