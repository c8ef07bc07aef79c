namespace AgentFlow.PS.Tests.Shell;

/// <summary>What a run of the shell left behind.</summary>
internal sealed record ShellResult
{
    public required int ExitCode { get; init; }

    public required string Output { get; init; }

    public required string Error { get; init; }

    /// <summary>The output's lines, without the last line end.</summary>
    public IReadOnlyList<string> Lines => Output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
