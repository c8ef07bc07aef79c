using System.Diagnostics;

namespace AgentFlow.Sandbox.Database;

/// <summary>On Windows the server is started by <c>pg_ctl</c>, which also drops administrator rights; a job object ends it with this process.</summary>
internal sealed class WindowsPostmaster(PostgresBinaries binaries, string data) : IPostmaster
{
    private bool _started;

    public async Task StartAsync(IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            KillOnCloseJob.Enter();
        }

        string log = Path.Combine(Path.GetDirectoryName(data)!, "server.log");
        string options = string.Join(' ', settings.Select(setting => $"-c \"{setting}\""));
        if (await RunAsync(["start", "-w", "-s", "-D", data, "-l", log, "-o", options], cancellationToken).ConfigureAwait(false) == 0)
        {
            _started = true;
            return;
        }

        string said = File.Exists(log) ? await File.ReadAllTextAsync(log, cancellationToken).ConfigureAwait(false) : "it wrote no log";
        throw said.Contains("could not bind", StringComparison.Ordinal) ? new PortTakenException(said) : new InvalidOperationException($"PostgreSQL did not start: {said.Trim()}");
    }

    public async Task StopAsync()
    {
        if (_started)
        {
            _started = false;
            await RunAsync(["stop", "-w", "-s", "-m", "immediate", "-D", data], CancellationToken.None).ConfigureAwait(false);
        }
    }

    // Its streams are not redirected: the server inherits them and would keep the pipes open.
    private async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using Process process = Process.Start(new ProcessStartInfo(binaries.Program("pg_ctl"), arguments) { UseShellExecute = false, CreateNoWindow = true })!;
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return process.ExitCode;
    }
}
