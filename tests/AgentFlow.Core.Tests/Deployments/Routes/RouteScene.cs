using AgentFlow.Checks;
using AgentFlow.Deployments.Routes;
using Microsoft.Extensions.Time.Testing;

namespace AgentFlow.Core.Tests.Deployments.Routes;

/// <summary>A production deployment on its two addresses.</summary>
internal sealed class RouteScene
{
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));

    public MemorySite Site { get; } = new();

    public AfConfig Config { get; set; } = new()
    {
        Name = "agentflow",
        App = new() { StampHeader = "x-deployment-id", ProductionUrl = MemorySite.Alias },
    };

    public RouteTarget Target { get; set; } = new()
    {
        DeploymentId = "dpl_1",
        Url = new(MemorySite.Immutable),
        Alias = new(MemorySite.Alias),
        IsProduction = true,
        CreatedAt = new DateTimeOffset(2026, 3, 4, 0, 0, 0, TimeSpan.Zero),
    };

    public async Task<List<CheckResult>> RunAsync(params string[] paths)
    {
        List<CheckResult> all = [];
        await foreach (CheckResult result in new RouteCheck(Config, Site).RunAsync(new(Time), Target, paths, CancellationToken.None))
        {
            all.Add(result);
        }

        return all;
    }

    /// <summary>What is neither passed nor skipped, as <c>AFD021 Fail /dashboard</c>, each once, in order.</summary>
    public async Task<string[]> FaultsAsync() => [.. (await RunAsync()).Where(result => result.Outcome is not (CheckOutcome.Pass or CheckOutcome.Skipped)).Select(Text).Distinct().Order(StringComparer.Ordinal)];

    public static string Text(CheckResult result) => $"{result.CheckId} {result.Outcome} {new Uri(result.Target).AbsolutePath}";
}
