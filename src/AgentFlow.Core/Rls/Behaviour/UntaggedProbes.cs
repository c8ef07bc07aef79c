using AgentFlow.Rls.Access;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Principals;
using static AgentFlow.Rls.Text.SqlText;

namespace AgentFlow.Rls.Behaviour;

/// <summary>Reads views that name no tenant as callers that have none: a row that the login sees in the same words is a tenant's. Sums differ and stay out.</summary>
internal static class UntaggedProbes
{
    private const int MostRows = 500;

    public static async Task<IReadOnlyList<UntaggedObservation>> ReadAsync(IRlsSession session, RlsScene scene, IReadOnlyList<RlsPrincipal> principals, CancellationToken cancellationToken)
    {
        List<RlsRelation> views = [.. scene.OwnRelations.Where(relation => relation.Kind is "v" or "m" && !scene.IsTenant(relation) && scene.Graph.Lineage(relation).Any(scene.IsTenant) && scene.ApiRoles.Any(role => scene.Graph.Reaches(role, relation)))];
        if (views.Count == 0)
        {
            return [];
        }

        List<RlsProbe> probes = [.. views.Select(view => new RlsProbe($"select pg_catalog.md5(pg_catalog.to_jsonb(x)::text) as h from (select * from {Name(view)} limit {MostRows}) x"))];
        List<HashSet<string>> truth = [.. (await session.RunAsync(null, probes, cancellationToken).ConfigureAwait(false)).Select(Hashes)];
        List<UntaggedObservation> seen = [];
        foreach (RlsPrincipal principal in principals.Where(principal => principal.ActiveTenants.Count == 0))
        {
            IReadOnlyList<RlsAnswer> answers = await session.RunAsync(principal.Forged, probes, cancellationToken).ConfigureAwait(false);
            seen.AddRange(views.Select((view, i) => new UntaggedObservation(view, principal, Hashes(answers[i]).Count(truth[i].Contains))));
        }

        return seen;
    }

    private static HashSet<string> Hashes(RlsAnswer answer) => [.. answer.Rows.Select(row => row["h"]).OfType<string>()];
}
