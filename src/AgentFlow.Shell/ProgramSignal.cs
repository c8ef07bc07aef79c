using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AgentFlow.Shell;

/// <summary>Asks another process to stop; <see cref="Process"/> itself can only kill.</summary>
internal static class ProgramSignal
{
    private const int Sigint = 2;
    private const int Sigterm = 15;
    private const uint ControlC = 0;

    /// <summary>As Ctrl+C does; on Windows for all that share the console. False when the process has gone.</summary>
    public static bool Interrupt(Process process) => OperatingSystem.IsWindows() ? GenerateConsoleCtrlEvent(ControlC, 0) : Kill(process.Id, Sigint) == 0;

    /// <summary>As a service manager does; Windows tells every process of a console itself. False when nobody was told.</summary>
    public static bool Terminate(Process process) => !OperatingSystem.IsWindows() && Kill(process.Id, Sigterm) == 0;

    [DllImport("libc", EntryPoint = "kill", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);

    [DllImport("kernel32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GenerateConsoleCtrlEvent(uint controlEvent, uint processGroup);
}
