using AgentFlow.Checks;
using AgentFlow.Deployments.Lead;
using AgentFlow.Safety;
using Microsoft.Extensions.Time.Testing;

namespace AgentFlow.Core.Tests.Deployments.Lead;

/// <summary>One preview deployment of an app in memory, and a clock that a test moves.</summary>
internal sealed class LeadScene
{
    public LeadScene()
    {
        App = MemoryApp.Healthy(Time);
        Keys = new(Time);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 4, 5, 6, 10, TimeSpan.Zero));

    public MemoryApp App { get; set; }

    public LeadKeys Keys { get; set; }

    public Secret? StripeKey { get; set; }

    public bool HasDatabase { get; set; } = true;

    public LeadTarget Target { get; set; } = new() { DeploymentId = "dpl_preview", Target = "preview", Origin = new("https://agentflow-git-x.vercel.app") };

    public AfConfig Config { get; set; } = new()
    {
        Name = "agentflow",
        App = new() { StampHeader = "x-deployment-id", ProductionUrl = "https://agentflow.example" },
        Supabase = new() { Ref = "agentflowstagingxxxx", ProductionRef = "agentflowproductionx", NonProductionRefs = ["agentflowstagingxxxx"] },
        Lead = new() { OrganizationId = MemoryApp.Tenant, Integrations = ["crm", "chat"], TimeoutSeconds = 20 },
    };

    public List<CheckResult> Emitted { get; } = [];

    public LeadCheck Check => new(Config, App, HasDatabase ? App : null, Keys, () => StripeKey);

    /// <summary>Runs to the end, with the clock moving as far as is needed.</summary>
    public Task<LeadQualification> InvokeAsync(CancellationToken cancellationToken = default) => DriveAsync(Start(cancellationToken));

    /// <summary>Starts a run; the clock stands still until <see cref="DriveAsync"/>.</summary>
    public Task<LeadQualification> Start(CancellationToken cancellationToken) => Check.InvokeAsync(
        new(Time),
        Target,
        (result, token) =>
        {
            token.ThrowIfCancellationRequested();
            Emitted.Add(result);
            return ValueTask.CompletedTask;
        },
        cancellationToken);

    /// <summary>Moves the clock until the task has ended. Everything runs on this thread, during a move.</summary>
    public async Task<T> DriveAsync<T>(Task<T> task)
    {
        for (int step = 0; !task.IsCompleted; step++)
        {
            Assert.True(step < 20_000, "the run does not end");
            Time.Advance(TimeSpan.FromMilliseconds(50));
        }

        return await task;
    }

    /// <summary>Moves the clock by so much, in small steps.</summary>
    public void Pass(int milliseconds)
    {
        for (int at = 0; at < milliseconds; at += 50)
        {
            Time.Advance(TimeSpan.FromMilliseconds(50));
        }
    }

    /// <summary>Runs to the end and gives the outcomes that are not Pass, as <c>AFD033 Fail</c>, without skipped ones.</summary>
    public async Task<string[]> FaultsAsync() => [.. (await InvokeAsync()).Checks.Where(check => check.Outcome is not (CheckOutcome.Pass or CheckOutcome.Skipped)).Select(check => $"{check.CheckId} {check.Outcome}")];
}
