using System.Reflection;
using Npgsql;

namespace AgentFlow.TestKit.Postgres;

/// <summary>A database of one test; it stays until the cluster ends.</summary>
/// <param name="connectionString">Npgsql connection string of the superuser.</param>
public sealed class TestDatabase(string connectionString)
{
    /// <summary>Npgsql connection string of the superuser <c>postgres</c>, without a pool.</summary>
    public string ConnectionString { get; } = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;

    /// <summary>The same database as another login role.</summary>
    public string As(string role, string password) => new NpgsqlConnectionStringBuilder(ConnectionString) { Username = role, Password = password }.ConnectionString;

    /// <summary>Opens a connection of the superuser; the caller disposes it.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken = default)
    {
        NpgsqlConnection connection = new(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    /// <summary>Runs statements as the superuser.</summary>
    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken = default)
    {
        await using NpgsqlConnection connection = await OpenAsync(cancellationToken);
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Runs one of the rehearsal app's files: schema.sql, seed.sql, cross-tenant.sql.</summary>
    public async Task ExecuteFileAsync(string file, CancellationToken cancellationToken = default)
    {
        Assembly assembly = typeof(TestDatabase).Assembly;
        using StreamReader reader = new(assembly.GetManifestResourceStream(assembly.GetManifestResourceNames().Single(name => name.EndsWith("." + file, StringComparison.Ordinal)))!);
        await ExecuteAsync(await reader.ReadToEndAsync(cancellationToken), cancellationToken);
    }

    /// <summary>The first column of the first row, as text; null for null or no row.</summary>
    public async Task<string?> TextAsync(string sql, CancellationToken cancellationToken = default)
    {
        await using NpgsqlConnection connection = await OpenAsync(cancellationToken);
        await using NpgsqlCommand command = new(sql, connection);
        object? value = await command.ExecuteScalarAsync(cancellationToken);
        return value is null or DBNull ? null : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture);
    }
}
