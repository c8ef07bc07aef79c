using AgentFlow.PS.Tests.Engine;

namespace AgentFlow.PS.Tests.Contexts;

public sealed class AssertAfResultTests : IDisposable
{
    private const string Make = """
        function Result($Outcome) {
            $result = [Activator]::CreateInstance([AgentFlow.CheckResult])
            foreach ($pair in @{ CheckId = 'AFD001'; RunbookId = 'D1'; Title = 'T'; Surface = 'public'; Target = 't'; Outcome = [AgentFlow.CheckOutcome]$Outcome; Reason = 'Because.' }.GetEnumerator()) {
                [AgentFlow.CheckResult].GetProperty($pair.Key).SetValue($result, $pair.Value)
            }
            $result
        }

        """;

    private readonly EngineSession _session = new();

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

    [Fact]
    public void What_is_no_result_is_refused() => Assert.Contains(_session.Run("'text' | Assert-AfResult").Errors, error => error.FullyQualifiedErrorId.StartsWith("AfResultInvalid", StringComparison.Ordinal));

    public void Dispose() => _session.Dispose();
}
