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
        return Process.Start(start)!;
    }
}
