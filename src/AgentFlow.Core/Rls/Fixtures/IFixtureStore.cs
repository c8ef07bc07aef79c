namespace AgentFlow.Rls.Fixtures;

/// <summary>Where fixtures are made: a database that was found to be non-production.</summary>
public interface IFixtureStore
{
    /// <summary>Opens a transaction.</summary>
    /// <exception cref="Faults.AfFaultException">The database cannot be used.</exception>
    Task<IFixtureTransaction> BeginAsync(CancellationToken cancellationToken);
}
