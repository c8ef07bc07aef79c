namespace AgentFlow.Shell;

/// <summary>The command line, understood as pwsh understands its own: names are case-blind and may be shortened.</summary>
internal sealed record ShellOptions
{
    /// <summary>The text of <c>-Help</c>.</summary>
    public const string Usage = """
        Usage: afsh [-NoLogo] [-NonInteractive] [-Command TEXT | [-File] SCRIPT.ps1 [ARGUMENTS]]

          SCRIPT.ps1 ARGUMENTS  runs the script; arguments are literal strings: value, -Name value, -Name:value, -Switch
          -Command TEXT         runs the text; "-" reads it from standard input
          -NonInteractive       every question becomes an error
          -NoLogo               no banner before the prompt
          -Version, -Help       print and end

        Without a script or -Command there is a prompt. Exit code: the script's own exit N; 1 after an error that ended
        the run or when the last command of -Command failed; 64 for a wrong command line; 0 otherwise.
        """;

    private static readonly string[] Names = ["Command", "File", "Help", "NoLogo", "NoProfile", "NonInteractive", "Version"];

    /// <summary>What to do.</summary>
    public ShellMode Mode { get; init; }

    /// <summary>The text of <c>-Command</c>; "-" for standard input.</summary>
    public string CommandText { get; init; } = string.Empty;

    /// <summary>The script's path as typed.</summary>
    public string ScriptPath { get; init; } = string.Empty;

    /// <summary>What follows the script's path, untouched.</summary>
    public IReadOnlyList<string> ScriptArguments { get; init; } = [];

    /// <summary>No question may be asked.</summary>
    public bool NonInteractive { get; init; }

    /// <summary>No banner.</summary>
    public bool NoLogo { get; init; }

    /// <summary>One sentence on what is wrong with the command line.</summary>
    public string Problem { get; init; } = string.Empty;

    /// <summary>Reads the arguments of the process.</summary>
    public static ShellOptions Parse(IReadOnlyList<string> arguments)
    {
        ShellOptions options = new();
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (argument is not ['-', _, ..])
            {
                return options.ForScript(arguments, i);
            }

            switch (Match(argument))
            {
                case "Command" when i + 1 == arguments.Count:
                    return options.Invalid("-Command needs the text to run.");
                case "Command":
                    return options with { Mode = ShellMode.Command, CommandText = string.Join(' ', arguments.Skip(i + 1)) };
                case "File" when i + 1 == arguments.Count:
                    return options.Invalid("-File needs the path of a script.");
                case "File":
                    return options.ForScript(arguments, i + 1);
                case "Help":
                    return options with { Mode = ShellMode.Help };
                case "Version":
                    return options with { Mode = ShellMode.Version };
                case "NoLogo":
                    options = options with { NoLogo = true };
                    break;
                case "NonInteractive":
                    options = options with { NonInteractive = true };
                    break;
                case "NoProfile":
                    // There are no profiles; accepted so that a pwsh command line can be pasted.
                    break;
                default:
                    return options.Invalid($"The parameter '{argument}' is not known or not clear.");
            }
        }

        return options;
    }

    private static string? Match(string argument)
    {
        string name = argument.StartsWith("--", StringComparison.Ordinal) ? argument[2..] : argument[1..];
        switch (name.ToLowerInvariant())
        {
            case "?" or "h":
                return "Help";
            case "c":
                return "Command";
            case "":
                return null;
        }

        string[] matches = [.. Names.Where(known => known.StartsWith(name, StringComparison.OrdinalIgnoreCase))];
        return matches.Length == 1 ? matches[0] : null;
    }

    private ShellOptions ForScript(IReadOnlyList<string> arguments, int at) => this with
    {
        Mode = ShellMode.Script,
        ScriptPath = arguments[at],
        ScriptArguments = [.. arguments.Skip(at + 1)],
    };

    private ShellOptions Invalid(string problem) => this with { Mode = ShellMode.Invalid, Problem = problem };
}
