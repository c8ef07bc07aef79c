namespace AgentFlow.Benchmarks.Reporting;

/// <summary>What a benchmark gets: the packed module and this program, which can start itself anew for cold figures.</summary>
public sealed record BenchContext(string Module)
{
    /// <summary>The manifest of the packed module.</summary>
    public string Manifest => Path.GetFullPath(Path.Combine(Module, "AgentFlow.PS.psd1"));

    /// <summary>This program's own assembly, to be started with <c>dotnet</c>.</summary>
    public static string Self => typeof(BenchContext).Assembly.Location;

    /// <summary>The median of some figures.</summary>
    public static double Median(IEnumerable<double> figures)
    {
        double[] sorted = [.. figures.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
