using System.Text.Json.Nodes;
using AgentFlow.Rls.Catalog;

namespace AgentFlow.Rls.Fixtures;

/// <summary>One transaction in which a fixture is made or removed; disposing it without <c>CommitAsync</c> leaves nothing.</summary>
public interface IFixtureTransaction : IAsyncDisposable
{
    /// <summary>The registered fixture; null when there is none of that name.</summary>
    Task<TenantFixture?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Inserts one row; a refusal is an answer and leaves the transaction whole.</summary>
    Task<FixtureInsert> InsertAsync(RlsRelation table, JsonObject values, CancellationToken cancellationToken);

    /// <summary>Any one row of a table; null when it is empty.</summary>
    Task<JsonObject?> PickAsync(RlsRelation table, CancellationToken cancellationToken);

    /// <summary>Registers every row that this transaction has made, triggers' rows included, and gives the count per table.</summary>
    /// <exception cref="Faults.AfFaultException">AfRlsFixtureFailed: a row was made in a table without a primary key, so it could not be removed exactly.</exception>
    Task<IReadOnlyList<FixtureTable>> RegisterAsync(TenantFixture fixture, RlsGraph graph, CancellationToken cancellationToken);

    /// <summary>Rows of others that hang on the fixture's: per table how many.</summary>
    Task<IReadOnlyList<FixtureTable>> DependentsAsync(string name, RlsGraph graph, IReadOnlyList<(RlsRelation Table, RlsColumn Column)> tenantColumns, CancellationToken cancellationToken);

    /// <summary>Deletes the fixture's rows and what triggers make meanwhile, and gives the count per table.</summary>
    Task<IReadOnlyList<FixtureTable>> DeleteAsync(string name, RlsGraph graph, CancellationToken cancellationToken);

    /// <summary>Makes it last.</summary>
    Task CommitAsync(CancellationToken cancellationToken);
}
