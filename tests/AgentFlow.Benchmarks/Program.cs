using System.Text.Json;
using AgentFlow.Benchmarks.Deployments;
using AgentFlow.Benchmarks.Engine;
using AgentFlow.Benchmarks.Redaction;
using AgentFlow.Benchmarks.Reporting;
using AgentFlow.Benchmarks.Rls;
using AgentFlow.Benchmarks.Rotation;
using AgentFlow.Benchmarks.Rotation.Overhead;

// campaign Rotation [--kills N] [--minutes N | --all] [--seed N] --module DIR       the last line is one JSON object
if (args is ["campaign", "Rotation", ..])
{
    string Setting(string name, string otherwise) => Array.IndexOf(args, name) is >= 0 and int at && at + 1 < args.Length ? args[at + 1] : otherwise;
    RotationCampaign campaign = new(
        Path.Combine(Setting("--module", "."), "sandbox", "AgentFlow.Sandbox.dll"),
        int.Parse(Setting("--kills", "200"), System.Globalization.CultureInfo.InvariantCulture),
        args.Contains("--all") ? null : double.Parse(Setting("--minutes", "18"), System.Globalization.CultureInfo.InvariantCulture),
        int.Parse(Setting("--seed", "1"), System.Globalization.CultureInfo.InvariantCulture),
        Setting("--plant", "") is { Length: > 0 } planted ? planted : null);
    CampaignTotals totals = await campaign.RunAsync();
    foreach (string line in campaign.Report())
    {
        Console.WriteLine(line);
    }

    if (totals.Stuck > 0)
    {
        Console.WriteLine($"{totals.Stuck} runs ended neither Closed nor Held with a reason.");
    }

    // How far a run with a time limit gets depends on the machine; what it did not reach is listed above, and fails only where all was asked for.
    bool isWhole = args.Contains("--all") ? campaign.IsWhole : campaign.IsCovered;
    if (!isWhole)
    {
        Console.WriteLine(args.Contains("--all") ? "Not every place was died at." : "There was no time for every place; -All takes it, and another -Seed takes others first.");
    }

    Console.WriteLine(JsonSerializer.Serialize(totals, JsonSerializerOptions.Web));
    return (isWhole || !args.Contains("--all")) && totals is { Stuck: 0, LostValues: 0, EarlyRevocations: 0, UnlistedOrphans: 0, DoubleMints: 0, ChainBreaks: 0, Leaks: 0 } ? 0 : 1;
}

// campaign Redaction [--minutes N] [--cases N] [--seed N]     the last line is one JSON object
if (args is ["campaign", "Redaction", ..])
{
    string Chosen(string name, string otherwise) => Array.IndexOf(args, name) is >= 0 and int at && at + 1 < args.Length ? args[at + 1] : otherwise;
    FuzzCampaign campaign = new(
        int.Parse(Chosen("--seed", "1"), System.Globalization.CultureInfo.InvariantCulture),
        TimeSpan.FromMinutes(double.Parse(Chosen("--minutes", "30"), System.Globalization.CultureInfo.InvariantCulture)),
        long.Parse(Chosen("--cases", "1000000000"), System.Globalization.CultureInfo.InvariantCulture));
    FuzzTotals totals = campaign.Run(CancellationToken.None);
    Console.WriteLine(JsonSerializer.Serialize(totals, JsonSerializerOptions.Web));
    return totals.Failures.Count == 0 ? 0 : 1;
}

// redact-pass FILE PASSES REPEAT    what the redaction benchmark starts
if (args is ["redact-pass", string path, string passes, string repeat])
{
    return RedactionPass.Run(path, int.Parse(passes, System.Globalization.CultureInfo.InvariantCulture), int.Parse(repeat, System.Globalization.CultureInfo.InvariantCulture));
}

// bench --module DIR --out FILE [--name PART]    one JSON line per figure
if (args is not ["bench", ..])
{
    await Console.Error.WriteLineAsync("usage: bench --module DIR --out FILE [--name PART]");
    return 64;
}

(string Name, Func<BenchContext, IAsyncEnumerable<BenchRow>> Run)[] benchmarks =
[
    ("import", ImportBenchmark.RunAsync),
    ("buildlog", BuildLogBenchmark.RunAsync),
    ("routes, verification", VerificationBenchmark.RunAsync),
    ("rls", _ => RlsBenchmark.RunAsync(RlsScale.Brief)),
    ("rotation", RotationBenchmark.RunAsync),
    ("redaction", RedactionBenchmark.RunAsync),
    ("find", FindBenchmark.RunAsync),
];

// Minutes long, so only by their whole name.
(string Name, Func<BenchContext, IAsyncEnumerable<BenchRow>> Run)[] onDemand = [("isolation-full", _ => RlsBenchmark.RunAsync(RlsScale.Full))];

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and int at && at + 1 < args.Length ? args[at + 1] : null;
BenchContext context = new(Option("--module") ?? throw new ArgumentException("--module is missing"));
string part = Option("--name") ?? string.Empty;
List<BenchRow> rows = [];
foreach ((string name, Func<BenchContext, IAsyncEnumerable<BenchRow>> run) in benchmarks
    .Where(benchmark => benchmark.Name.Contains(part, StringComparison.OrdinalIgnoreCase))
    .Concat(onDemand.Where(benchmark => benchmark.Name.Equals(part, StringComparison.OrdinalIgnoreCase))))
{
    await foreach (BenchRow row in run(context))
    {
        rows.Add(row);
        Console.WriteLine(JsonSerializer.Serialize(row));
    }
}

if (Option("--out") is { } file)
{
    await File.WriteAllTextAsync(file, JsonSerializer.Serialize(rows));
}

return rows.TrueForAll(row => row.Ok) ? 0 : 1;
