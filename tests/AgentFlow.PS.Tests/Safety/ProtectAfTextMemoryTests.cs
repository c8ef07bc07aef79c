using System.Text;
using AgentFlow.PS.Tests.Engine;

namespace AgentFlow.PS.Tests.Safety;

/// <summary>How much Protect-AfText allocates. The runtime counts for the whole process, so nothing else may run beside it.</summary>
[Collection(Alone.Name)]
public sealed class ProtectAfTextMemoryTests : IDisposable
{
    private static readonly string s_key = "sk_" + "live_" + "51Hq8ZkLmPx2Vb9TnWcR4yDf";

    private readonly EngineSession _session = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("af-protect-").FullName;

    [Fact]
    public void Fifty_megabytes_pass_in_flat_memory()
    {
        string line = $"2026-01-01T00:00:00Z app[7]: GET /api/leads 200 in 12 ms key={s_key} user=ada\n";
        byte[] block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(line, 2000)));
        string big = Path.Combine(_folder, "big.log");
        using (FileStream file = File.Create(big))
        {
            while (file.Length < 50 * 1024 * 1024)
            {
                file.Write(block);
            }
        }

        Protect(big, "warm.log");
        long before = GC.GetTotalAllocatedBytes(precise: true);
        EngineResult result = Protect(big, "out.log");
        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        Assert.Empty(result.Errors);
        long size = new FileInfo(big).Length;
        Assert.Equal(size / line.Length, (long)result.Output[0].Properties["Total"].Value);
        Assert.True(allocated < 16 * 1024 * 1024, $"{allocated / 1024} KiB were allocated for {size / 1024} KiB");
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private EngineResult Protect(string source, string name) =>
        _session.Run("param($source, $target) Protect-AfText $source $target", ("source", source), ("target", Path.Combine(_folder, name)));

    /// <summary>Tests that measure the whole process.</summary>
    [CollectionDefinition(Name, DisableParallelization = true)]
    public sealed class Alone
    {
        public const string Name = "alone in the process";
    }
}
