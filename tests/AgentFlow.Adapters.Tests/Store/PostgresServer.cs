using AgentFlow.Sandbox.Database;
using Npgsql;

namespace AgentFlow.Adapters.Tests.Store;

/// <summary>One thrown-away PostgreSQL for a class of tests; each test takes a database of its own. Null-like where none is installed.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private PostgresCluster? _cluster;
    private int _next;

    public bool IsAvailable => _cluster is not null;

    public async ValueTask InitializeAsync()
    {
        if (await PostgresBinaries.FindAsync(default) is { } binaries)
        {
            _cluster = await PostgresCluster.StartAsync(binaries, null, default);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }

    /// <summary>Skips the test where no server is installed.</summary>
    public void Require() => Assert.SkipUnless(IsAvailable, $"No PostgreSQL server is installed: {PostgresBinaries.HowToInstall}");

    /// <summary>Makes a database and answers its owner's connection string, without a pool.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        string name = $"test_{Interlocked.Increment(ref _next)}";
        await ExecuteAsync(_cluster!.ConnectionString, $"create database {name}");
        return new NpgsqlConnectionStringBuilder(_cluster.ConnectionString) { Database = name, Pooling = false }.ConnectionString;
    }

    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using NpgsqlConnection connection = new(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<object?> AskAsync(string connectionString, string sql)
    {
        await using NpgsqlConnection connection = new(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using NpgsqlCommand command = new(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>The connection string of another role of the same database.</summary>
    public static string As(string connectionString, string role, string password) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Username = role, Password = password, Pooling = false }.ConnectionString;
}
