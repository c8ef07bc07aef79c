using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace AgentFlow.TestKit.Database;

/// <summary>A pgbouncer in transaction mode before a server, on 127.0.0.1, gone when disposed.</summary>
public sealed class TransactionPooler : IAsyncDisposable
{
    /// <summary>Why tests are skipped where <see cref="TryStartAsync"/> gives null.</summary>
    public const string Reason = "pgbouncer is not on this machine (Debian: apt-get install pgbouncer).";

    private readonly Process _process;
    private readonly string _folder;
    private readonly int _port;

    private TransactionPooler(Process process, string folder, int port) => (_process, _folder, _port) = (process, folder, port);

    /// <summary>Starts it, or gives null where it is not installed.</summary>
    /// <param name="connection">The superuser of the server behind.</param>
    /// <param name="poolSize">Connections to the server, which all clients share.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<TransactionPooler?> TryStartAsync(string connection, int poolSize, CancellationToken cancellationToken = default)
    {
        string? program = new[] { "/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer", "/opt/homebrew/bin/pgbouncer" }.FirstOrDefault(File.Exists);
        if (program is null)
        {
            return null;
        }

        NpgsqlConnectionStringBuilder server = new(connection);
        string folder = Directory.CreateTempSubdirectory("af-pooler-").FullName;
        int port = FreePort();
        string file = Path.Combine(folder, "pgbouncer.ini");
        await File.WriteAllTextAsync(
            file,
            $"""
            [databases]
            * = host={server.Host} port={server.Port} user={server.Username} password={server.Password}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = {poolSize}
            ignore_startup_parameters = extra_float_digits,options
            {(Environment.IsPrivilegedProcess ? "user = nobody" : string.Empty)}
            """,
            cancellationToken);
        if (Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows())
        {
            // It reads its file before it becomes somebody else, and once more when asked to.
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        Process process = Process.Start(new ProcessStartInfo(program, ["-q", file]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        TransactionPooler pooler = new(process, folder, port);
        while (!process.HasExited)
        {
            try
            {
                using TcpClient probe = new();
                await probe.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return pooler;
            }
            catch (SocketException)
            {
                await Task.Yield();
            }
        }

        string said = await process.StandardError.ReadToEndAsync(cancellationToken);
        await pooler.DisposeAsync();
        throw new InvalidOperationException($"pgbouncer did not start: {said}");
    }

    /// <summary>The connection string of a database through the pooler.</summary>
    public string For(string database) => new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = _port, Username = "postgres", Database = database, Pooling = false }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
