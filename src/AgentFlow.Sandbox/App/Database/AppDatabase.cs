using System.Reflection;
using AgentFlow.Sandbox.Hosting;
using AgentFlow.Sandbox.Scenarios;
using Npgsql;

namespace AgentFlow.Sandbox.App.Database;

/// <summary>The app's database: makes schema and seed, and opens connections for the app.</summary>
internal sealed class AppDatabase(SandboxState sandbox)
{
    public bool IsAvailable => sandbox.Database.IsAvailable;

    /// <summary>Empties the database and fills it again for the current scenario.</summary>
    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        if (!IsAvailable)
        {
            return;
        }

        await using NpgsqlConnection connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        foreach (string file in sandbox.Has(Trait.CrossTenantLead) ? new[] { "schema.sql", "seed.sql", "cross-tenant.sql" } : ["schema.sql", "seed.sql"])
        {
            await using NpgsqlCommand command = new(Sql(file), connection);
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = new(new NpgsqlConnectionStringBuilder(sandbox.Database.ConnectionString) { Pooling = false, ApplicationName = "rehearsal app" }.ConnectionString);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        return connection;
    }

    /// <summary>The text of one of the app's embedded files.</summary>
    public static string Sql(string file)
    {
        Assembly assembly = typeof(AppDatabase).Assembly;
        string name = assembly.GetManifestResourceNames().Single(resource => resource.EndsWith("." + file, StringComparison.Ordinal));
        using StreamReader reader = new(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
