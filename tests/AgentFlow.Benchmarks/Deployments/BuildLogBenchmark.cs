using System.Diagnostics;
using System.Text.Json.Nodes;
using AgentFlow.Adapters.Http;
using AgentFlow.Adapters.Vercel;
using AgentFlow.Benchmarks.Reporting;
using AgentFlow.Deployments;
using AgentFlow.Deployments.BuildLogs;
using AgentFlow.Safety;
using AgentFlow.TestKit.Sandbox;

namespace AgentFlow.Benchmarks.Deployments;

/// <summary>
/// A build log of 100,000 lines, read and scanned through the client, beside a bare client that downloads the same bytes and
/// looks at none. The two take turns, so that a busy machine slows both.
/// </summary>
internal static class BuildLogBenchmark
{
    private const int Lines = 100_000;
    private const int Rounds = 5;
    private const double MostGrowthMegabytes = 8;

    public static async IAsyncEnumerable<BenchRow> RunAsync(BenchContext context)
    {
        SandboxHost sandbox = await SandboxHost.StartAsync("huge-log", program: Path.Combine(context.Module, "sandbox", "AgentFlow.Sandbox.dll")).ConfigureAwait(false);
        await using (sandbox.ConfigureAwait(false))
        {
            JsonNode config = JsonNode.Parse(await File.ReadAllTextAsync(sandbox.Ready.ConfigPath).ConfigureAwait(false))!;
            string token = (await File.ReadAllTextAsync(config["vercel"]!["token"]!.GetValue<string>()["file:".Length..]).ConfigureAwait(false)).Trim();
            Uri address = new(config["endpoints"]!["vercel"]!.GetValue<string>().TrimEnd('/') + "/");
            string team = config["vercel"]!["teamId"]!.GetValue<string>();
            VercelClient client = new(
                new(TimeProvider.System),
                new() { System = "Vercel", BaseAddress = address, Token = () => Secret.FromChars(token), TokenReference = "file:token", NeededScope = "any", StatusPage = "https://www.vercel-status.com" },
                team);
            string id = await LongestAsync(client, config["vercel"]!["projectId"]!.GetValue<string>()).ConfigureAwait(false);
            using HttpClient bare = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address };
            bare.DefaultRequestHeaders.Authorization = new("Bearer", token);
            bare.DefaultRequestHeaders.Accept.ParseAdd("application/stream+json");
            string path = $"v3/deployments/{id}/events?direction=forward&follow=0&limit=-1&builds=1&teamId={team}";

            // Once each to warm up.
            await DownloadAsync(bare, path).ConfigureAwait(false);
            await ScanAsync(client, id).ConfigureAwait(false);
            List<double> downloads = [];
            List<double> scans = [];
            double growth = 0;
            for (int i = 0; i < Rounds; i++)
            {
                downloads.Add(await DownloadAsync(bare, path).ConfigureAwait(false));
                (double milliseconds, double megabytes) = await ScanAsync(client, id).ConfigureAwait(false);
                scans.Add(milliseconds);
                growth = Math.Max(growth, megabytes);
            }

            double scan = BenchContext.Median(scans);
            yield return BenchRow.AtLeast("buildlog", Math.Round(Lines / scan), "lines/ms", "bare download", Lines / BenchContext.Median(downloads), 0.5);
            yield return BenchRow.AtMost("buildlog.memory", growth, "MB", "live objects between line 20,000 and the end, bound", MostGrowthMegabytes, 1);
        }
    }

    private static async Task<string> LongestAsync(VercelClient client, string project)
    {
        await foreach (Deployment deployment in client.ListDeploymentsAsync(new() { ProjectId = project, Target = "production" }, CancellationToken.None).ConfigureAwait(false))
        {
            int lines = 0;
            await foreach (BuildLogLine _ in client.ReadBuildLogAsync(deployment.Id, new(), CancellationToken.None).ConfigureAwait(false))
            {
                if (++lines > Lines)
                {
                    return deployment.Id;
                }
            }
        }

        throw new InvalidOperationException("The sandbox has no long build log.");
    }

    private static async Task<double> DownloadAsync(HttpClient client, string path)
    {
        Stopwatch watch = Stopwatch.StartNew();
        using HttpResponseMessage response = await client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        await using Stream body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        byte[] buffer = new byte[64 * 1024];
        while (await body.ReadAsync(buffer).ConfigureAwait(false) > 0)
        {
        }

        return watch.Elapsed.TotalMilliseconds;
    }

    private static async Task<(double Milliseconds, double Megabytes)> ScanAsync(VercelClient client, string id)
    {
        MissingEnvScanner scanner = new();
        int lines = 0;
        int names = 0;
        long early = 0;
        TimeSpan measuring = TimeSpan.Zero;
        Stopwatch watch = Stopwatch.StartNew();
        await foreach (BuildLogLine line in client.ReadBuildLogAsync(id, new(), CancellationToken.None).ConfigureAwait(false))
        {
            names += scanner.Feed(line.Text).Count;
            if (++lines == 20_000)
            {
                TimeSpan began = watch.Elapsed;
                early = GC.GetTotalMemory(forceFullCollection: true);
                measuring = watch.Elapsed - began;
            }
        }

        names += scanner.Complete().Count;
        double milliseconds = (watch.Elapsed - measuring).TotalMilliseconds;
        long late = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(scanner);
        return lines >= Lines && names == 0
            ? (milliseconds, Math.Max(0, late - early) / 1_048_576.0)
            : throw new InvalidOperationException($"The log gave {lines} lines and {names} names.");
    }
}
