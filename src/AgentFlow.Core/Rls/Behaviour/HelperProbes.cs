using AgentFlow.Rls.Access;
using AgentFlow.Rls.Principals;
using AgentFlow.Rls.Tenancy;

namespace AgentFlow.Rls.Behaviour;

/// <summary>Asks every helper behind policies, as every signed-in principal, which tenants are its own.</summary>
public sealed class HelperProbes(RlsScene scene, IReadOnlySet<string> tenants)
{
    /// <summary>The helpers that can be asked.</summary>
    public IReadOnlyList<HelperShape> Helpers { get; } =
    [
        .. scene.Graph.Catalog.Routines.Where(routine => scene.Helpers.Contains(routine.Oid)).Select(routine => HelperShape.Of(routine, scene)).OfType<HelperShape>(),
    ];

    /// <summary>What they said to one principal.</summary>
    public async Task<IReadOnlyList<HelperObservation>> AskAsync(IRlsSession session, RlsPrincipal principal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(principal);
        TenantModel model = scene.Model;
        List<string> asked = [.. principal.ActiveTenants, .. principal.InactiveTenants, .. principal.Victim is { } victim ? [victim] : Array.Empty<string>()];
        IReadOnlyList<string> roles = model.Membership?.Roles ?? [];
        List<string> highest = [.. roles.Take(1)];
        List<RlsProbe> probes = [];
        foreach (HelperShape helper in Helpers)
        {
            probes.Add(new(helper.Query(asked, roles, principal.UserId, model.TenantType)));
            probes.Add(new(helper.Query(asked, highest, principal.UserId, model.TenantType)));
        }

        IReadOnlyList<RlsAnswer> answers = await session.RunAsync(principal.Forged, probes, cancellationToken).ConfigureAwait(false);

        // Policies may call what the caller cannot name: then it is asked by the login, with the caller's claims.
        if (answers.Any(answer => answer.State == "42501"))
        {
            IReadOnlyList<RlsAnswer> byLogin = await session.RunAsync(principal.Forged with { Role = "none" }, probes, cancellationToken).ConfigureAwait(false);
            answers = [.. answers.Zip(byLogin, (own, login) => own.State == "42501" ? login : own)];
        }

        return
        [
            .. Helpers.Select((helper, i) => new HelperObservation
            {
                Helper = helper,
                Principal = principal,
                Granted = Tenants(answers[2 * i]),
                GrantedAsHighest = helper.TakesRole && roles.Count > 1 && !answers[(2 * i) + 1].IsError ? Tenants(answers[(2 * i) + 1]) : null,
                Error = answers[2 * i].IsError ? answers[2 * i] : null,
            }),
        ];
    }

    private List<string> Tenants(RlsAnswer answer) => [.. answer.Rows.Select(row => row["v"]).OfType<string>().Where(tenants.Contains).Distinct()];
}
