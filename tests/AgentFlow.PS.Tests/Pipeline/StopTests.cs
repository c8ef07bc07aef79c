using System.Diagnostics;
using System.Management.Automation;
using AgentFlow.PS.Tests.Engine;
using AgentFlow.PS.Tests.Rehearsal;

namespace AgentFlow.PS.Tests.Pipeline;

/// <summary>Ctrl+C at any moment ends a command within a second.</summary>
public sealed class StopTests : IDisposable
{
    private readonly RehearsalSession _rehearsal = new();

    [Theory]
    [InlineData("Get-AfDeployment")]
    [InlineData("Test-AfDeployment")]
    [InlineData("Test-AfContext")]
    [InlineData("Get-AfEnvVariable")]
    public async Task A_command_that_waits_for_a_provider_stops(string command)
    {
        await _rehearsal.AddFaultAsync(new { match = new { pathContains = "/" }, kind = "latency", milliseconds = 20000, times = 100 });
        await _rehearsal.ClearRequestsAsync();
        using PowerShell shell = _rehearsal.Engine.Create(command);
        IAsyncResult running = shell.BeginInvoke();
        long start = Stopwatch.GetTimestamp();
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
        using PeriodicTimer tick = new(TimeSpan.FromMilliseconds(20));
        while (!running.IsCompleted && Stopwatch.GetElapsedTime(start) < TimeSpan.FromMilliseconds(500))
        {
            await tick.WaitForNextTickAsync(limit.Token);
        }

        Assert.False(running.IsCompleted, "the command did not wait for the provider");
        start = Stopwatch.GetTimestamp();
        await Task.Factory.FromAsync(shell.BeginStop, shell.EndStop, null);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(1), $"it took {Stopwatch.GetElapsedTime(start)}");
        await _rehearsal.ClearFaultsAsync();
        Assert.NotEmpty(_rehearsal.Run("Get-AfDeployment").Output);
    }

    [Fact]
    public void Select_first_ends_the_upstream()
    {
        EngineResult result = _rehearsal.Run("Get-AfDeployment -First 5 | ForEach-Object { $_; break }");
        Assert.Single(result.Output);
    }

    [Fact]
    public async Task ErrorAction_Stop_throws_the_original_error()
    {
        await _rehearsal.SwitchAsync("healthy");
        EngineResult result = _rehearsal.Run("try { Get-AfDeployment dpl_none -ErrorAction Stop; 'went on' } catch { $_.FullyQualifiedErrorId }");
        Assert.StartsWith("AfResourceNotFound", Assert.Single(result.Output).ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _rehearsal.Dispose();
}
