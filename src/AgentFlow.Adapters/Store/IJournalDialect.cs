using System.Data.Common;
using AgentFlow.Faults;

namespace AgentFlow.Adapters.Store;

/// <summary>What differs between the two engines; everything else is <see cref="AdoJournalStore"/>.</summary>
internal interface IJournalDialect
{
    /// <summary>Shown in errors: which store, never a connection string.</summary>
    string DisplayName { get; }

    /// <summary>Opens a connection on a schema that exists and refuses changes.</summary>
    Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Begins a transaction in which nobody else appends to this stream.</summary>
    Task<DbTransaction> BeginAppendAsync(DbConnection connection, string stream, CancellationToken cancellationToken);

    /// <summary>Takes the stream's lease, or answers null when another process holds it.</summary>
    Task<IAsyncDisposable?> TryLeaseAsync(string stream, CancellationToken cancellationToken);

    /// <summary>Translates the driver's exception, whose type must not leave.</summary>
    AfFaultException Translate(DbException exception);
}
