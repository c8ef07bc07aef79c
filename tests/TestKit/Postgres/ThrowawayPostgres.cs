using AgentFlow.Sandbox.Database;
using Npgsql;

namespace AgentFlow.TestKit.Postgres;

/// <summary>One PostgreSQL cluster per test process, started on first use from installed binaries, on 127.0.0.1, under an unprivileged user; it ends with the process.</summary>
public static class ThrowawayPostgres
{
    /// <summary>Why a test is skipped when <see cref="TryCreateAsync"/> gives null.</summary>
    public static string Reason { get; } = $"No PostgreSQL server (13 or later) is installed: {PostgresBinaries.HowToInstall}";

    private static readonly Lazy<Task<PostgresCluster?>> s_cluster = new(StartAsync);

    private static int s_number;

    /// <summary>
    /// A new database of its own on the cluster; null where no PostgreSQL is installed. <paramref name="app"/> fills it with the rehearsal app's
    /// schema and seed (two tenants, users in every state of membership, the roles anon, authenticated and service_role). Login and roles are the cluster's, shared by all.
    /// </summary>
    public static async Task<TestDatabase?> TryCreateAsync(bool app = false, CancellationToken cancellationToken = default)
    {
        if (await s_cluster.Value.WaitAsync(cancellationToken) is not { } cluster)
        {
            return null;
        }

        string name = $"test_{Interlocked.Increment(ref s_number)}";
        TestDatabase server = new(cluster.ConnectionString);
        await server.ExecuteAsync($"create database {name}", cancellationToken);
        TestDatabase database = new(new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Database = name }.ConnectionString);
        if (app)
        {
            await database.ExecuteFileAsync("schema.sql", cancellationToken);
            await database.ExecuteFileAsync("seed.sql", cancellationToken);
        }

        return database;
    }

    private static async Task<PostgresCluster?> StartAsync() => await PostgresBinaries.FindAsync(CancellationToken.None) is { } binaries
        ? await PostgresCluster.StartAsync(binaries, null, CancellationToken.None)
        : null;
}
