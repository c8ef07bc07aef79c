using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace AgentFlow.Shell;

/// <summary>The Windows console passes escape sequences to the screen only when it is told to.</summary>
[SupportedOSPlatform("windows")]
internal static class WindowsConsole
{
    private const int StandardOutput = -11;
    private const int StandardError = -12;
    private const uint VirtualTerminalProcessing = 0x0004;

    /// <summary>Switches them on for output and error; false when the console is too old for that.</summary>
    public static bool EnableEscapeSequences() => Enable(StandardOutput) & Enable(StandardError);

    private static bool Enable(int stream)
    {
        nint handle = GetStdHandle(stream);
        // A redirected stream has no console mode and needs none.
        return !GetConsoleMode(handle, out uint mode) || SetConsoleMode(handle, mode | VirtualTerminalProcessing);
    }

    [DllImport("kernel32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint GetStdHandle(int stream);

    [DllImport("kernel32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GetConsoleMode(nint handle, out uint mode);

    [DllImport("kernel32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetConsoleMode(nint handle, uint mode);
}
