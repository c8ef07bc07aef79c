using System.Globalization;
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

    // A module is a folder with a manifest; that is what the peer is too.
    private static string MakeEmptyModule()
    {
        string folder = Directory.CreateTempSubdirectory("af-empty-").FullName;
        File.Copy(Path.Combine(Path.GetDirectoryName(BenchContext.Self)!, "EmptyModule.dll"), Path.Combine(folder, "EmptyModule.dll"));
        string manifest = Path.Combine(folder, "EmptyModule.psd1");
        File.WriteAllText(manifest, "@{ RootModule = 'EmptyModule.dll'; ModuleVersion = '1.0'; CmdletsToExport = @('Get-Empty'); FunctionsToExport = @(); AliasesToExport = @() }");
        return manifest;
    }

    // The first command of a session pays for the engine itself, and so would whichever module came first.
    private static async Task<double> ProbeAsync(string manifest) => double.Parse(
        (await ShellProbe.RunAsync(
            """
            param($Manifest)
            $null = Get-Module
            $watch = [Diagnostics.Stopwatch]::StartNew()
            Import-Module $Manifest -ErrorAction Stop
            $watch.Elapsed.TotalMilliseconds.ToString([Globalization.CultureInfo]::InvariantCulture)
            """,
            manifest).ConfigureAwait(false))[^1],
        CultureInfo.InvariantCulture);
}
