using System.Globalization;

namespace AgentFlow.Sandbox.Hosting;

/// <summary>The command line.</summary>
internal sealed record SandboxOptions
{
    public const string Usage =
        "usage: AgentFlow.Sandbox --scenario NAME [--parent PID] [--state-folder DIR] [--database none|auto|env:NAME] [--ignore-stdin]";

    public string Scenario { get; init; } = "healthy";

    /// <summary>The process whose end ends the sandbox; null when a person runs it.</summary>
    public int? Parent { get; init; }

    /// <summary>Where the config and the token files go; a new folder below the temporary folder by default.</summary>
    public string? StateFolder { get; init; }

    /// <summary><c>none</c>, <c>auto</c> (a private cluster) or <c>env:NAME</c> (a connection string in that variable).</summary>
    public string Database { get; init; } = "auto";

    /// <summary>Does not take the end of standard input as a request to end.</summary>
    public bool IgnoreInput { get; init; }

    /// <exception cref="ArgumentException">The message is for the person who typed the line.</exception>
    public static SandboxOptions Parse(IReadOnlyList<string> arguments)
    {
        SandboxOptions options = new();
        for (int i = 0; i < arguments.Count; i++)
        {
            string Value() => ++i < arguments.Count ? arguments[i] : throw new ArgumentException($"{arguments[i - 1]} needs a value; {Usage}");
            options = arguments[i] switch
            {
                "--scenario" => options with { Scenario = Value() },
                "--parent" => options with { Parent = ProcessId(Value()) },
                "--state-folder" => options with { StateFolder = Path.GetFullPath(Value()) },
                "--database" => options with { Database = DatabaseChoice(Value()) },
                "--ignore-stdin" => options with { IgnoreInput = true },
                _ => throw new ArgumentException($"'{arguments[i]}' is not an option; {Usage}"),
            };
        }

        return options;
    }

    private static int ProcessId(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int id) && id > 0
        ? id
        : throw new ArgumentException($"--parent needs a process id; {Usage}");

    private static string DatabaseChoice(string text) => text is "none" or "auto" || (text.StartsWith("env:", StringComparison.Ordinal) && text.Length > 4)
        ? text
        : throw new ArgumentException($"--database is none, auto or env:NAME, never a connection string itself; {Usage}");
}
