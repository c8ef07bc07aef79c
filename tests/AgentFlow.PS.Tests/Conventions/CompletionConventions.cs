using System.Management.Automation;
using AgentFlow.PS.Tests.Engine;
using AgentFlow.PS.Tests.Rehearsal;

namespace AgentFlow.PS.Tests.Conventions;

/// <summary>The Tab key asks no provider, whatever parameter it is pressed at, and still completes what the session has seen.</summary>
public sealed class CompletionConventions : IDisposable
{
    private readonly RehearsalSession _rehearsal = new();

    [Fact]
    public async Task Completing_every_parameter_of_every_cmdlet_sends_nothing()
    {
        await _rehearsal.ClearRequestsAsync();
        foreach (CmdletInfo cmdlet in _rehearsal.Run("Get-Command -Module AgentFlow.PS").Output.Select(item => (CmdletInfo)item.BaseObject))
        {
            foreach (string parameter in cmdlet.Parameters.Values.Where(parameter => parameter.Attributes.OfType<ArgumentCompleterAttribute>().Any()).Select(parameter => parameter.Name))
            {
                Complete($"{cmdlet.Name} -{parameter} ");
            }
        }

        Assert.Equal(0, (await _rehearsal.RequestsAsync()).GetProperty("requests").GetArrayLength());
    }

    [Fact]
    public void What_was_seen_is_completed()
    {
        Assert.Empty(_rehearsal.Run("$null = Get-AfDeployment; $null = Get-AfEnvVariable").Errors);
        Assert.Contains(Complete("Get-AfBuildLog dpl_"), text => text.StartsWith("dpl_", StringComparison.Ordinal));
        Assert.Contains("STRIPE_WEBHOOK_SECRET", Complete("Get-AfEnvVariable STRIPE"));
        Assert.Contains("/dashboard", Complete("Test-AfRoute -Path /da"));
        Assert.Contains("preview", Complete("Get-AfDeployment -Target pre"));
        Assert.Contains("missing-env", Complete("Start-AfSandbox mis"));
    }

    public void Dispose() => _rehearsal.Dispose();

    private IReadOnlyList<string> Complete(string line) =>
        [.. _rehearsal.Run("param($line) [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches | ForEach-Object CompletionText", ("line", line)).Output.Select(text => text.ToString())];
}
