using System.Net.Sockets;
using System.Security.Authentication;
using AgentFlow.Faults;
using Npgsql;

namespace AgentFlow.Adapters.Postgres;

/// <summary>The one place where the driver's exceptions become faults. Nothing of their text is passed on: it may quote rows, statements or the connection.</summary>
internal static class PostgresFaults
{
    /// <summary>True for what <see cref="Translate"/> takes; the caller's own cancellation is none.</summary>
    public static bool IsFault(Exception exception, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested && exception is NpgsqlException or TimeoutException or SocketException or IOException or AuthenticationException or OperationCanceledException
        || (cancellationToken.IsCancellationRequested && exception is PostgresException { SqlState: not PostgresErrorCodes.QueryCanceled });

    public static AfFaultException Translate(Exception exception, string doing, DatabaseAddress address) => exception switch
    {
        PostgresException refused => Refused(refused.SqlState, doing, address),
        TimeoutException or OperationCanceledException or NpgsqlException { InnerException: TimeoutException or OperationCanceledException } => TimedOut(doing, address),
        AuthenticationException or NpgsqlException { InnerException: AuthenticationException } => new(
            FaultKind.Connection,
            FaultId.DatabaseUnreachable,
            $"{address} was reached, but no trusted TLS connection came about ({doing}).",
            "Check this machine's clock and trusted roots, and 'SSL Mode' and 'Root Certificate' in the connection.",
            address.ToString()),
        _ => Unreachable(exception, doing, address),
    };

    /// <summary>The fault of an answer that is only a sign of a busy server (a lock, no memory, no disk): nothing was looked at. Null for every other one.</summary>
    public static AfFaultException? Busy(string? state, string doing, DatabaseAddress address) =>
        state is "55P03" or "57014" or "40P01" || state?.StartsWith("53", StringComparison.Ordinal) == true ? Refused(state, doing, address) : null;

    private static AfFaultException Unreachable(Exception exception, string doing, DatabaseAddress address)
    {
        // Before a socket is there the driver has only a sentence; one of them is about a missing password.
        if (exception is NpgsqlException { InnerException: null } && exception.Message.Contains("password", StringComparison.OrdinalIgnoreCase))
        {
            return new(FaultKind.Authentication, FaultId.DatabaseCredentialRejected, $"{address} asks for a password and the connection holds none.", "Add the password to the stored connection.", address.ToString());
        }

        SocketError? error = (exception as SocketException ?? exception.InnerException as SocketException)?.SocketErrorCode;
        (string what, string fix) = error switch
        {
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => ("its name does not resolve", "Check the host in the stored connection, and this machine's DNS; Supabase's direct hosts are IPv6 only, use the pooler's address without IPv6."),
            SocketError.ConnectionRefused => ("nothing listens there", "Check host and port, and that the database runs (a paused Supabase project must be restored)."),
            SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.AddressFamilyNotSupported => ("there is no way to it", "Check the network; Supabase's direct hosts are IPv6 only, use the pooler's address without IPv6."),
            _ => ("the connection failed or was closed", "Check the network between here and the database, its allowed addresses, and run the command again."),
        };
        return new(FaultKind.Connection, FaultId.DatabaseUnreachable, $"The database {address} cannot be used for {doing}: {what}.", fix, address.ToString());
    }

    private static AfFaultException TimedOut(string doing, DatabaseAddress address) => new(
        FaultKind.Timeout,
        FaultId.DatabaseTimeout,
        $"The database {address} did not finish {doing} in time.",
        "Look for locks and long transactions (pg_stat_activity), then run the command again.",
        address.ToString());

    private static AfFaultException Refused(string state, string doing, DatabaseAddress address)
    {
        (FaultKind kind, string id, string what, string fix) = state switch
        {
            "57014" or "55P03" or "25P03" or "40P01" => (FaultKind.Timeout, FaultId.DatabaseTimeout, "did not finish in time", "Look for locks and long transactions (pg_stat_activity), then run the command again."),
            "42501" => (FaultKind.Permission, FaultId.DatabasePermissionDenied, "is not allowed to this role", "Grant the role of the stored connection what the about_AgentFlow_Contexts topic lists, or use another role."),
            "3D000" => (FaultKind.NotFound, FaultId.DatabaseObjectMissing, "failed because the database does not exist", "Correct the database name in the stored connection."),
            "42P01" or "3F000" or "42703" or "42883" or "42704" or "42P02" => (FaultKind.NotFound, FaultId.DatabaseObjectMissing, "failed because a table, column, role or function does not exist",
                "Compare the names in tables and lead of agentflow.json with the database's schema."),
            "XX000" => (FaultKind.Unavailable, FaultId.DatabaseUnavailable, "failed inside the server or its pooler", "Check that the user name carries the right project ref, and that the project is not paused; then run the command again."),
            _ when state.StartsWith("28", StringComparison.Ordinal) => (FaultKind.Authentication, FaultId.DatabaseCredentialRejected, "was refused: user name or password is wrong",
                "Store the right connection where the config's reference points; after a rotation it must hold the new password."),
            _ when state.StartsWith("53", StringComparison.Ordinal) || state.StartsWith("57", StringComparison.Ordinal) || state.StartsWith("08", StringComparison.Ordinal) =>
                (FaultKind.Unavailable, FaultId.DatabaseUnavailable, "failed because the server is full, starting or stopping", "Wait a minute and run the command again."),
            _ => (FaultKind.InvalidData, FaultId.DatabaseFailed, "failed", $"Look up SQLSTATE {state} in PostgreSQL's documentation and see the server's log."),
        };
        return new(kind, id, $"In the database {address}, {doing} {what} (SQLSTATE {state}).", fix, address.ToString());
    }
}
