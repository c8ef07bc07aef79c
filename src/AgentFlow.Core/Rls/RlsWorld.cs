using AgentFlow.Rls.Access;

namespace AgentFlow.Rls;

/// <summary>A database as one run knows it: facts, catalog and tenancy.</summary>
public sealed record RlsWorld(RlsFacts Facts, RlsScene Scene)
{
    /// <summary>Reads it in one READ ONLY transaction.</summary>
    public static async Task<RlsWorld> ReadAsync(IRlsSession session, RlsOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(options);
        RlsScene scene = await SceneReader.ReadAsync(session, options.ApiRoles, options.Hints, options.Spec, cancellationToken).ConfigureAwait(false);
        return new(await session.FactsAsync(scene.ApiRoles, cancellationToken).ConfigureAwait(false), scene);
    }
}
