namespace AgentFlow;

/// <summary>What a pipeline step concludes from all results: the one place where exit codes come from.</summary>
public sealed record GateVerdict
{
    /// <summary>0 ok, 1 fail, 2 could not check, 3 inconclusive or a required check missing, 4 refused by a guard, 5 change lock active, 6 operator needed.</summary>
    public required int ExitCode { get; init; }

    /// <summary>One sentence.</summary>
    public required string Reason { get; init; }

    public required int Passed { get; init; }

    public required int Warned { get; init; }

    public required int Failed { get; init; }

    public required int Errors { get; init; }

    public required int Inconclusive { get; init; }

    public required int Skipped { get; init; }
}
