using AgentFlow.PS.Tests.Engine;
using AgentFlow.PS.Tests.Rehearsal;

namespace AgentFlow.PS.Tests.Faults;

/// <summary>What a command about deployments is asked wrongly is one error with its id and the fix, and the sandbox sees no write.</summary>
public sealed class DeploymentFaultTests(DeploymentFaultTests.World world) : IClassFixture<DeploymentFaultTests.World>
{
    [Theory]
    [InlineData("healthy", "Get-AfDeployment dpl_NoSuchDeploymentHere0000000", "AfResourceNotFound")]
    [InlineData("healthy", "Get-AfBuildLog dpl_NoSuchDeploymentHere0000000", "AfResourceNotFound")]
    [InlineData("healthy", "Wait-AfDeployment dpl_NoSuchDeploymentHere0000000", "AfResourceNotFound")]
    [InlineData("healthy", "Test-AfDeployment dpl_NoSuchDeploymentHere0000000", "AfResourceNotFound")]
    [InlineData("healthy", "Test-AfRoute dpl_NoSuchDeploymentHere0000000", "AfResourceNotFound")]
    [InlineData("healthy", "Test-AfDeployment -Target qa", "AfDeploymentNotFound")]
    [InlineData("healthy", "Test-AfRoute -Target qa", "AfDeploymentNotFound")]
    [InlineData("healthy", "Test-AfRoute -Target preview -Path /nowhere", "AfRouteUnknown")]
    [InlineData("healthy", "1 | Find-AfMissingEnv", "AfInputInvalid")]
    [InlineData("healthy", "Find-AfMissingEnv -Path ./no-such.log", "AfFileNotFound")]
    [InlineData("healthy", "Get-AfCredential no-such-credential", "AfRotationCredentialUnknown")]
    [InlineData("building", "Get-AfDeployment -Target production -First 1 | Wait-AfDeployment -TimeoutSeconds 1", "AfDeploymentTimeout")]
    [InlineData("missing-env", "Wait-AfDeployment (Get-AfDeployment -State ERROR -First 1).Id", "AfDeploymentFailed")]
    [InlineData("expired-token", "Get-AfDeployment", "AfCredentialRejected")]
    [InlineData("narrow-token", "Get-AfEnvVariable", "AfScopeMissing")]
    [InlineData("rate-limited", "Get-AfDeployment", "AfRateLimited")]
    public async Task One_error_says_what_is_wrong_and_what_to_do(string scenario, string command, string id)
    {
        await world.Session.SwitchAsync(scenario);
        await world.Session.ClearRequestsAsync();
        EngineResult result = world.Session.Run(command);
        Assert.Equal(id, result.ErrorId);
        Assert.NotEmpty(result.Errors[0].ErrorDetails.RecommendedAction);
        Assert.Equal(0, (await world.Session.RequestsAsync()).GetProperty("writes").GetInt32());
    }

    [Fact]
    public async Task A_deployment_of_another_project_is_refused()
    {
        await world.Session.SwitchAsync("healthy");
        EngineResult result = world.Session.Run("""
            $id = (Get-AfDeployment -First 1).Id
            $config = [IO.File]::ReadAllText((Get-AfContext).ConfigPath) -replace 'prj_4pBQ[A-Za-z0-9]+', 'prj_another'
            $path = [IO.Path]::Combine([IO.Path]::GetDirectoryName((Get-AfContext).ConfigPath), 'foreign.json')
            [IO.File]::WriteAllText($path, $config)
            Get-AfDeployment $id -Context (Connect-AfContext $path -NoDefault)
            """);
        Assert.Equal("AfDeploymentForeign", result.ErrorId);
    }

    [Fact]
    public async Task The_platform_answering_in_the_apps_place_is_no_stamp()
    {
        await world.Session.SwitchAsync("protected");
        EngineResult result = world.Session.Run("Test-AfDeployment -Target preview -Check Binding | Where-Object CheckId -eq AFD007");
        dynamic check = Assert.Single(result.Output).BaseObject;
        Assert.Equal("Error", check.Outcome.ToString());
        Assert.Equal("AfAppHidden", check.Actual);
    }

    [Fact]
    public void A_file_that_is_there_is_not_replaced_without_force()
    {
        string path = Path.GetTempFileName();
        try
        {
            EngineResult result = world.Session.Run("param($path) New-AfConfig agentflow -Path $path -Confirm:$false", ("path", path));
            Assert.Equal("AfConfigExists", result.ErrorId);
            Assert.Empty(File.ReadAllText(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    public sealed class World : IDisposable
    {
        public RehearsalSession Session { get; } = new();

        public void Dispose() => Session.Dispose();
    }
}
