using AgentFlow.PS.Tests.Engine;
using AgentFlow.PS.Tests.Rehearsal;

namespace AgentFlow.PS.Tests.Safety;

/// <summary>Under -WhatIf every command that could write reads, plans and writes nothing.</summary>
public sealed class WhatIfTests : IDisposable
{
    private readonly RehearsalSession _rehearsal = new(database: true);
    private readonly string _folder = Directory.CreateTempSubdirectory("af-whatif-").FullName;

    [Theory]
    [InlineData("Invoke-AfLeadQualification -WhatIf")]
    [InlineData("New-AfConfig agentflow -Path \"$folder/agentflow.json\" -WhatIf")]
    public async Task The_sandbox_sees_no_write(string command)
    {
        await _rehearsal.ClearRequestsAsync();
        EngineResult result = _rehearsal.Run($"param($folder) {command}", ("folder", _folder));
        Assert.Empty(result.Errors);
        System.Text.Json.JsonElement journal = await _rehearsal.RequestsAsync();
        Assert.Equal(0, journal.GetProperty("writes").GetInt32());
        Assert.True(journal.GetProperty("requests").GetArrayLength() > 0, "it did not read either");
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    public void Dispose()
    {
        _rehearsal.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
