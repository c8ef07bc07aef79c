using System.Diagnostics;

namespace AgentFlow.Adapters.Tests.Store;

/// <summary>The rotation host beside these tests, as a process of its own.</summary>
internal static class HostProcess
{
    public static Process Start(IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "AgentFlow.RotationHost.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        // Most of these are killed, and then nobody takes their diagnostic sockets out of the temporary folder.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return Process.Start(start)!;
    }
}
