using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AgentFlow.Benchmarks.Redaction;

/// <summary>Runs a program and tells what it cost: CPU seconds where the system counts them per child, else wall seconds.</summary>
internal static partial class ChildCost
{
    private const int Children = -1;

    /// <summary>Seconds and the output's lines.</summary>
    public static (double Seconds, string[] Lines) Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        double before = CpuSeconds();
        Stopwatch wall = Stopwatch.StartNew();
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        _ = process.StandardError.ReadToEndAsync();
        string[] lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        process.WaitForExit();
        double seconds = before < 0 ? wall.Elapsed.TotalSeconds : CpuSeconds() - before;
        return process.ExitCode is 0 or 1 ? (Math.Max(seconds, 0.001), lines) : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }

    private static double CpuSeconds()
    {
        if (!OperatingSystem.IsLinux())
        {
            return -1;
        }

        long[] usage = new long[18];
        return GetUsage(Children, usage) == 0 ? usage[0] + usage[2] + ((usage[1] + usage[3]) / 1e6) : -1;
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, [Out] long[] usage);
}
