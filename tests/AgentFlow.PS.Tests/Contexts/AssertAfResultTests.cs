using AgentFlow.PS.Tests.Engine;

namespace AgentFlow.PS.Tests.Contexts;

[Collection("CI variables")]
public sealed class AssertAfResultTests : IDisposable
{
    private const string Make = """
        function Result($Outcome, $Actual, $Reason = 'Because.') {
            $result = [Activator]::CreateInstance([AgentFlow.CheckResult])
            foreach ($pair in @{ CheckId = 'AFD001'; RunbookId = 'D1'; Title = 'T'; Surface = 'public'; Target = 't'; Outcome = [AgentFlow.CheckOutcome]$Outcome; Reason = $Reason; Actual = $Actual }.GetEnumerator()) {
                [AgentFlow.CheckResult].GetProperty($pair.Key).SetValue($result, $pair.Value)
            }
            $result
        }

        """;

    private readonly CapturingHost _host = new();
    private readonly EngineSession _session;
    private readonly string _summary = Path.GetTempFileName();

    public AssertAfResultTests()
    {
        // These tests may run in a CI system themselves.
        Environment.SetEnvironmentVariable("GITHUB_ACTIONS", null);
        Environment.SetEnvironmentVariable("TF_BUILD", null);
        _session = new(host: _host);
    }

    [Theory]
    [InlineData("Result Pass | Assert-AfResult -PassThru", 0)]
    [InlineData("Result Fail | Assert-AfResult -PassThru", 1)]
    [InlineData("Result Error | Assert-AfResult -PassThru", 2)]
    [InlineData("@() | Assert-AfResult -PassThru", 3)]
    [InlineData("Result Pass | Assert-AfResult -Require AFD099 -PassThru", 3)]
    [InlineData("Result Warn | Assert-AfResult -FailOnWarning -PassThru", 1)]
    [InlineData("Get-AfDeployment -ErrorAction SilentlyContinue -ErrorVariable e; try { Get-AfDeployment -ErrorAction Stop } catch { $_ | Assert-AfResult -PassThru }", 2)]
    public void The_exit_code_says_why(string script, int code)
    {
        EngineResult result = _session.Run(Make + script);
        dynamic verdict = result.Output[^1].BaseObject;
        Assert.Equal(code, (int)verdict.ExitCode);
        Assert.Equal(code == 0 ? 0 : 1, result.Errors.Count(error => error.FullyQualifiedErrorId.StartsWith("AfResultNotGreen", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Result Inconclusive | Assert-AfResult -PassThru", 3)]
    [InlineData("Result Skipped | Assert-AfResult -PassThru", 3)]
    [InlineData("Result Pass, Skipped | ForEach-Object { Result $_ } | Assert-AfResult -PassThru", 0)]
    [InlineData("'Pass', 'Fail' | ForEach-Object { Result $_ } | Assert-AfResult -PassThru", 1)]
    [InlineData("(Result Pass), (Result Skipped) | Assert-AfResult -Require AFD001 -PassThru", 0)]
    [InlineData("(Result Skipped) | Assert-AfResult -Require AFD001 -PassThru", 3)]
    [InlineData("(Result Error AfProductionGuard) | Assert-AfResult -PassThru", 4)]
    [InlineData("(Result Error AfChangeLockActive) | Assert-AfResult -PassThru", 5)]
    [InlineData("(Result Error AfOperatorNeeded) | Assert-AfResult -PassThru", 6)]
    [InlineData("(Result Error AfProductionGuard), (Result Fail) | Assert-AfResult -PassThru", 4)]
    [InlineData("try { Connect-AfContext ./no-such.json } catch { $_ | Assert-AfResult -PassThru }", 2)]
    public void Every_code_has_its_cause(string script, int code)
    {
        EngineResult result = _session.Run(Make + script.Replace("Result Pass, Skipped |", "'Pass', 'Skipped' |", StringComparison.Ordinal));
        dynamic verdict = result.Output[^1].BaseObject;
        Assert.Equal(code, (int)verdict.ExitCode);
        Assert.Null(_host.ExitCode);
    }

    [Theory]
    [InlineData("Result Fail | Assert-AfResult -Exit", 1)]
    [InlineData("@() | Assert-AfResult -Exit", 3)]
    [InlineData("Result Pass | Assert-AfResult -Exit", null)]
    public void The_host_is_told_the_code_when_it_is_asked_for(string script, int? code)
    {
        _session.Run(Make + script);
        Assert.Equal(code, _host.ExitCode);
    }

    [Fact]
    public void GitHub_gets_annotations_a_summary_and_the_code()
    {
        EngineResult result = InCi("$env:GITHUB_ACTIONS = 'true'; $env:GITHUB_STEP_SUMMARY = $summary", "(Result Fail), (Result Warn), (Result Pass) | Assert-AfResult");
        Assert.Equal("AfResultNotGreen", result.ErrorId);
        Assert.Equal(1, _host.ExitCode);
        Assert.Contains("::error title=AFD001 T%3A t::Because.", _host.Text, StringComparison.Ordinal);
        Assert.Contains("::warning title=AFD001 T%3A t::Because.", _host.Text, StringComparison.Ordinal);
        Assert.Equal(2, _host.Text.Split("::", StringSplitOptions.None).Count(part => part is "error" or "warning" || part.EndsWith("title=AFD001 T%3A t", StringComparison.Ordinal)));
        string summary = File.ReadAllText(_summary);
        Assert.Contains("| AFD001 T | t | Fail | Because. |", summary, StringComparison.Ordinal);
        Assert.Contains("not passed", summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Azure_gets_annotations_and_an_uploaded_summary()
    {
        InCi("$env:TF_BUILD = 'True'; $env:AGENT_TEMPDIRECTORY = [IO.Path]::GetDirectoryName($summary)", "(Result Error), (Result Inconclusive) | Assert-AfResult");
        Assert.Equal(2, _host.ExitCode);
        Assert.Contains("##vso[task.logissue type=error;code=AFD001]T: t: Because.", _host.Text, StringComparison.Ordinal);
        Assert.Contains("##vso[task.logissue type=warning;code=AFD001]T: t: Because.", _host.Text, StringComparison.Ordinal);
        string upload = Assert.Single(_host.Text.Split('\n'), line => line.StartsWith("##vso[task.uploadsummary]", StringComparison.Ordinal)).Trim();
        string file = upload["##vso[task.uploadsummary]".Length..];
        Assert.Contains("AFD001", File.ReadAllText(file), StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public void What_a_provider_said_speaks_no_workflow_command()
    {
        InCi("$env:GITHUB_ACTIONS = 'true'; $env:GITHUB_STEP_SUMMARY = $summary", "Result Fail '' \"x`n::set-output name=a::b`r`n##vso[task.complete]\" | Assert-AfResult");
        Assert.DoesNotContain(_host.Text.Split('\n'), line => line.StartsWith("::set-output", StringComparison.Ordinal) || line.StartsWith("##vso", StringComparison.Ordinal));
        Assert.DoesNotContain(File.ReadAllText(_summary).Split('\n'), line => line.StartsWith("::", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Get-AfDeployment")]
    [InlineData("Connect-AfContext ./no-such.json")]
    public void A_step_that_cannot_begin_is_not_green(string command)
    {
        EngineResult result = InCi("$env:GITHUB_ACTIONS = 'true'; $env:GITHUB_STEP_SUMMARY = $summary", $"try {{ $results = {command} -ErrorAction Stop }} catch {{ $results = $_ }}; $results | Assert-AfResult");
        Assert.Contains(result.Errors, error => error.FullyQualifiedErrorId.StartsWith("AfResultNotGreen", StringComparison.Ordinal));
        Assert.Equal(2, _host.ExitCode);
    }

    [Fact]
    public void What_is_no_result_is_refused() => Assert.Contains(_session.Run("'text' | Assert-AfResult").Errors, error => error.FullyQualifiedErrorId.StartsWith("AfResultInvalid", StringComparison.Ordinal));

    public void Dispose()
    {
        _session.Dispose();
        File.Delete(_summary);
    }

    // The variables are the process's: set and taken back within one run, and no other test of this class runs meanwhile.
    private EngineResult InCi(string set, string script) => _session.Run(
        $"param($summary) {Make} {set}; try {{ {script} }} finally {{ $env:GITHUB_ACTIONS = $env:GITHUB_STEP_SUMMARY = $env:TF_BUILD = $env:AGENT_TEMPDIRECTORY = '' }}", ("summary", _summary));
}
