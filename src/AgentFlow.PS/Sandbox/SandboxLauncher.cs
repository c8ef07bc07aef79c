using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using AgentFlow.Cmdlets.Session;
using AgentFlow.Faults;
using AgentFlow.Sandbox;

namespace AgentFlow.Cmdlets.Sandbox;

/// <summary>Starts the sandbox program that ships with the module and reads its one ready line.</summary>
internal static class SandboxLauncher
{
    private static readonly TimeSpan s_startTime = TimeSpan.FromSeconds(60);

    public static async Task<RunningSandbox> StartAsync(string scenario, bool database, string moduleBase, TimeProvider time, CancellationToken cancellationToken)
    {
        string program = Path.Combine(moduleBase, "sandbox", "AgentFlow.Sandbox.dll");
        if (!File.Exists(program))
        {
            throw new AfFaultException(FaultKind.InvalidState, FaultId.SandboxMissing, "The sandbox program is not beside the module.", "Build the module again: ./build.ps1 Build.", program);
        }

        ProcessStartInfo start = new(FindDotnet()) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        string[] arguments =
        [
            program, "--scenario", scenario, "--parent", Environment.ProcessId.ToString(CultureInfo.InvariantCulture), "--database", database ? "auto" : "none",
        ];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            string? line = await process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(s_startTime, time, cancellationToken).ConfigureAwait(false);
            if (line is not null)
            {
                // The pipe is drained for good, or the sandbox would block on a full one.
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new(process, Parse(line, process.Id));
            }

            string said = await errors.WaitAsync(TimeSpan.FromSeconds(2), time, cancellationToken).ConfigureAwait(false);
            throw NotStarted(said.Trim() is { Length: > 0 } text ? text.Split('\n')[^1] : "it ended without a word");
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw NotStarted("it was not ready within a minute");
        }
        catch
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }

            process.Dispose();
            throw;
        }
    }

    private static SandboxInfo Parse(string line, int id)
    {
        try
        {
            using JsonDocument ready = JsonDocument.Parse(line);
            JsonElement root = ready.RootElement;
            return new()
            {
                Id = id,
                Scenario = root.GetProperty("scenario").GetString()!,
                ConfigPath = root.GetProperty("configPath").GetString()!,
                ControlUri = new(root.GetProperty("controlUri").GetString()!),
                ProductionUri = new(root.GetProperty("productionUri").GetString()!),
                PreviewUri = new(root.GetProperty("previewUri").GetString()!),
                DatabaseAvailable = root.GetProperty("databaseAvailable").GetBoolean(),
                DatabaseReason = root.GetProperty("databaseReason").GetString(),
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw NotStarted("its ready line is not of this version");
        }
    }

    private static AfFaultException NotStarted(string why) => new(
        FaultKind.InvalidState,
        FaultId.SandboxNotStarted,
        $"The sandbox did not start: {why}.",
        "Check that the .NET 10 SDK or the ASP.NET Core 10 runtime is installed (dotnet --list-runtimes) and try Start-AfSandbox -NoDatabase.");

    // pwsh may bring its own runtime without ASP.NET Core, so the dotnet on the machine is what counts.
    private static string FindDotnet()
    {
        List<string> places = [];
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root)
        {
            places.Add(root);
        }

        places.AddRange((Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries));
        places.Add(Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")));
        return DotnetHost.Find(places);
    }
}
