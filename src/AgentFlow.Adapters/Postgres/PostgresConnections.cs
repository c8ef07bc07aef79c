using AgentFlow.Faults;
using AgentFlow.Safety;
using Npgsql;

namespace AgentFlow.Adapters.Postgres;

/// <summary>
/// The one place that opens database connections. No pool and no prepared statements, so that nothing of one principal outlives its transaction
/// and a transaction pooler may stand in between; a server elsewhere is reached over TLS unless the connection itself says otherwise.
/// </summary>
/// <param name="connection">Gives the connection at the moment of use: <c>Key=Value;…</c> or a <c>postgresql://</c> address.</param>
/// <param name="applicationName">What the server's own views call this client.</param>
public sealed class PostgresConnections(Func<Secret> connection, string applicationName = "AgentFlow.PS")
{
    private const int ConnectSeconds = 10;
    private const int CommandSeconds = 30;

    private readonly Lazy<NpgsqlConnectionStringBuilder> _settings = new(() => Settings(connection(), applicationName));

    /// <summary>Where the connections go.</summary>
    /// <exception cref="AfFaultException">AfDatabaseAddressInvalid.</exception>
    public DatabaseAddress Address => DatabaseAddress.Of(_settings.Value);

    /// <summary>Opens one connection; the caller disposes it.</summary>
    /// <exception cref="AfFaultException">It cannot be reached or refuses the credential.</exception>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        NpgsqlConnection opened = new(_settings.Value.ConnectionString);
        try
        {
            await opened.OpenAsync(cancellationToken).ConfigureAwait(false);
            return opened;
        }
        catch (Exception exception) when (PostgresFaults.IsFault(exception, cancellationToken))
        {
            await opened.DisposeAsync().ConfigureAwait(false);
            throw PostgresFaults.Translate(exception, "opening a connection", Address);
        }
        catch
        {
            await opened.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Runs one piece of work and turns the driver's exceptions into faults. <paramref name="doing"/> names the work in errors: "reading the lead".</summary>
    /// <exception cref="AfFaultException">The database refused or failed.</exception>
    public async Task<T> RunAsync<T>(string doing, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception exception) when (PostgresFaults.IsFault(exception, cancellationToken))
        {
            throw PostgresFaults.Translate(exception, doing, Address);
        }
    }

    /// <summary>What every connection of this product has in common.</summary>
    internal static NpgsqlConnectionStringBuilder Settings(Secret secret, string applicationName)
    {
        NpgsqlConnectionStringBuilder settings = PostgresAddress.Parse(secret);
        bool local = DatabaseAddress.Of(settings).IsLoopback;
        if (!local && !settings.ShouldSerialize("SSL Mode"))
        {
            settings.SslMode = SslMode.Require;
        }

        settings.ApplicationName = applicationName;
        settings.Pooling = false;
        settings.MaxAutoPrepare = 0;
        settings.Enlist = false;
        settings.PersistSecurityInfo = false;
        settings.IncludeErrorDetail = false;
        settings.LogParameters = false;
        settings.Timeout = ConnectSeconds;
        settings.CommandTimeout = CommandSeconds;
        settings.CancellationTimeout = 500;
        return settings;
    }
}
