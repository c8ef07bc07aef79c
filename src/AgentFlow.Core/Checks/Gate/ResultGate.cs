using AgentFlow.Faults;

namespace AgentFlow.Checks.Gate;

/// <summary>Collects results and faults and decides. An empty pipeline is not green, and neither is one in which every check was skipped.</summary>
public sealed class ResultGate(IReadOnlyCollection<string> required, bool failOnWarning)
{
    private readonly Dictionary<CheckOutcome, int> _counts = Enum.GetValues<CheckOutcome>().ToDictionary(outcome => outcome, _ => 0);
    private readonly HashSet<string> _ran = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<int> _refusals = [];
    private int _faults;

    /// <summary>Adds one result.</summary>
    public void Add(CheckResult result)
    {
        _counts[result.Outcome]++;
        if (result.Outcome != CheckOutcome.Skipped)
        {
            _ran.Add(result.CheckId);
        }

        if (result.Outcome == CheckOutcome.Error && Refusal(result.Actual) is { } code)
        {
            _refusals.Add(code);
        }
    }

    /// <summary>Adds an error of another command by its id and kind; null when it is not one of ours.</summary>
    public void Add(string? faultId, FaultKind? kind)
    {
        _faults++;
        if (Refusal(faultId) is { } code)
        {
            _refusals.Add(code);
        }
        else if (kind == FaultKind.Guard)
        {
            _refusals.Add(4);
        }
    }

    /// <summary>The verdict over all that was added.</summary>
    public GateVerdict Decide()
    {
        int errors = _counts[CheckOutcome.Error] + _faults;
        string[] missing = [.. required.Where(id => !_ran.Contains(id)).Order(StringComparer.Ordinal)];
        (int code, string reason) = this switch
        {
            _ when _refusals.Contains(4) => (4, "A guard refused."),
            _ when _refusals.Contains(5) => (5, "A change lock is active."),
            _ when _refusals.Contains(6) => (6, "An operator is needed."),
            _ when _counts[CheckOutcome.Fail] > 0 => (1, $"{Count(_counts[CheckOutcome.Fail], "check")} failed."),
            _ when failOnWarning && _counts[CheckOutcome.Warn] > 0 => (1, $"{Count(_counts[CheckOutcome.Warn], "check")} warned, and warnings fail here."),
            _ when errors > 0 => (2, $"{Count(errors, "check")} could not be made."),
            _ when _counts[CheckOutcome.Inconclusive] > 0 => (3, $"{Count(_counts[CheckOutcome.Inconclusive], "check")} did not decide."),
            _ when missing.Length > 0 => (3, $"Required but not run: {string.Join(", ", missing)}."),
            _ when _ran.Count == 0 => (3, "No check ran."),
            _ => (0, $"{Count(_ran.Count, "check")} ran and none failed."),
        };
        return new()
        {
            ExitCode = code,
            Reason = reason,
            Passed = _counts[CheckOutcome.Pass],
            Warned = _counts[CheckOutcome.Warn],
            Failed = _counts[CheckOutcome.Fail],
            Errors = errors,
            Inconclusive = _counts[CheckOutcome.Inconclusive],
            Skipped = _counts[CheckOutcome.Skipped],
        };
    }

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    private static int? Refusal(string? faultId) => faultId switch
    {
        FaultId.ProductionGuard => 4,
        FaultId.ChangeLockActive => 5,
        FaultId.OperatorNeeded => 6,
        _ => null,
    };
}
