namespace AgentFlow.Shell;

/// <summary>What the command line asks for.</summary>
internal enum ShellMode
{
    /// <summary>A prompt, or lines from redirected input.</summary>
    Interactive,

    /// <summary><c>-Command TEXT</c>.</summary>
    Command,

    /// <summary>A script file with its arguments.</summary>
    Script,

    /// <summary><c>-Help</c>.</summary>
    Help,

    /// <summary><c>-Version</c>.</summary>
    Version,

    /// <summary>The command line is wrong; <see cref="ShellOptions.Problem"/> says how.</summary>
    Invalid,
}
