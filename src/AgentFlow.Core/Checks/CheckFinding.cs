namespace AgentFlow.Checks;

/// <summary>What a check body concluded about one target; <see cref="CheckRun"/> adds identity and time.</summary>
public sealed record CheckFinding
{
    /// <summary>The verdict.</summary>
    public required CheckOutcome Outcome { get; init; }

    /// <summary>One sentence that explains the outcome.</summary>
    public required string Reason { get; init; }

    /// <summary>What was expected.</summary>
    public string? Expected { get; init; }

    /// <summary>What was found.</summary>
    public string? Actual { get; init; }

    /// <summary>What to do about it.</summary>
    public string? Remediation { get; init; }

    /// <summary>How often the outside system was asked.</summary>
    public int Attempts { get; init; } = 1;

    public static CheckFinding Pass(string reason) => new() { Outcome = CheckOutcome.Pass, Reason = reason };

    public static CheckFinding Warn(string reason, string remediation) => new() { Outcome = CheckOutcome.Warn, Reason = reason, Remediation = remediation };

    public static CheckFinding Fail(string reason, string? expected, string? actual, string remediation) =>
        new() { Outcome = CheckOutcome.Fail, Reason = reason, Expected = expected, Actual = actual, Remediation = remediation };

    public static CheckFinding Inconclusive(string reason, string remediation) =>
        new() { Outcome = CheckOutcome.Inconclusive, Reason = reason, Remediation = remediation };

    public static CheckFinding Skipped(string reason, string? remediation = null) =>
        new() { Outcome = CheckOutcome.Skipped, Reason = reason, Remediation = remediation, Attempts = 0 };
}
