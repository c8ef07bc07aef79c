using AgentFlow.PS.Tests.Engine;

namespace AgentFlow.PS.Tests;

public sealed class ImportTests
{
    [Fact]
    public void The_default_context_holds_only_the_loader()
    {
        using EngineSession session = new();
        EngineResult result = session.Run("""
            Get-AfContext -ErrorAction SilentlyContinue
            [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -like 'AgentFlow.*' -and [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name -eq 'Default' } | ForEach-Object { $_.GetName().Name }
            """);
        Assert.Equal(["AgentFlow.PS.Loader"], result.Output.Select(name => name.ToString()).Where(name => !name.EndsWith("Tests", StringComparison.Ordinal) && !name.EndsWith("TestKit", StringComparison.Ordinal)));
    }

    [Fact]
    public void Removing_and_importing_again_keeps_the_commands()
    {
        using EngineSession session = new();
        EngineResult result = session.Run("""
            param($path)
            $before = @(Get-Command -Module AgentFlow.PS).Count
            Remove-Module AgentFlow.PS
            Import-Module $path
            Import-Module $path -Force
            @(Get-Command -Module AgentFlow.PS).Count - $before
            """, ("path", AgentFlow.TestKit.PackedModule.Manifest));
        Assert.Empty(result.Errors);
        Assert.Equal(0, Assert.Single(result.Output).BaseObject);
    }

    [Fact]
    public void A_script_can_name_the_records()
    {
        using EngineSession session = new();
        EngineResult result = session.Run("[AgentFlow.CheckResult].FullName; [AgentFlow.CheckOutcome]::Pass");
        Assert.Equal(["AgentFlow.CheckResult", "Pass"], result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void Without_a_context_the_error_says_how_to_get_one()
    {
        using EngineSession session = new();
        EngineResult result = session.Run("Get-AfContext");
        Assert.Equal("AfContextMissing", result.ErrorId);
        Assert.Contains("Connect-AfContext", result.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }
}
