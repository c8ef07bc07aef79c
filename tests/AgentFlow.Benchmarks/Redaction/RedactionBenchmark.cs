using System.Globalization;
using AgentFlow.Benchmarks.Reporting;

namespace AgentFlow.Benchmarks.Redaction;

/// <summary>
/// The engine over a mixed log of 200 MB, warm and cold, beside cat, rg -F with 44 literals and a loop of compiled expressions in the
/// same run; memory on 2 GB. Figures are megabytes per CPU second, so that a shared machine does not count against anyone.
/// </summary>
internal static class RedactionBenchmark
{
    private const long LogBytes = 200_000_000;
    private const int Rounds = 5;

    // Warm means that the runtime has compiled the hot methods for the last time: the first passes still run counting code.
    private const int WarmUp = 10;

    private static readonly string[] s_literals =
    [
        "sk_" + "live_", "sk_" + "test_", "rk_" + "live_", "wh" + "sec_", "gh" + "p_", "gh" + "o_", "gh" + "u_", "gh" + "s_", "gh" + "r_", "github" + "_pat_", "gl" + "pat-", "AK" + "IA", "AS" + "IA", "xox" + "b-", "xox" + "p-", "xa" + "pp-",
        "AI" + "za", "GOC" + "SPX-", "ya" + "29.", "np" + "m_", "py" + "pi-", "dckr" + "_pat_", "dop" + "_v1_", "sb" + "p_", "sb" + "_secret_", "eyJ" + "hbGciOi", "sk-" + "ant-", "sk-" + "proj-", "h" + "f_", "gs" + "k_", "S" + "G.", "xkey" + "sib-",
        "shp" + "at_", "sntr" + "ys_", "lin" + "_api_", "fig" + "d_", "nt" + "n_", "PM" + "AK-", "da" + "pi", "vc" + "p_", "na" + "pi_", "psc" + "ale_", "-----" + "BEGIN", "hooks.sl" + "ack.com",
    ];

    public static async IAsyncEnumerable<BenchRow> RunAsync(BenchContext context)
    {
        string folder = Directory.CreateTempSubdirectory("af-redaction-").FullName;
        try
        {
            string log = Path.Combine(folder, "mixed.log");
            await using (FileStream file = File.Create(log))
            {
                new MixedLog(1).Write(file, LogBytes);
            }

            string program = await Task.Run(() => CopyWithPackedCore(context, folder)).ConfigureAwait(false);
            double[][] warm = Passes(program, log, WarmUp + Rounds, 1);
            double speed = BenchContext.Median(warm.Skip(WarmUp).Select(Speed));
            double cold = BenchContext.Median(Enumerable.Range(0, Rounds).Select(_ => Speed(Passes(program, log, 1, 1)[0])));
            double megabytes = new FileInfo(log).Length / 1e6;

            yield return BenchRow.AtLeast("redaction-warm", speed, "MB/s", "bar", 400, 1);
            yield return BenchRow.AtLeast("redaction-cold", cold, "MB/s", "bar", 300, 1);
            if (HasRipgrep())
            {
                string literals = Path.Combine(folder, "literals.txt");
                await File.WriteAllLinesAsync(literals, s_literals).ConfigureAwait(false);
                double rg = BenchContext.Median(Enumerable.Range(0, Rounds).Select(_ => megabytes / ChildCost.Run("rg", "-F", "-c", "-a", "-j1", "-f", literals, log).Seconds));
                yield return BenchRow.AtLeast("redaction-rg", speed, "MB/s", "rg -F with 44 literals", rg, 0.35);
            }

            double cat = BenchContext.Median(Enumerable.Range(0, Rounds).Select(_ => megabytes / ChildCost.Run("sh", "-c", $"cat '{log}' > /dev/null").Seconds));
            yield return BenchRow.AtLeast("redaction-cat", speed, "MB/s", "cat to nowhere, to compare", cat, 0);
            yield return BenchRow.AtLeast("redaction-regex", speed, "MB/s", "loop of 40 compiled expressions", RegexSpeed(log), 10);
            yield return BenchRow.AtMost("redaction-memory", Passes(program, log, 1, 10)[0][3], "MB", "limit of growth on 2 GB", 64, 1);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Bytes, wall seconds, CPU seconds and megabytes of growth per pass.</summary>
    private static double[][] Passes(string program, string log, int passes, int repeat) =>
        [.. ChildCost.Run("dotnet", program, "redact-pass", log, passes.ToString(CultureInfo.InvariantCulture), repeat.ToString(CultureInfo.InvariantCulture)).Lines
            .Select(line => line.Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture)).ToArray())];

    private static double Speed(double[] pass) => pass[0] / 1e6 / pass[2];

    private static double RegexSpeed(string log)
    {
        const long Limit = 4_000_000;
        TimeSpan before = System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime;
        long done = RegexLoop.Run(log, Limit);
        return done / 1e6 / (System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
    }

    /// <summary>This program beside the packed Core, whose native code is what an operator's first command runs.</summary>
    private static string CopyWithPackedCore(BenchContext context, string folder)
    {
        string source = Path.GetDirectoryName(BenchContext.Self)!;
        string target = Path.Combine(folder, "program");
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        File.Copy(Path.Combine(context.Module, "lib", "AgentFlow.Core.dll"), Path.Combine(target, "AgentFlow.Core.dll"), overwrite: true);
        return Path.Combine(target, Path.GetFileName(BenchContext.Self));
    }

    private static bool HasRipgrep() => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "rg.exe" : "rg")));
}
