using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Principals;

namespace AgentFlow.Rls.Access;

/// <summary>One connection with one transaction under local timeouts. Disposing rolls it back; nothing can commit it.</summary>
public interface IRlsSession : IAsyncDisposable
{
    /// <summary>What the guard and the plan must know about the connection.</summary>
    /// <param name="apiRoles">The roles that requests run as; those that do not exist are ignored.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<RlsFacts> FactsAsync(IReadOnlyList<string> apiRoles, CancellationToken cancellationToken);

    /// <summary>Reads the catalog.</summary>
    /// <param name="apiRoles">The roles that requests run as; empty to find them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<RlsCatalog> CatalogAsync(IReadOnlyList<string> apiRoles, CancellationToken cancellationToken);

    /// <summary>
    /// Runs each probe in a savepoint of its own, all in one round trip, and undoes each before the next. An error of one is its answer and touches no other.
    /// </summary>
    /// <param name="actor">Who asks; null for the login itself.</param>
    /// <param name="probes">What is asked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>One answer per probe, in their order.</returns>
    Task<IReadOnlyList<RlsAnswer>> RunAsync(RlsActor? actor, IReadOnlyList<RlsProbe> probes, CancellationToken cancellationToken);
}
