using System.Management.Automation.Language;

namespace AgentFlow.Shell;

/// <summary>One run of the shell from options to exit code.</summary>
internal sealed class ShellRun : IDisposable
{
    // After that long a stop that is under way may be overtaken by the end of the process.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ShellOptions _options;
    private readonly ShellHostUI _ui;
    private readonly ShellSession _session;
    private readonly string? _moduleFolder;
    private readonly IDisposable _signals;
    private long? _stoppingSince;

    /// <summary>Starts the engine.</summary>
    public ShellRun(ShellOptions options)
    {
        _options = options;
        AnsiPolicy.ApplyEnvironment();
        _ui = new(new(Interrupt, patience => _session!.WaitForStop(patience)), options.NonInteractive);
        ShellHostUI.Active = _ui;
        _moduleFolder = ModuleLocator.FindModuleFolder(AppContext.BaseDirectory, Environment.CurrentDirectory);
        _session = new(new(_ui), _ui, _moduleFolder);
        _signals = Terminal.ListenForSignals(Interrupt, Terminate);
    }

    /// <summary>Does what the options ask and answers with the process's exit code.</summary>
    public int Execute() => _options.Mode switch
    {
        ShellMode.Script => RunScript(),
        ShellMode.Command when _options.CommandText == "-" => RunPrompt(),
        ShellMode.Command => RunCommand(),
        _ => RunPrompt(),
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        _signals.Dispose();
        _session.Dispose();
    }

    private int RunScript()
    {
        string path = Path.GetFullPath(_options.ScriptPath);
        IEnumerable<string>? input = InputFor(() => Parser.ParseFile(path, out _, out _));
        RunOutcome outcome = _session.RunText(ScriptCall.Compose(path, _options.ScriptArguments, input is not null), input, addToHistory: true);
        if (_session.Host.ExitCode is int code)
        {
            return code;
        }

        // $? is false here after exit N, whose code the engine leaves in $LASTEXITCODE; when the script could not be parsed or its parameters not
        // be bound; and when it reported an error as its own. Errors of commands inside it do not touch the caller's $?.
        return outcome != RunOutcome.Completed ? ExitCodes.Failure
            : _session.LastSucceeded ? ExitCodes.Success
            : _session.LastExitCode is int left and not 0 ? left
            : ExitCodes.Failure;
    }

    private int RunCommand()
    {
        if (ImportModule() == RunOutcome.Stopped)
        {
            return ExitCodes.Failure;
        }

        string text = _options.CommandText;
        return ExitCode(_session.RunText(text, InputFor(() => Parser.ParseInput(text, out _, out _)), addToHistory: true));
    }

    private int RunPrompt()
    {
        RunOutcome? import = ImportModule();
        if (!_options.NoLogo && Terminal.InputIsTerminal)
        {
            foreach (string line in Banner.Lines(packed: import is not null, _session.FindModule(ModuleLocator.ModuleName)))
            {
                _ui.WriteLine(line);
            }
        }

        PromptLoop loop = new(_session, _ui);
        _session.Host.NestedPrompt = loop.RunNested;
        loop.Run();
        return ExitCode(RunOutcome.Completed);
    }

    private int ExitCode(RunOutcome outcome) =>
        _session.Host.ExitCode ?? (outcome == RunOutcome.Completed && _session.LastSucceeded ? ExitCodes.Success : ExitCodes.Failure);

    // Null when nothing is packed.
    private RunOutcome? ImportModule() =>
        ModuleLocator.FindManifest(_moduleFolder) is string manifest ? _session.ImportModule(manifest) : null;

    // Ctrl+C. False lets the process end.
    private bool Interrupt()
    {
        bool atPrompt = _options.Mode == ShellMode.Interactive;
        long now = TimeProvider.System.GetTimestamp();
        if (!atPrompt && _stoppingSince is long since && TimeProvider.System.GetElapsedTime(since, now) > Patience)
        {
            return false;
        }

        _stoppingSince ??= now;
        _session.Host.Programs.Interrupt();
        return _session.Stop() || atPrompt;
    }

    // What runs gets the time to clean up after itself.
    private void Terminate()
    {
        if (_session.Stop())
        {
            _session.Host.Programs.Terminate();
            _session.WaitUntilIdle(Patience);
        }
    }

    // Only code that names $input takes what is piped into the shell; otherwise it is left to native programs.
    private static IEnumerable<string>? InputFor(Func<Ast> code) => !Terminal.InputIsTerminal && NamesInput(code()) ? Lines() : null;

    private static bool NamesInput(Ast code) =>
        code.Find(static node => node is VariableExpressionAst variable && variable.VariablePath.UserPath.Equals("input", StringComparison.OrdinalIgnoreCase), searchNestedScriptBlocks: false) is not null;

    private static IEnumerable<string> Lines()
    {
        while (Terminal.In.ReadLine() is string line)
        {
            yield return line;
        }
    }
}
