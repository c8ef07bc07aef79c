using System.Management.Automation.Language;

namespace AgentFlow.Shell;

/// <summary>One run of the shell from options to exit code.</summary>
internal static class ShellRun
{
    /// <summary>Starts the engine, does what the options ask, and answers with the process's exit code.</summary>
    public static int Start(ShellOptions options)
    {
        AnsiPolicy.ApplyEnvironment();
        ShellHostUI ui = new(options.NonInteractive);
        ShellHostUI.Active = ui;
        ShellHost host = new(ui);
        string? moduleFolder = ModuleLocator.FindModuleFolder(AppContext.BaseDirectory, Environment.CurrentDirectory);
        using ShellSession session = new(host, ui, moduleFolder);
        Terminal.Interrupted += session.Stop;
        Terminal.ListenForInterrupts();
        return options.Mode switch
        {
            ShellMode.Script => RunScript(session, options),
            ShellMode.Command => RunCommand(session, options, moduleFolder),
            _ => throw new NotSupportedException(),
        };
    }

    private static int RunScript(ShellSession session, ShellOptions options)
    {
        string path = Path.GetFullPath(options.ScriptPath);
        IEnumerable<string>? input = InputFor(() => Parser.ParseFile(path, out _, out _));
        bool ended = session.RunText(ScriptCall.Compose(path, options.ScriptArguments, input is not null), input, addToHistory: true);
        if (!ended || session.Host.ExitCode is not null)
        {
            return session.Host.ExitCode ?? ExitCodes.Failure;
        }

        // $? is false here after exit N, whose code the engine leaves in $LASTEXITCODE; when the script could not be parsed or its parameters not
        // be bound; and when it reported an error as its own. Errors of commands inside it do not touch the caller's $?.
        return session.LastSucceeded ? ExitCodes.Success
            : session.LastExitCode is int code and not 0 ? code
            : ExitCodes.Failure;
    }

    private static int RunCommand(ShellSession session, ShellOptions options, string? moduleFolder)
    {
        if (ModuleLocator.FindManifest(moduleFolder) is string manifest)
        {
            session.ImportModule(manifest);
        }

        string text = options.CommandText;
        bool ended = session.RunText(text, InputFor(() => Parser.ParseInput(text, out _, out _)), addToHistory: true);
        return session.Host.ExitCode ?? (ended && session.LastSucceeded ? ExitCodes.Success : ExitCodes.Failure);
    }

    // Only code that names $input takes what is piped into the shell; otherwise it is left to native programs.
    private static IEnumerable<string>? InputFor(Func<Ast> code) => !Terminal.InputIsTerminal && NamesInput(code()) ? Lines() : null;

    private static bool NamesInput(Ast code) =>
        code.Find(static node => node is VariableExpressionAst variable && variable.VariablePath.UserPath.Equals("input", StringComparison.OrdinalIgnoreCase), searchNestedScriptBlocks: false) is not null;

    private static IEnumerable<string> Lines()
    {
        while (ShellInput.ReadLine() is string line)
        {
            yield return line;
        }
    }
}
