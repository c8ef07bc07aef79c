using AgentFlow.PS.Tests.Engine;
using AgentFlow.PS.Tests.Rehearsal;

namespace AgentFlow.PS.Tests.Faults;

/// <summary>A network that is not there or that breaks is one clear error of each command, within a bounded time.</summary>
public sealed class NetworkFaultTests(NetworkFaultTests.World world) : IClassFixture<NetworkFaultTests.World>
{
    public static TheoryData<string> Readers => new("Get-AfDeployment", "Get-AfEnvVariable", "Test-AfRoute", "Test-AfDeployment", "New-AfConfig agentflow -Path ./none.json -Confirm:$false", "Invoke-AfLeadQualification -Confirm:$false");

    [Theory]
    [MemberData(nameof(Readers))]
    public void No_network_is_one_error(string command)
    {
        using EngineSession session = new();
        session.UseTime(new HurriedTime());
        EngineResult result = session.Run(
            """
            param($config, $command)
            $text = [IO.File]::ReadAllText($config) -replace 'http://127\.0\.0\.1:\d+/', 'http://127.0.0.1:1/'
            $path = [IO.Path]::Combine([IO.Path]::GetDirectoryName($config), 'unreachable.json')
            [IO.File]::WriteAllText($path, $text)
            Connect-AfContext $path | Out-Null
            & ([scriptblock]::Create($command))
            """,
            ("config", world.Session.ConfigPath),
            ("command", command));
        Assert.Equal("AfServiceUnreachable", result.ErrorId);
        Assert.NotEmpty(result.Errors[0].ErrorDetails.RecommendedAction);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("reset", "AfServiceUnreachable")]
    [InlineData("truncate", "AfServiceUnreachable")]
    [InlineData("malform", "AfResponseMalformed")]
    public async Task A_broken_answer_is_one_error_and_never_half_an_answer(string kind, string id)
    {
        await world.Session.ClearFaultsAsync();
        await world.Session.AddFaultAsync(new { match = new { provider = "vercel" }, kind, times = 50 });
        try
        {
            EngineResult result = world.Session.Run("Get-AfDeployment");
            Assert.Equal(id, result.ErrorId);
            Assert.Empty(result.Output);
        }
        finally
        {
            await world.Session.ClearFaultsAsync();
        }
    }

    [Fact]
    public async Task A_limit_that_passes_is_not_seen()
    {
        await world.Session.ClearFaultsAsync();
        await world.Session.AddFaultAsync(new { match = new { provider = "vercel" }, kind = "status", status = 429, retryAfterSeconds = 1, times = 1 });
        EngineResult result = world.Session.Run("Get-AfDeployment -First 1");
        Assert.Empty(result.Errors);
        Assert.Single(result.Output);
    }

    public sealed class World : IDisposable
    {
        public RehearsalSession Session { get; } = new();

        public void Dispose() => Session.Dispose();
    }
}
