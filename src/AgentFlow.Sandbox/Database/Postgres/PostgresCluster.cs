using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace AgentFlow.Sandbox.Database;

/// <summary>A PostgreSQL cluster of its own in a new folder, reachable on 127.0.0.1 only, gone when disposed or when this process dies.</summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private const int StartAttempts = 3;

    private readonly string _folder;
    private readonly IPostmaster _postmaster;

    private PostgresCluster(string folder, IPostmaster postmaster, PostgresBinaries binaries, int port, string password)
    {
        (_folder, _postmaster, Binaries, Port) = (folder, postmaster, binaries, port);
        ConnectionString = $"Host=127.0.0.1;Port={port};Username=postgres;Password={password};Database=postgres;Include Error Detail=true;Timeout=10";
    }

    public PostgresBinaries Binaries { get; }

    public int Port { get; }

    /// <summary>Npgsql connection string of the superuser <c>postgres</c>, database <c>postgres</c>.</summary>
    public string ConnectionString { get; }

    /// <summary>Makes and starts a cluster; takes about a second.</summary>
    /// <param name="binaries">As <see cref="PostgresBinaries.FindAsync"/> found them.</param>
    /// <param name="parent">Folder below which the cluster's own folder is made; the temporary folder by default.</param>
    /// <param name="cancellationToken">Gives up and cleans up.</param>
    /// <exception cref="InvalidOperationException">The server did not start; the message ends with its last words.</exception>
    public static async Task<PostgresCluster> StartAsync(PostgresBinaries binaries, string? parent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(binaries);
        for (int attempt = 1; ; attempt++)
        {
            string folder = Path.Combine(parent ?? Path.GetTempPath(), "agentflow-pg-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(5)));
            try
            {
                return await StartInAsync(binaries, folder, cancellationToken).ConfigureAwait(false);
            }
            catch (PortTakenException) when (attempt < StartAttempts)
            {
                Delete(folder);
            }
            catch (Exception exception)
            {
                Delete(folder);
                throw exception is PortTakenException ? new InvalidOperationException("PostgreSQL found no free port", exception) : exception;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _postmaster.StopAsync().ConfigureAwait(false);
        Delete(_folder);
    }

    private static async Task<PostgresCluster> StartInAsync(PostgresBinaries binaries, string folder, CancellationToken cancellationToken)
    {
        PostgresAccount? account = PostgresAccount.Find();
        string data = Path.Combine(folder, "data");
        string password = RandomNumberGenerator.GetHexString(32, lowercase: true);
        await PrepareAsync(folder, password, account, cancellationToken).ConfigureAwait(false);
        string passwordFile = Path.Combine(folder, "password");
        string[] initdb =
        [
            .. account?.Prefix ?? [], binaries.Program("initdb"), "-D", data, "-U", "postgres", "-A", "scram-sha-256", $"--pwfile={passwordFile}",
            "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions",
        ];
        await RunAsync(initdb, folder, cancellationToken).ConfigureAwait(false);
        File.Delete(passwordFile);

        int port = FreePort();
        // A thrown-away cluster needs no durability; a path over the limit of sockaddr_un leaves TCP alone.
        string sockets = OperatingSystem.IsWindows() || folder.Length > 80 ? string.Empty : folder;
        string[] settings =
        [
            $"port={port}", "listen_addresses=127.0.0.1", $"unix_socket_directories={sockets}", "fsync=off", "synchronous_commit=off", "full_page_writes=off",
            "shared_buffers=32MB", "max_connections=100", "autovacuum=off", "max_wal_senders=0", "wal_level=minimal", "log_min_messages=warning", "lc_messages=C", "timezone=UTC",
        ];
        IPostmaster postmaster = OperatingSystem.IsWindows() ? new WindowsPostmaster(binaries, data) : new UnixPostmaster(binaries, data, account);
        try
        {
            await postmaster.StartAsync(settings, cancellationToken).ConfigureAwait(false);
            return new(folder, postmaster, binaries, port, password);
        }
        catch
        {
            await postmaster.StopAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task PrepareAsync(string folder, string password, PostgresAccount? account, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "password"), password, cancellationToken).ConfigureAwait(false);
        if (account is not null)
        {
            await RunAsync(["chown", "-R", $"{account.Name}:{account.Group}", folder], folder, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task RunAsync(string[] command, string folder, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = folder };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        string errors = await process.StandardError.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        _ = await output.ConfigureAwait(false);
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Path.GetFileName(command[0])} ended with {process.ExitCode}: {errors.Trim()}");
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Delete(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (DirectoryNotFoundException)
        {
            // The watchdog deletes it too, and was faster.
        }
    }
}
