namespace AgentFlow.Shell;

/// <summary>Exit codes of the process; a script's own <c>exit N</c> goes before them. The values are those of pwsh.</summary>
internal static class ExitCodes
{
    /// <summary>The script ended, or the last command of -Command succeeded.</summary>
    public const int Success = 0;

    /// <summary>An error ended the script, the last command of -Command failed, or Ctrl+C stopped it.</summary>
    public const int Failure = 1;

    /// <summary>The command line cannot be understood or names a script that does not exist (EX_USAGE).</summary>
    public const int Usage = 64;

    /// <summary>The engine could not be started (EX_SOFTWARE).</summary>
    public const int EngineFailure = 70;
}
