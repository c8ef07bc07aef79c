namespace AgentFlow.Shell.LineEditing;

/// <summary>How reading a line ended.</summary>
internal enum LineOutcome
{
    /// <summary>There is a line.</summary>
    Line,

    /// <summary>Ctrl+C: the line is dropped.</summary>
    Interrupted,

    /// <summary>Ctrl+D on an empty line, or redirected input has ended.</summary>
    EndOfInput,
}
