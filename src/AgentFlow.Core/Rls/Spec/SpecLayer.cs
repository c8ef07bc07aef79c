using AgentFlow.Checks;
using AgentFlow.Rls.Access;
using AgentFlow.Rls.Checks;
using AgentFlow.Rls.Principals;

namespace AgentFlow.Rls.Spec;

/// <summary>Holds a database against its spec: reads only, so it runs in any environment.</summary>
public static class SpecLayer
{
    /// <summary>Why nothing was compared, when there is no spec.</summary>
    public const string NoSpec = "No spec was given; learn one from a good database with New-AfRlsSpec and give it with -Spec.";

    /// <summary>The checks of this layer.</summary>
    public static IReadOnlyList<CheckDefinition> Checks { get; } = [.. SpecChecks.All.Select(check => check.Check), RlsChecks.RoleMatrix, RlsChecks.Suppression];

    /// <summary>The role matrix as the database has it now.</summary>
    public static async Task<IReadOnlyList<RlsMatrixEntry>> MatrixAsync(RlsScene scene, IRlsSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scene);
        (IReadOnlyList<RlsMember> members, RlsMember? _) = await new MemberReader(scene).ReadAsync(session, cancellationToken).ConfigureAwait(false);
        List<string> tenants = [.. members.SelectMany(member => member.Memberships).Select(membership => membership.Tenant).Distinct()];
        IReadOnlyList<RlsPrincipal> callers = new PrincipalFactory(scene.Model, ClientInputs.Collect(scene.Graph, scene.Model.TenantNames), tenants, scene.ApiRoles).Make(members, null);
        return await new RlsMatrixReader(scene.Graph, scene.Model, new(session)).ReadAsync(callers, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Every drift, by check, with what was looked at.</summary>
    /// <param name="scene">The database, with the spec.</param>
    /// <param name="session">A reading session.</param>
    /// <param name="today">The day on which suppressions are judged.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<(CheckDefinition Check, IReadOnlyList<RlsFinding> Findings, string Examined)>> JudgeAsync(RlsScene scene, IRlsSession session, DateOnly today, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scene);
        RlsSpec spec = scene.Spec!;
        List<(CheckDefinition, IReadOnlyList<RlsFinding>, string)> all = [.. SpecChecks.All.Select(check => (check.Check, (IReadOnlyList<RlsFinding>)[.. check.Judge(scene)], $"Compared {check.Count(scene)} {check.Examined} with the spec."))];
        IReadOnlyList<RlsMatrixEntry> now = spec.Matrix.Count == 0 ? [] : await MatrixAsync(scene, session, cancellationToken).ConfigureAwait(false);
        List<RlsFinding> drift = [.. MatrixDrift.Judge(scene, now)];

        // A role that the spec knows and that nobody holds here was not compared, and a pass must not hide it.
        List<string> absent = [.. spec.Matrix.Select(entry => entry.Role).Distinct().Except(now.Select(entry => entry.Role))];
        if (spec.Matrix.Count == 0 || absent.Count > 0)
        {
            string reason = spec.Matrix.Count == 0 ? "The spec declares no role matrix." : $"No active member here is {string.Join(" or ", absent)}, so what these roles reach was not compared.";
            drift.Add(new(RlsChecks.RoleMatrix, "role matrix", CheckFinding.Skipped(reason, "New-AfTenantFixture makes members of every role; then learn or test again.")));
        }

        all.Add((RlsChecks.RoleMatrix, drift, $"Compared {now.Count} pairs of table and role with the spec, by up to {RlsMatrixReader.RowsPerTenant} rows per tenant and table."));
        all.Add((RlsChecks.Suppression, [.. Suppressions(spec, today)], $"{spec.Suppressions.Count} suppressions, all in date and with a reason."));
        return all;
    }

    private static IEnumerable<RlsFinding> Suppressions(RlsSpec spec, DateOnly today)
    {
        foreach (RlsSuppression suppression in spec.Suppressions)
        {
            string target = $"{suppression.CheckId} {suppression.Target}";
            if (string.IsNullOrWhiteSpace(suppression.Reason))
            {
                yield return new(RlsChecks.Suppression, target, CheckFinding.Fail("The suppression gives no reason.", "a reason", "none", "Write why the finding is accepted, or remove the entry."));
            }
            else if (suppression.Until < today)
            {
                yield return new(RlsChecks.Suppression, target, CheckFinding.Fail($"The suppression ended on {suppression.Until:yyyy-MM-dd} ({suppression.Reason}).", "in date", "ended", "Correct the finding, or have somebody accept it again with a new day."));
            }
        }
    }
}
