using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using AgentFlow.Benchmarks.Reporting;

namespace AgentFlow.Benchmarks.Engine;

/// <summary>Import of the packed module in a fresh engine process, beside an empty one-cmdlet binary module.</summary>
internal static class ImportBenchmark
{
    private const int Runs = 11;

    public static async IAsyncEnumerable<BenchRow> RunAsync(BenchContext context)
    {
        string empty = MakeEmptyModule();
        List<double> ours = [];
        List<double> theirs = [];
        for (int i = 0; i < Runs; i++)
        {
            theirs.Add(await ProbeAsync(empty).ConfigureAwait(false));
            ours.Add(await ProbeAsync(context.Manifest).ConfigureAwait(false));
        }

        Directory.Delete(Path.GetDirectoryName(empty)!, recursive: true);
        yield return BenchRow.AtMost("import", BenchContext.Median(ours), "ms", "empty one-cmdlet binary module with a manifest", BenchContext.Median(theirs), 3);
    }

    /// <summary>The child's side: times one import and prints the milliseconds.</summary>
    public static int Probe(string path)
    {
        using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using PowerShell shell = PowerShell.Create(runspace);

        // The first command of a runspace pays for the engine itself, and so would whichever module came first.
        shell.AddScript("Get-Module | Out-Null").Invoke();
        shell.Commands.Clear();
        shell.AddCommand("Import-Module").AddParameter("Name", path);
        long start = Stopwatch.GetTimestamp();
        shell.Invoke();
        Console.WriteLine(Stopwatch.GetElapsedTime(start).TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        return shell.HadErrors ? 1 : 0;
    }

    // A module is a folder with a manifest; that is what the peer is too.
    private static string MakeEmptyModule()
    {
        string folder = Directory.CreateTempSubdirectory("af-empty-").FullName;
        File.Copy(Path.Combine(Path.GetDirectoryName(BenchContext.Self)!, "EmptyModule.dll"), Path.Combine(folder, "EmptyModule.dll"));
        string manifest = Path.Combine(folder, "EmptyModule.psd1");
        File.WriteAllText(manifest, "@{ RootModule = 'EmptyModule.dll'; ModuleVersion = '1.0'; CmdletsToExport = @('Get-Empty'); FunctionsToExport = @(); AliasesToExport = @() }");
        return manifest;
    }

    private static async Task<double> ProbeAsync(string path)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(BenchContext.Self);
        start.ArgumentList.Add("import-probe");
        start.ArgumentList.Add(path);
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        using Process process = Process.Start(start)!;
        string text = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        return process.ExitCode == 0
            ? double.Parse(text, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"Importing {path} failed.");
    }
}
