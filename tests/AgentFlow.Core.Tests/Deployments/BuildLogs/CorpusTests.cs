using System.IO.Compression;
using System.Text.Json;
using AgentFlow.TestKit;

namespace AgentFlow.Core.Tests.Deployments.BuildLogs;

/// <summary>Precision and recall over the names of the published corpus. Rows that it marks debatable or cut by a terminal's width are counted apart and need not pass.</summary>
public sealed class CorpusTests(ITestOutputHelper output)
{
    private const double Bar = 0.98;

    [Fact]
    public async Task Names_of_the_corpus_are_found_and_no_others()
    {
        Assert.SkipWhen(SharedFolder.Path is null, SharedFolder.Reason);
        Tally firm = new();
        Tally open = new();
        List<string> leaks = [];
        await foreach (JsonElement row in RowsAsync())
        {
            HashSet<string> wanted = [.. Strings(row, "missing_env_names")];
            string[] found = [.. Scan.All(row.GetProperty("text").GetString()!).Select(missing => missing.Name)];
            Assert.Equal(found.Length, found.Distinct(StringComparer.Ordinal).Count());
            Tally tally = Flag(row, "debatable") || Flag(row, "wrapped") ? open : firm;
            tally.Add(wanted, found, $"{row.GetProperty("id")} {row.GetProperty("format")}");
            leaks.AddRange(Strings(row, "contains_secret_values").Where(secret => found.Any(name => name.Contains(secret, StringComparison.Ordinal))));
        }

        output.WriteLine($"firm rows: {firm}");
        output.WriteLine($"debatable or wrapped rows: {open}");
        output.WriteLine(string.Join(Environment.NewLine, firm.Faults));
        Assert.Empty(leaks);
        Assert.True(firm.F1 >= Bar, $"{firm}{Environment.NewLine}{string.Join(Environment.NewLine, firm.Faults)}");
    }

    private static async IAsyncEnumerable<JsonElement> RowsAsync()
    {
        await using FileStream file = File.OpenRead(SharedFolder.File("corpora", "buildlogs.jsonl.gz"));
        await using GZipStream unpacked = new(file, CompressionMode.Decompress);
        using StreamReader reader = new(unpacked);
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            yield return JsonElement.Parse(line);
        }
    }

    private static IEnumerable<string> Strings(JsonElement row, string name) => row.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(item => item.GetString()!) : [];

    private static bool Flag(JsonElement row, string name) => row.TryGetProperty(name, out JsonElement flag) && flag.ValueKind == JsonValueKind.True;

    private sealed class Tally
    {
        private int _right;
        private int _wrong;
        private int _missed;

        public List<string> Faults { get; } = [];

        public double F1 => 2.0 * _right / ((2.0 * _right) + _wrong + _missed);

        public void Add(HashSet<string> wanted, string[] found, string row)
        {
            int right = found.Count(wanted.Contains);
            _right += right;
            _wrong += found.Length - right;
            _missed += wanted.Count - right;
            if (found.Length != right || wanted.Count != right)
            {
                Faults.Add($"{row}: missed [{string.Join(' ', wanted.Except(found))}], too many [{string.Join(' ', found.Except(wanted))}]");
            }
        }

        public override string ToString() => FormattableString.Invariant($"precision {(double)_right / Math.Max(1, _right + _wrong):0.000}, recall {(double)_right / Math.Max(1, _right + _missed):0.000}, F1 {F1:0.000} over {_right + _missed} names");
    }
}
