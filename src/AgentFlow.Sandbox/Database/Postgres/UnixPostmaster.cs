using System.Diagnostics;

namespace AgentFlow.Sandbox.Database;

/// <summary>
/// The server below a small shell that waits on a pipe held by this process. When this process ends, however it ends, the kernel
/// closes the pipe, the shell reads its end, stops the server and deletes the cluster.
/// </summary>
internal sealed class UnixPostmaster(PostgresBinaries binaries, string data, PostgresAccount? account) : IPostmaster
{
    private const string Watchdog = """
        trap '' INT HUP TERM
        folder=$1; shift
        "$@" </dev/null &
        server=$!
        read -r _
        kill -QUIT $server 2>/dev/null
        wait $server
        rm -rf -- "$folder"
        """;

    private static readonly TimeSpan s_stopTime = TimeSpan.FromSeconds(10);

    private readonly List<string> _lastWords = [];
    private Process? _shell;

    public async Task StartAsync(IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        string folder = Path.GetDirectoryName(data)!;
        string[] arguments =
        [
            "-c", Watchdog, "sandbox-watchdog", folder,
            .. account?.Prefix ?? [], binaries.Program("postgres"), "-D", data,
            .. settings.SelectMany(setting => new[] { "-c", setting }),
        ];
        ProcessStartInfo start = new("/bin/sh", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = folder };
        _shell = Process.Start(start)!;
        TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = _shell.StandardOutput.ReadToEndAsync(CancellationToken.None);
        _ = ListenAsync(_shell.StandardError, ready);
        await ready.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task StopAsync()
    {
        if (_shell is null)
        {
            return;
        }

        using Process shell = _shell;
        _shell = null;
        shell.StandardInput.Close();
        using CancellationTokenSource limit = new(s_stopTime);
        try
        {
            await shell.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            shell.Kill(entireProcessTree: true);
        }
    }

    // The server says on its error stream when it is ready, or why it is not; later words are read only to keep the pipe empty.
    private async Task ListenAsync(StreamReader errors, TaskCompletionSource ready)
    {
        while (await errors.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } line)
        {
            if (ready.Task.IsCompleted)
            {
                continue;
            }

            _lastWords.Add(line);
            if (line.Contains("ready to accept connections", StringComparison.Ordinal))
            {
                ready.TrySetResult();
            }
            else if (line.Contains("database system is shut down", StringComparison.Ordinal) || line.Contains("FATAL:", StringComparison.Ordinal))
            {
                string said = string.Join(" | ", _lastWords);
                ready.TrySetException(said.Contains("could not bind", StringComparison.Ordinal) ? new PortTakenException(said) : new InvalidOperationException($"PostgreSQL did not start: {said}"));
            }
        }

        ready.TrySetException(new InvalidOperationException($"PostgreSQL did not start: {string.Join(" | ", _lastWords)}"));
    }
}
