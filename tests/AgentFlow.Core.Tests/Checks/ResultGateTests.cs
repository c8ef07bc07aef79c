using AgentFlow.Checks.Gate;
using AgentFlow.Faults;

namespace AgentFlow.Core.Tests.Checks;

public sealed class ResultGateTests
{
    [Theory]
    [InlineData(0, CheckOutcome.Pass)]
    [InlineData(0, CheckOutcome.Pass, CheckOutcome.Warn, CheckOutcome.Skipped)]
    [InlineData(1, CheckOutcome.Pass, CheckOutcome.Error, CheckOutcome.Fail)]
    [InlineData(2, CheckOutcome.Pass, CheckOutcome.Error, CheckOutcome.Inconclusive)]
    [InlineData(3, CheckOutcome.Pass, CheckOutcome.Inconclusive)]
    [InlineData(3, CheckOutcome.Skipped)]
    [InlineData(3)]
    public void The_worst_outcome_decides(int code, params CheckOutcome[] outcomes)
    {
        ResultGate gate = new([], failOnWarning: false);
        foreach (CheckOutcome outcome in outcomes)
        {
            gate.Add(Result(outcome));
        }

        Assert.Equal(code, gate.Decide().ExitCode);
    }

    [Fact]
    public void A_required_check_that_was_skipped_is_missing()
    {
        ResultGate gate = new(["AFD001", "AFD002"], failOnWarning: false);
        gate.Add(Result(CheckOutcome.Pass));
        gate.Add(Result(CheckOutcome.Skipped, "AFD002"));
        GateVerdict verdict = gate.Decide();
        Assert.Equal(3, verdict.ExitCode);
        Assert.Contains("AFD002", verdict.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("AFD001", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_fail_when_told_to()
    {
        ResultGate gate = new([], failOnWarning: true);
        gate.Add(Result(CheckOutcome.Warn));
        Assert.Equal(1, gate.Decide().ExitCode);
    }

    [Theory]
    [InlineData(FaultId.ProductionGuard, FaultKind.Guard, 4)]
    [InlineData(FaultId.ConfigHoldsSecret, FaultKind.Guard, 4)]
    [InlineData(FaultId.ChangeLockActive, FaultKind.InvalidState, 5)]
    [InlineData(FaultId.OperatorNeeded, FaultKind.InvalidState, 6)]
    [InlineData("SomethingElse", null, 2)]
    public void Faults_of_other_commands_count(string id, FaultKind? kind, int code)
    {
        ResultGate gate = new([], failOnWarning: false);
        gate.Add(Result(CheckOutcome.Pass));
        gate.Add(id, kind);
        Assert.Equal(code, gate.Decide().ExitCode);
    }

    [Fact]
    public void An_annotation_cannot_speak_commands_of_its_own()
    {
        CheckResult evil = Result(CheckOutcome.Fail) with { Reason = "x\n::set-output name=a::b", Target = "a,b:c" };
        string line = CiFormat.GitHub(evil)!;
        Assert.DoesNotContain('\n', line);
        Assert.Contains("%0A::set-output", line, StringComparison.Ordinal);
        Assert.Contains("title=AFD001 Title%3A a%2Cb%3Ac::", line, StringComparison.Ordinal);
        Assert.StartsWith("##vso[task.logissue type=error;code=AFD001]Title: ", CiFormat.Azure(evil), StringComparison.Ordinal);
    }

    [Fact]
    public void The_summary_escapes_what_would_break_its_table()
    {
        CheckResult odd = Result(CheckOutcome.Warn) with { Reason = "a|b<script>\nc" };
        string text = CiFormat.Markdown([odd], new ResultGate([], false).Decide());
        Assert.Contains("a\\|b&lt;script> c |", text, StringComparison.Ordinal);
    }

    private static CheckResult Result(CheckOutcome outcome, string id = "AFD001") => new()
    {
        RunId = Guid.Empty,
        CheckId = id,
        RunbookId = "D1",
        Title = "Title",
        Surface = "public",
        Target = "t",
        Outcome = outcome,
        Reason = "Because.",
        StartedAt = DateTimeOffset.UnixEpoch,
    };
}
