using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace AgentFlow.Sandbox.Database;

/// <summary>The database of the rehearsed app: a private cluster, a new database on a given server, or none with the reason.</summary>
internal sealed class SandboxDatabase : IAsyncDisposable
{
    private const string DatabaseName = "agentflow_app";

    private readonly PostgresCluster? _cluster;
    private readonly string? _borrowedServer;

    private SandboxDatabase(string? connectionString, string? reason, PostgresCluster? cluster, string? borrowedServer) =>
        (ConnectionString, Reason, _cluster, _borrowedServer) = (connectionString, reason, cluster, borrowedServer);

    [MemberNotNullWhen(true, nameof(ConnectionString))]
    public bool IsAvailable => ConnectionString is not null;

    /// <summary>Npgsql connection string of the app's database with the right to make anything in it; null without a database.</summary>
    public string? ConnectionString { get; }

    /// <summary>Why there is no database and what would change that; null when there is one.</summary>
    public string? Reason { get; }

    public static SandboxDatabase None(string reason) => new(null, reason, null, null);

    /// <summary>Starts what <c>--database</c> asks for; never throws for a missing or unwilling server.</summary>
    public static async Task<SandboxDatabase> StartAsync(string choice, CancellationToken cancellationToken)
    {
        try
        {
            return choice switch
            {
                "none" => None("no database was asked for (--database none)"),
                "auto" => await StartClusterAsync(cancellationToken).ConfigureAwait(false),
                _ => await BorrowAsync(choice["env:".Length..], cancellationToken).ConfigureAwait(false),
            };
        }
        catch (Exception exception) when (exception is InvalidOperationException or NpgsqlException or IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            return None($"the database could not be started: {exception.Message}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync().ConfigureAwait(false);
        }
        else if (_borrowedServer is not null)
        {
            string name = new NpgsqlConnectionStringBuilder(ConnectionString).Database!;
            await ExecuteAsync(_borrowedServer, $"drop database if exists \"{name}\" with (force)", CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static async Task<SandboxDatabase> StartClusterAsync(CancellationToken cancellationToken)
    {
        PostgresBinaries? binaries = await PostgresBinaries.FindAsync(cancellationToken).ConfigureAwait(false);
        if (binaries is null)
        {
            return None($"no PostgreSQL server (13 or later) was found on this machine; install one: {PostgresBinaries.HowToInstall}");
        }

        PostgresCluster cluster = await PostgresCluster.StartAsync(binaries, null, cancellationToken).ConfigureAwait(false);
        try
        {
            await ExecuteAsync(cluster.ConnectionString, $"create database {DatabaseName}", cancellationToken).ConfigureAwait(false);
            return new(With(cluster.ConnectionString, DatabaseName), null, cluster, null);
        }
        catch
        {
            await cluster.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<SandboxDatabase> BorrowAsync(string variable, CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } server)
        {
            return None($"the environment variable {variable} is not set");
        }

        string name = $"{DatabaseName}_{Environment.ProcessId}";
        string connection;
        try
        {
            connection = With(server, name);
        }
        catch (ArgumentException)
        {
            // Its message would quote the text, which holds a password.
            return None($"the environment variable {variable} does not hold an Npgsql connection string");
        }

        await ExecuteAsync(server, $"create database \"{name}\"", cancellationToken).ConfigureAwait(false);
        return new(connection, null, null, server);
    }

    private static string With(string connectionString, string database) => new NpgsqlConnectionStringBuilder(connectionString) { Database = database }.ConnectionString;

    private static async Task ExecuteAsync(string connectionString, string sql, CancellationToken cancellationToken)
    {
        // Without a pool: nothing may hold the server open.
        await using NpgsqlConnection connection = new(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
