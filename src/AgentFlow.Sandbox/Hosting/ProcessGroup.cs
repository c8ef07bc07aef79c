using System.Runtime.InteropServices;

namespace AgentFlow.Sandbox.Hosting;

/// <summary>
/// Ctrl+C in a terminal reaches every process of the foreground group. A sandbox that was started by another program leaves that
/// group, so that an operator who stops a cmdlet does not also take away the services with which the cmdlet cleans up.
/// </summary>
internal static partial class ProcessGroup
{
    public static void Leave()
    {
        if (!OperatingSystem.IsWindows())
        {
            // Fails only for a session leader, which no terminal group contains anyway.
            _ = SetGroup(0, 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "setpgid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetGroup(int process, int group);
}
