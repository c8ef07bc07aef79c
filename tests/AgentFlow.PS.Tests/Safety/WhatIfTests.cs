using System.Text.Json;
using AgentFlow.PS.Tests.Engine;
using AgentFlow.PS.Tests.Help;
using AgentFlow.PS.Tests.Rehearsal;

namespace AgentFlow.PS.Tests.Safety;

/// <summary>Under -WhatIf no command writes: not at a provider, not into a file. Cmdlets that come later are covered by the examples of their help.</summary>
public sealed class WhatIfTests(WhatIfTests.World world) : IClassFixture<WhatIfTests.World>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("af-whatif-").FullName;

    [Theory]
    [InlineData("Invoke-AfLeadQualification -WhatIf")]
    [InlineData("New-AfConfig agentflow -Path ./agentflow.json -WhatIf")]
    [InlineData("Invoke-AfEnvRotation session-secret -WhatIf")]
    public async Task It_reads_and_plans_and_writes_nothing(string command)
    {
        (EngineResult result, JsonElement journal) = await RunAsync(command);
        Assert.Empty(result.Errors);
        Assert.Equal(0, journal.GetProperty("writes").GetInt32());
        Assert.True(journal.GetProperty("requests").GetArrayLength() > 0, "it did not read either");
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public async Task No_example_of_a_writer_writes_under_the_preference(string command)
    {
        (EngineResult _, JsonElement journal) = await RunAsync("$WhatIfPreference = $true\n" + command);
        Assert.Equal(0, journal.GetProperty("writes").GetInt32());

        // What an example writes by itself, to have something to show, is no command's.
        Assert.Equal(command.Split("[IO.File]::Write").Length - 1, Directory.EnumerateFileSystemEntries(_folder).Count());
    }

    public static TheoryData<string> Writers()
    {
        using EngineSession session = new();
        HashSet<string> writers = [.. session.Run("Get-Command -Module AgentFlow.PS | Where-Object { $_.Parameters.ContainsKey('WhatIf') } | ForEach-Object Name").Output.Select(name => name.ToString())];
        return [.. ExampleTests.Examples().Where(row => writers.Contains(row.Data.Item1)).Select(row => row.Data.Item3).Distinct()];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<(EngineResult Result, JsonElement Journal)> RunAsync(string command)
    {
        using EngineSession session = new();
        Assert.Empty(session.Run(
            "param($folder, $config) $null = $ExecutionContext.SessionState.Path.SetLocation($folder); Connect-AfContext $config | Out-Null",
            ("folder", _folder),
            ("config", world.Session.ConfigPath)).Errors);
        await world.Session.ClearRequestsAsync();
        return (session.Run(command), await world.Session.RequestsAsync());
    }

    public sealed class World : IDisposable
    {
        public RehearsalSession Session { get; } = new(database: true);

        public void Dispose() => Session.Dispose();
    }
}
