using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using AgentFlow.PS.Tests.Engine;
using AgentFlow.PS.Tests.Help;
using AgentFlow.PS.Tests.Rehearsal;

namespace AgentFlow.PS.Tests.Safety;

/// <summary>
/// A secret planted in every provider answer, header and error body appears in no stream, no error, no file and no JSON, for
/// every cmdlet and with every fault. Cmdlets that come later are covered by the examples of their help.
/// </summary>
[Collection("CI variables")]
public sealed class CanaryTests(CanaryTests.World world) : IClassFixture<CanaryTests.World>, IDisposable
{
    // Built here, so that no file of the repository holds what looks like a live key.
    private static readonly string s_canary = "sk_" + "live_" + "51" + string.Concat(Enumerable.Range(0, 30).Select(i => "aZ9bY8cX7d"[i % 10]));

    private static readonly object?[] s_faults =
    [
        null, Fault("status", 500), Fault("status", 403), Fault("status", 401), Fault("status", 404), Fault("status", 429), Fault("malform", 0), Fault("truncate", 0), Fault("reset", 0),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("af-canary-").FullName;

    /// <summary>Ways of use beyond the examples of the help.</summary>
    public static IReadOnlyList<string> Extra { get; } =
    [
        "Get-AfDeployment | Get-AfDeployment",
        "Get-AfDeployment -First 1 | Wait-AfDeployment -TimeoutSeconds 1",
        "Get-AfDeployment -First 3 | Get-AfBuildLog | Find-AfMissingEnv",
        "Get-AfEnvVariable",
        "Test-AfContext",
        "Test-AfRoute",
        "Test-AfDeployment",
        "Test-AfDeployment -Target preview",
        "Get-AfMembership",
        "Get-AfGrant",
        "Get-AfRlsPolicy",
        "Get-AfMembership | Trace-AfRlsDecision organizations",
        "New-AfRlsSpec \"$folder/rls.spec.json\" -Force -Confirm:$false",
        "New-AfTenantFixture -ExpectedEnvironment local -Confirm:$false | Remove-AfTenantFixture -ExpectedEnvironment local -Confirm:$false",
        "Invoke-AfLeadQualification -Confirm:$false",
        "New-AfConfig agentflow -Path ./agentflow.json -Force -Confirm:$false",
        "Get-AfCredential; Get-AfEnvRotation; Get-AfJournal; Test-AfJournal",
        "Invoke-AfEnvRotation session-secret -WhatIf",
        "Invoke-AfEnvRotation session-secret -ConfirmTarget agentflow -Confirm:$false; Get-AfEnvRotation -AsTicketText; Get-AfJournal",
        "$env:GITHUB_ACTIONS = 'true'; $env:GITHUB_STEP_SUMMARY = './summary.md'; try { Test-AfDeployment | Assert-AfResult } finally { $env:GITHUB_ACTIONS = $env:GITHUB_STEP_SUMMARY = '' }",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task It_appears_nowhere(string command)
    {
        bool local = command.Contains("AfSandbox", StringComparison.Ordinal);
        CapturingHost host = new();
        using EngineSession session = new(host: host);
        session.UseTime(new HurriedTime());
        foreach (object? fault in local ? [null] : s_faults)
        {
            await world.Session.ClearFaultsAsync();
            if (fault is not null)
            {
                await world.Session.AddFaultAsync(fault);
            }

            AssertNowhere(session, host, command, $"{command} with {JsonSerializer.Serialize(fault)}");
        }
    }

    [Fact]
    public async Task The_canary_is_really_there()
    {
        await world.Session.ClearFaultsAsync();
        world.Session.Run("Get-AfDeployment -First 1 | Get-AfBuildLog");
        JsonElement journal = await world.Session.RequestsAsync();
        Assert.Contains(journal.GetProperty("requests").EnumerateArray(), request => System.Text.Encoding.UTF8.GetString(request.GetProperty("responseBody").GetBytesFromBase64()).Contains(s_canary, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_cmdlet_is_looked_at()
    {
        using EngineSession session = new();
        string all = string.Concat(Commands().Select(row => row.Data + "\n"));
        Assert.All(session.Run("(Get-Command -Module AgentFlow.PS).Name").Output, name => Assert.Contains(name.ToString(), all, StringComparison.OrdinalIgnoreCase));
    }

    public static TheoryData<string> Commands() => [.. Extra.Concat(ExampleTests.Examples().Select(row => row.Data.Item3)).Distinct()];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void AssertNowhere(EngineSession session, CapturingHost host, string command, string what)
    {
        try
        {
            Assert.Empty(session.Run(
                "param($folder, $config) $Error.Clear(); $null = $ExecutionContext.SessionState.Path.SetLocation($folder); Connect-AfContext $config | Out-Null",
                ("folder", _folder),
                ("config", world.Session.ConfigPath)).Errors);
            EngineResult result = session.Run("$VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'; $ConfirmPreference = 'None'\n" + command);
            EngineResult trace = session.Run("""
                $Error | ForEach-Object {
                    $_.ToString(); $_.Exception.ToString(); $_.ScriptStackTrace; "$($_.ErrorDetails)"; $_.ErrorDetails.RecommendedAction; "$($_.TargetObject)"; $_.CategoryInfo.ToString()
                    [System.Management.Automation.PSSerializer]::Serialize($_, 4)
                    for ($inner = $_.Exception.InnerException; $inner; $inner = $inner.InnerException) { $inner.ToString() }
                }
                """);
            IEnumerable<string> said =
            [
                host.Text, .. result.Output.SelectMany(Texts), .. result.Warnings, .. result.Verbose, .. result.Debug, .. result.Information,
                .. result.Progress.Select(record => record.ToString()), .. result.Errors.Select(error => error + error.Exception.ToString()), .. trace.Output.Select(text => $"{text}"),
            ];
            Assert.False(said.Any(Holds), what + ": it is in a stream");
            Assert.True(Files().FirstOrDefault(Leaks) is not { } leak, $"{what}: it is in {Files().FirstOrDefault(Leaks)}");
        }
        finally
        {
            session.Run("Stop-AfSandbox -Confirm:$false");
        }
    }

    // What the sandbox itself keeps is no file of the product; its journal folder is.
    private IEnumerable<string> Files() => new[] { _folder, Path.Combine(Path.GetDirectoryName(world.Session.ConfigPath)!, "journal") }
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));

    private static bool Leaks(string file)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using StreamReader reader = new(stream, System.Text.Encoding.Latin1);
        return Holds(reader.ReadToEnd());
    }

    private static bool Holds(string text) => text.Contains(s_canary, StringComparison.Ordinal);

    private static object Fault(string kind, int status) => new { match = new { pathContains = "/" }, kind, status, times = 200 };

    // Every string that a record gives, as deep as serialisers look.
    private static IEnumerable<string> Texts(PSObject? item)
    {
        if (item is null)
        {
            yield break;
        }

        yield return item.ToString();
        yield return PSSerializer.Serialize(item, 6);
        if (item.BaseObject.GetType().Namespace?.StartsWith("AgentFlow", StringComparison.Ordinal) == true)
        {
            yield return JsonSerializer.Serialize(item.BaseObject, item.BaseObject.GetType());
        }
        else
        {
            yield return Convert.ToString(item.BaseObject, CultureInfo.InvariantCulture) ?? string.Empty;
        }
    }

    public sealed class World : IAsyncLifetime
    {
        public RehearsalSession Session { get; } = new(database: true);

        public async ValueTask InitializeAsync() => await Session.PlantAsync(s_canary);

        public ValueTask DisposeAsync()
        {
            Session.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
