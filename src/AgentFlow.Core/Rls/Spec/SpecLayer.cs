using AgentFlow.Checks;
using AgentFlow.Rls.Access;
using AgentFlow.Rls.Checks;
using AgentFlow.Rls.Principals;

namespace AgentFlow.Rls.Spec;

/// <summary>Holds a database against its spec. Reads only.</summary>
public static class SpecLayer
{
    /// <summary>The role matrix as the database has it now.</summary>
    public static async Task<IReadOnlyList<RlsMatrixEntry>> MatrixAsync(RlsScene scene, IRlsSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scene);
        IReadOnlyList<RlsPrincipal> callers = await MatrixCallers.FindAsync(scene, session, cancellationToken).ConfigureAwait(false);
        return await new RlsMatrixReader(scene.Graph, scene.Model, new(session)).ReadAsync(callers, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Every drift, and for each check without one a result that says what was looked at.</summary>
    public static async Task<IReadOnlyList<RlsFinding>> JudgeAsync(RlsScene scene, IRlsSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scene);
        List<RlsFinding> all = [];
        foreach (RlsCatalogCheck check in SpecChecks.All)
        {
            Add(all, check.Check, [.. check.Judge(scene)], $"{check.Count(scene)} {check.Examined} are as declared.");
        }

        IReadOnlyList<RlsMatrixEntry> now = await MatrixAsync(scene, session, cancellationToken).ConfigureAwait(false);
        if (now.Count == 0 || scene.Spec!.Matrix.Count == 0)
        {
            string reason = scene.Spec!.Matrix.Count == 0 ? "The spec declares no role matrix." : "No active member was found, so no role could be asked.";
            all.Add(new(RlsChecks.RoleMatrix, "role matrix", CheckFinding.Skipped(reason, "New-AfTenantFixture makes members in every state; then learn or test again.")));
            return all;
        }

        // A role that the spec knows and that nobody holds here was not compared, and a pass must not hide it.
        List<string> absent = [.. scene.Spec.Matrix.Select(entry => entry.Role).Distinct().Except(now.Select(entry => entry.Role))];
        Add(all, RlsChecks.RoleMatrix, [.. MatrixDrift.Judge(scene, now)], $"{now.Count} pairs of table and role reach what the spec declares, by up to {RlsMatrixReader.RowsPerTenant} rows per tenant and table.");
        if (absent.Count > 0)
        {
            all.Add(new(RlsChecks.RoleMatrix, $"role {string.Join(", ", absent)}", CheckFinding.Skipped("No active member holds the role here, so it was not compared.", "New-AfTenantFixture makes members of every role.")));
        }

        return all;
    }

    private static void Add(List<RlsFinding> all, CheckDefinition check, IReadOnlyList<RlsFinding> findings, string passed) =>
        all.AddRange(findings.Count > 0 ? findings : [new(check, "spec", CheckFinding.Pass(passed))]);
}
