using System.Diagnostics;
using AgentFlow.TestKit;

namespace AgentFlow.Benchmarks.Engine;

/// <summary>Runs a script in a fresh engine process, which has none of our assemblies but those that it imports, and gives its output lines.</summary>
internal static class ShellProbe
{
    public static async Task<IReadOnlyList<string>> RunAsync(string script, params string[] arguments)
    {
        string file = Path.Combine(Path.GetTempPath(), $"af-probe-{Guid.NewGuid():N}.ps1");
        await File.WriteAllTextAsync(file, script).ConfigureAwait(false);
        try
        {
            ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardInput = true };
            foreach (string argument in (string[])[Path.Combine(PackedModule.Repository, "src", "AgentFlow.Shell", "bin", "Release", "net10.0", "afsh.dll"), "-NonInteractive", file, .. arguments])
            {
                start.ArgumentList.Add(argument);
            }

            using Process process = Process.Start(start)!;
            string text = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
            await process.WaitForExitAsync().ConfigureAwait(false);
            return process.ExitCode == 0 ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : throw new InvalidOperationException($"The probe ended with {process.ExitCode}: {text}");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
