using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Hosting;
using AgentFlow.Sandbox.Vercel;
using Npgsql;

namespace AgentFlow.Sandbox.Database;

/// <summary>Two login roles with the same rights, of which the app uses one through DATABASE_URL.</summary>
internal sealed class RolesPart(SandboxState sandbox, VercelPart vercel) : ISandboxPart
{
    public const string First = "agentflow_app_a";
    public const string Second = "agentflow_app_b";

    public string Name => "roles";

    public void Map(IEndpointRouteBuilder routes)
    {
        // It has no interface of its own: the database speaks for it.
    }

    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        if (sandbox.Database is not { IsAvailable: true, ConnectionString: { } connectionString })
        {
            return;
        }

        string password = RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789", 32);
        await using NpgsqlConnection connection = new(connectionString);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using NpgsqlCommand command = new(
            $"""
            do $$ begin
              if not exists (select from pg_roles where rolname = '{First}') then create role {First}; end if;
              if not exists (select from pg_roles where rolname = '{Second}') then create role {Second}; end if;
            end $$;
            alter role {First} login password '{password}' valid until 'infinity';
            alter role {Second} nologin password null;
            """,
            connection);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        NpgsqlConnectionStringBuilder address = new(connectionString);
        lock (sandbox.Gate)
        {
            SeededValue.Add(sandbox, vercel, "DATABASE_URL", Url(address, First, password), "sensitive");
        }
    }

    public (string ContentType, string Body)? ErrorBody(int status) => null;

    public void Configure(JsonObject config)
    {
        if (sandbox.Database is not { IsAvailable: true, ConnectionString: { } connectionString })
        {
            return;
        }

        ((JsonArray)config["credentials"]!).Add(new JsonObject
        {
            ["name"] = "database-password",
            ["kind"] = "PostgresRolePassword",
            ["variables"] = new JsonObject { ["DATABASE_URL"] = "url" },
            ["roles"] = new JsonArray(First, Second),
            ["urlTemplate"] = Url(new(connectionString), "{role}", "{password}"),
            ["adminDatabase"] = $"file:{sandbox.Folder.Write("admin-database.token", connectionString)}",
            ["sharedWith"] = new JsonArray(),
            ["maxAgeDays"] = 90,
        });
    }

    private static string Url(NpgsqlConnectionStringBuilder address, string role, string password) => $"postgresql://{role}:{password}@{address.Host}:{address.Port}/{address.Database}";
}
