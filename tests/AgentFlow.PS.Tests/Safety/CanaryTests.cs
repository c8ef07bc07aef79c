using AgentFlow.PS.Tests.Engine;
using AgentFlow.PS.Tests.Rehearsal;

namespace AgentFlow.PS.Tests.Safety;

/// <summary>A secret planted in every provider answer, header and error body appears in no stream, no error and no file.</summary>
public sealed class CanaryTests : IDisposable
{
    // Built here, so that no file of the repository holds what looks like a live key.
    private static readonly string s_canary = "sk_" + "live_" + "51" + string.Concat(Enumerable.Range(0, 30).Select(i => "aZ9bY8cX7d"[i % 10]));

    private readonly RehearsalSession _rehearsal = new(database: true);
    private readonly string _folder = Directory.CreateTempSubdirectory("af-canary-").FullName;

    public static TheoryData<string> Commands() => new(
        "Get-AfDeployment",
        "Get-AfDeployment | Get-AfDeployment",
        "Get-AfDeployment -First 1 | Wait-AfDeployment -TimeoutSeconds 1",
        "Get-AfDeployment -First 3 | Get-AfBuildLog",
        "Get-AfDeployment -First 3 | Get-AfBuildLog | Find-AfMissingEnv",
        "Get-AfEnvVariable",
        "Test-AfContext",
        "Test-AfRoute",
        "Test-AfRoute -Target preview",
        "Test-AfDeployment",
        "Test-AfDeployment -Target preview",
        "Get-AfMembership",
        "Get-AfGrant",
        "Get-AfRlsPolicy",
        "Get-AfMembership | Trace-AfRlsDecision organizations",
        "New-AfRlsSpec \"$folder/rls.spec.json\" -Force -Confirm:$false",
        "New-AfTenantFixture -ExpectedEnvironment local -Confirm:$false | Remove-AfTenantFixture -ExpectedEnvironment local -Confirm:$false",
        "Invoke-AfLeadQualification -Confirm:$false",
        "New-AfConfig agentflow -Path \"$folder/agentflow.json\" -Force -Confirm:$false");

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task It_appears_nowhere(string command)
    {
        await _rehearsal.PlantAsync(s_canary);
        foreach (object? fault in new object?[] { null, Fault("status", 500), Fault("status", 403), Fault("malform", 0), Fault("truncate", 0) })
        {
            await _rehearsal.ClearFaultsAsync();
            if (fault is not null)
            {
                await _rehearsal.AddFaultAsync(fault);
            }

            EngineResult result = _rehearsal.Run(
                $"param($folder) $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'; $before = $Error.Count; {command}",
                ("folder", _folder));
            EngineResult trace = _rehearsal.Run("""
                $Error | ForEach-Object {
                    $_.ToString(); $_.Exception.ToString(); $_.ScriptStackTrace; $_.ErrorDetails; $_.ErrorDetails.RecommendedAction; "$($_.TargetObject)"; $_.CategoryInfo.ToString()
                    for ($inner = $_.Exception.InnerException; $inner; $inner = $inner.InnerException) { $inner.ToString() }
                }
                $Error.Clear()
                """);
            IEnumerable<string> said =
            [
                .. result.Output.SelectMany(Texts), .. result.Warnings, .. result.Verbose, .. result.Debug, .. result.Information,
                .. result.Progress.Select(record => record.ToString()), .. result.Errors.Select(error => error + error.Exception.ToString()), .. trace.Output.Select(text => $"{text}"),
            ];
            Assert.DoesNotContain(said, text => text.Contains(s_canary, StringComparison.Ordinal));
            Assert.DoesNotContain(Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories), file => File.ReadAllText(file).Contains(s_canary, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_canary_is_really_there()
    {
        await _rehearsal.PlantAsync(s_canary);
        _rehearsal.Run("Get-AfDeployment -First 1 | Get-AfBuildLog");
        System.Text.Json.JsonElement journal = await _rehearsal.RequestsAsync();
        Assert.Contains(journal.GetProperty("requests").EnumerateArray(), request => System.Text.Encoding.UTF8.GetString(request.GetProperty("responseBody").GetBytesFromBase64()).Contains(s_canary, StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _rehearsal.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static object Fault(string kind, int status) => new { match = new { pathContains = "/" }, kind, status, times = 50 };

    // Every string that a record gives, as deep as a serialiser would look.
    private static IEnumerable<string> Texts(System.Management.Automation.PSObject item)
    {
        yield return item.ToString();
        yield return System.Management.Automation.PSSerializer.Serialize(item, 8);
    }
}
