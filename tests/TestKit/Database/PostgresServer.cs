using AgentFlow.Sandbox.Database;
using Npgsql;

namespace AgentFlow.TestKit.Database;

/// <summary>One PostgreSQL cluster for a test run, with a database per case that is copied from a template in a tenth of a second.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly PostgresCluster _cluster;
    private int _made;

    private PostgresServer(PostgresCluster cluster) => _cluster = cluster;

    /// <summary>Why tests are skipped where <see cref="TryStartAsync"/> gives null.</summary>
    public static string Reason => $"PostgreSQL's server programs are not on this machine; {PostgresBinaries.HowToInstall}";

    /// <summary>Npgsql connection string of the superuser on the maintenance database.</summary>
    public string ConnectionString => _cluster.ConnectionString;

    /// <summary>Starts a cluster, or gives null where PostgreSQL is not installed.</summary>
    public static async Task<PostgresServer?> TryStartAsync(CancellationToken cancellationToken = default) =>
        await PostgresBinaries.FindAsync(cancellationToken) is { } binaries ? new(await PostgresCluster.StartAsync(binaries, null, cancellationToken)) : null;

    /// <summary>The connection string of one of its databases.</summary>
    public string For(string database) => new NpgsqlConnectionStringBuilder(ConnectionString) { Database = database, Pooling = false }.ConnectionString;

    /// <summary>Makes a database from a script and returns its name.</summary>
    public async Task<string> CreateAsync(string name, string scriptFile, CancellationToken cancellationToken = default)
    {
        await ExecuteAsync("postgres", $"create database {name}", cancellationToken);
        await RunFileAsync(name, scriptFile, cancellationToken);
        return name;
    }

    /// <summary>Copies a database and returns the copy's name. Nobody may be connected to the template.</summary>
    public async Task<string> CopyAsync(string template, CancellationToken cancellationToken = default)
    {
        string name = $"case_{Interlocked.Increment(ref _made)}";
        await ExecuteAsync("postgres", $"create database {name} template {template} strategy file_copy", cancellationToken);
        return name;
    }

    /// <summary>Drops a database, whoever is connected.</summary>
    public Task DropAsync(string name, CancellationToken cancellationToken = default) => ExecuteAsync("postgres", $"drop database if exists {name} with (force)", cancellationToken);

    /// <summary>Runs SQL of any number of statements.</summary>
    public async Task ExecuteAsync(string database, string sql, CancellationToken cancellationToken = default)
    {
        await using NpgsqlConnection connection = new(For(database));
        await connection.OpenAsync(cancellationToken);
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The one value of a query as text.</summary>
    public async Task<string?> ValueAsync(string database, string sql, CancellationToken cancellationToken = default)
    {
        await using NpgsqlConnection connection = new(For(database));
        await connection.OpenAsync(cancellationToken);
        await using NpgsqlCommand command = new(sql, connection);
        return (await command.ExecuteScalarAsync(cancellationToken))?.ToString();
    }

    /// <summary>Runs a script; lines for psql alone (backslash commands) are left out.</summary>
    public async Task RunFileAsync(string database, string file, CancellationToken cancellationToken = default) =>
        await ExecuteAsync(database, string.Join('\n', (await File.ReadAllLinesAsync(file, cancellationToken)).Where(line => !line.StartsWith('\\'))), cancellationToken);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
