using AgentFlow.Adapters.Store;
using AgentFlow.Deployments;
using AgentFlow.Faults;
using Npgsql;

namespace AgentFlow.Adapters.Postgres;

/// <summary>Which role the database takes the connection for, and whether row-level security binds it.</summary>
public sealed class DatabaseRole(PostgresConnections connections, TimeProvider time) : IIdentitySource
{
    /// <inheritdoc/>
    public string System => "Database";

    /// <inheritdoc/>
    public async Task<ProviderIdentity> ReadAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await connections.OpenAsync(cancellationToken).ConfigureAwait(false);
        return await connections.RunAsync("asking for the role", () => AskAsync(connection, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private static string[] Those(params (string Text, bool Holds)[] all) => [.. all.Where(one => one.Holds).Select(one => one.Text)];

    private async Task<ProviderIdentity> AskAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(EmbeddedSql.Read("login-identity.sql"), connection);
        DateTimeOffset sentAt = time.GetUtcNow();
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new AfFaultException(FaultKind.InvalidData, FaultId.DatabaseFailed, $"The database {connections.Address} does not say which role it is.", "Use a role that may read pg_roles.", connections.Address.ToString());
        }

        string role = reader.GetString(0);
        DateTimeOffset theirs = reader.GetFieldValue<DateTimeOffset>(5);
        DateTimeOffset now = time.GetUtcNow();
        (bool super, bool bypass, bool roles, bool authenticated) = (reader.GetBoolean(1), reader.GetBoolean(2), reader.GetBoolean(3), reader.GetBoolean(6));
        return new()
        {
            System = System,
            Account = $"{role} at {connections.Address}",
            AccountId = role,
            Scopes = Those(("superuser", super), ("bypassrls", bypass), ("createrole", roles), ("authenticated", authenticated)),
            // The truth about rows needs a role that policies do not limit; what tenants see is asked after SET ROLE.
            Missing = Those(
                ("membership of role authenticated (grant authenticated to it)", !super && !authenticated),
                ("BYPASSRLS (counting a tenant's rows truly needs a role that policies do not limit)", !super && !bypass)),
            Excess = Those(
                ("superuser", super),
                ("CREATEROLE", roles && !super)),
            ExpiresAt = reader.IsDBNull(4) ? null : reader.GetFieldValue<DateTimeOffset>(4),
            ClockSkew = theirs < sentAt ? theirs - sentAt : theirs > now ? theirs - now : TimeSpan.Zero,
        };
    }
}
