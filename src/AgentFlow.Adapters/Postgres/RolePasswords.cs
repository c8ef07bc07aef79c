using System.Net.Sockets;
using AgentFlow.Adapters.Store;
using AgentFlow.Faults;
using AgentFlow.Rotation.Ports;
using AgentFlow.Safety;
using Npgsql;

namespace AgentFlow.Adapters.Postgres;

/// <summary>Login roles over the wire protocol. Passwords are set by their verifier: no text reaches the server's log.</summary>
public sealed class RolePasswords(Func<Secret> adminConnection) : IRolePasswords
{
    private const string InvalidPassword = "28P01";
    private const string InvalidAuthorization = "28000";
    private const string InsufficientPrivilege = "42501";
    private const string UndefinedObject = "42704";

    /// <inheritdoc/>
    public Task<IReadOnlyList<LoginRole>> ReadAsync(IReadOnlyList<string> roles, CancellationToken cancellationToken) => RunAsync<IReadOnlyList<LoginRole>>(
        async connection =>
        {
            await using NpgsqlCommand command = new(EmbeddedSql.Read("login-roles.sql"), connection);
            command.Parameters.AddWithValue("roles", roles.ToArray());
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            List<LoginRole> found = [];
            while (await reader.ReadAsync(cancellationToken))
            {
                found.Add(new() { Name = reader.GetString(0), CanLogin = reader.GetBoolean(1), HasPassword = reader.GetBoolean(2), Sessions = reader.GetInt32(3) });
            }

            return found;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task SetVerifierAsync(string role, string verifier, CancellationToken cancellationToken) =>
        AlterAsync("select format('alter role %I with login password %L valid until ''infinity''', $1, $2)", role, verifier, cancellationToken);

    /// <inheritdoc/>
    public Task SetLoginAsync(string role, bool canLogin, CancellationToken cancellationToken) =>
        AlterAsync(canLogin ? "select format('alter role %I with login', $1)" : "select format('alter role %I with nologin', $1)", role, null, cancellationToken);

    /// <inheritdoc/>
    public Task ClearAsync(string role, CancellationToken cancellationToken) =>
        AlterAsync("select format('alter role %I with nologin password null valid until ''1970-01-01''', $1)", role, null, cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> TryLoginAsync(string role, Secret password, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(password);
        NpgsqlConnectionStringBuilder settings = Settings();
        settings.Username = role;
        settings.Password = password.Reveal();
        try
        {
            await using NpgsqlConnection connection = new(settings.ToString());
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState is InvalidPassword or InvalidAuthorization)
        {
            return false;
        }
        catch (Exception exception) when (exception is NpgsqlException or SocketException or TimeoutException)
        {
            throw Translate(exception);
        }
    }

    private Task<int> AlterAsync(string statement, string role, string? verifier, CancellationToken cancellationToken) => RunAsync(
        async connection =>
        {
            // ALTER ROLE takes no parameters: the server itself quotes the name and the literal.
            await using NpgsqlCommand format = new(statement, connection);
            format.Parameters.Add(new NpgsqlParameter<string> { TypedValue = role });
            if (verifier is not null)
            {
                format.Parameters.Add(new NpgsqlParameter<string> { TypedValue = verifier });
            }

            string alter = (string)(await format.ExecuteScalarAsync(cancellationToken))!;
            await using NpgsqlCommand command = new(alter, connection);
            return await command.ExecuteNonQueryAsync(cancellationToken);
        },
        cancellationToken);

    private async Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using NpgsqlConnection connection = new(Settings().ToString());
            await connection.OpenAsync(cancellationToken);
            return await work(connection);
        }
        catch (Exception exception) when (exception is NpgsqlException or SocketException or TimeoutException)
        {
            throw Translate(exception);
        }
    }

    private NpgsqlConnectionStringBuilder Settings() => PostgresConnections.Settings(adminConnection(), "AgentFlow.PS rotation");

    private static AfFaultException Translate(Exception exception) => (exception as PostgresException)?.SqlState switch
    {
        InsufficientPrivilege => new(FaultKind.Permission, FaultId.RotationCallFailed, "The admin role may not alter the login roles.", "Use a role with CREATEROLE that may administer them."),
        InvalidPassword or InvalidAuthorization => new(FaultKind.Authentication, FaultId.RotationCallFailed, "The database does not let the admin role in.", "Correct what adminDatabase points to."),
        UndefinedObject => new(FaultKind.NotFound, FaultId.RotationCallFailed, "A login role of the credential does not exist.", "Correct the roles of the credential."),
        { } state => new(FaultKind.Unavailable, FaultId.RotationCallFailed, $"The database did not take the call (SQLSTATE {state}).", "Look at the server."),
        null => new(FaultKind.Connection, FaultId.RotationCallFailed, "The database cannot be reached or did not answer.", "Check the address and the network."),
    };
}
