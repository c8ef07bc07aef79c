using System.ComponentModel;
using System.Diagnostics;
using AgentFlow.Adapters.Files;
using AgentFlow.Adapters.Git;
using AgentFlow.Benchmarks.Reporting;
using AgentFlow.Safety;
using AgentFlow.Safety.Scanning;
using AgentFlow.TestKit;

namespace AgentFlow.Benchmarks.Redaction;

/// <summary>A search of a source tree for secrets, beside <c>rg -F</c> with the same anchors (which only looks) and rg with twelve token rules, on the same files in the same run.</summary>
internal static class FindBenchmark
{
    private const int Runs = 5;
    private const long Size = 64 * 1024 * 1024;

    private static readonly string[] s_rules =
    [
        "ghp_[A-Za-z0-9]{36}", "github_pat_[A-Za-z0-9_]{50,}", "sk_live_[A-Za-z0-9]{16,}", "rk_live_[A-Za-z0-9]{16,}", "AKIA[A-Z0-9]{16}", "npm_[A-Za-z0-9]{36}",
        "xox[bp]-[A-Za-z0-9-]{20,}", "sbp_[0-9a-f]{40}", "eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}\\.", "-----BEGIN [A-Z ]*PRIVATE KEY", "sk-ant-[A-Za-z0-9-]{20,}", "[a-z]+://[^:/@ ]+:[^@/ ]+@",
    ];

    public static async IAsyncEnumerable<BenchRow> RunAsync(BenchContext context)
    {
        string folder = Directory.CreateTempSubdirectory("af-tree-").FullName;
        double size = Fill(folder) / (1024d * 1024);
        string literals = Path.Combine(folder, "..", Path.GetFileName(folder) + ".txt");
        await File.WriteAllLinesAsync(literals, RedactionRules.Table.SelectMany(rule => rule.AnchorTexts).Where(text => text.Length >= 4).Distinct()).ConfigureAwait(false);
        try
        {
            List<double> ours = [];
            List<double> fixedTexts = [];
            List<double> rules = [];
            for (int i = 0; i < Runs; i++)
            {
                ours.Add(size / await OwnAsync(folder).ConfigureAwait(false));
                if (await PeerAsync(["-F", "-c", "--no-ignore", "-f", literals, folder]).ConfigureAwait(false) is { } looked)
                {
                    fixedTexts.Add(size / looked);
                }

                if (await PeerAsync(["-c", "--no-ignore", .. s_rules.SelectMany(rule => (string[])["-e", rule]), folder]).ConfigureAwait(false) is { } matched)
                {
                    rules.Add(size / matched);
                }
            }

            if (fixedTexts.Count > 0)
            {
                yield return BenchRow.AtLeast("find: source tree", BenchContext.Median(ours[1..]), "MB/s", "rg -F with the anchors of all rules", BenchContext.Median(fixedTexts), 0.35);
                yield return BenchRow.AtLeast("find: source tree, rules", BenchContext.Median(ours[1..]), "MB/s", "rg with twelve token rules", BenchContext.Median(rules), 0.35);
            }
            else
            {
                yield return BenchRow.AtLeast("find: source tree", BenchContext.Median(ours[1..]), "MB/s", "ripgrep is not installed; a floor of", 50, 1);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            File.Delete(literals);
        }
    }

    // The repository's own sources again and again, so that size and mix of files are those of sources.
    private static long Fill(string folder)
    {
        string[] sources = [.. FolderWalk.Files(Path.Combine(PackedModule.Repository, "src")).Where(file => Path.GetExtension(file) is ".cs" or ".sql" or ".csproj")];
        long written = 0;
        for (int copy = 0; written < Size; copy++)
        {
            string part = Directory.CreateDirectory(Path.Combine(folder, $"copy{copy}")).FullName;
            for (int i = 0; i < sources.Length && written < Size; i++)
            {
                string target = Path.Combine(part, $"{i}{Path.GetExtension(sources[i])}");
                File.Copy(sources[i], target);
                written += new FileInfo(target).Length;
            }
        }

        return written;
    }

    private static async Task<double> OwnAsync(string folder)
    {
        long start = Stopwatch.GetTimestamp();
        SilentOperator sink = new();
        ScanPorts ports = new(new GitTree(), new GitHistory(), new UserFingerprintKey(), new NoProbe());
        SecretScan scan = new(new(RedactionRules.Default), new byte[FingerprintKey.Length], new(), baseline: null, ports);
        await scan.FilesAsync([folder], sink, CancellationToken.None).ConfigureAwait(false);
        await scan.FinishAsync(sink, CancellationToken.None).ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<double?> PeerAsync(string[] arguments)
    {
        ProcessStartInfo start = new("rg") { RedirectStandardOutput = true, RedirectStandardError = true };
        Array.ForEach(arguments, start.ArgumentList.Add);
        long begin = Stopwatch.GetTimestamp();
        try
        {
            using Process peer = Process.Start(start)!;
            await peer.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
            await peer.WaitForExitAsync().ConfigureAwait(false);
            return peer.ExitCode <= 1 ? Stopwatch.GetElapsedTime(begin).TotalSeconds : throw new InvalidOperationException($"rg ended with {peer.ExitCode}.");
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
