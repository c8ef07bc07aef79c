using System.Management.Automation.Language;
using AgentFlow.Shell.LineEditing;

namespace AgentFlow.Shell;

/// <summary>Reads commands and runs them until <c>exit</c> or the end of input; once more, inside it, for a nested prompt.</summary>
internal sealed class PromptLoop
{
    private readonly ShellSession _session;
    private readonly ShellHostUI _ui;
    private readonly LineEditor? _editor;
    private readonly History _history;
    private readonly HistoryFile? _file;

    /// <summary>A loop at the keyboard when there is one, with the user's history; otherwise over lines of redirected input.</summary>
    public PromptLoop(ShellSession session, ShellHostUI ui)
    {
        _session = session;
        _ui = ui;
        _file = Terminal.CanEdit ? HistoryFile.ForUser() : null;
        _history = new(_file?.Load() ?? []);
        _editor = !Terminal.CanEdit ? null : new(Terminal.ReadKey, static () => Terminal.KeyAvailable, Terminal.Out, static () => Terminal.Width)
        {
            History = _history,
            Completion = session.Completion,
            IsIncomplete = IsIncomplete,
        };
    }

    /// <summary>The parser would read on: a brace, a quote or a pipe is open.</summary>
    public static bool IsIncomplete(string text)
    {
        Parser.ParseInput(text, out _, out ParseError[] errors);
        return errors.Any(static error => error.IncompleteInput);
    }

    /// <summary>Runs until <c>exit</c> or the end of input.</summary>
    public void Run()
    {
        while (_session.Host.ExitCode is null && ReadCommand() is string command)
        {
            RunCommand(command);
        }
    }

    /// <summary>Runs within a pipeline that waits, until <c>exit</c>.</summary>
    public void RunNested()
    {
        _session.Host.LeaveNestedPrompt = false;
        while (!_session.Host.LeaveNestedPrompt && _session.Host.ExitCode is null && ReadCommand() is string command)
        {
            RunCommand(command);
        }

        _session.Host.LeaveNestedPrompt = false;
    }

    private void RunCommand(string command)
    {
        if (string.IsNullOrWhiteSpace(command))
        {
            return;
        }

        if (_history.Add(command))
        {
            _file?.Append(command);
        }

        if (_session.RunText(command, addToHistory: true) == RunOutcome.Stopped)
        {
            // The terminal has written ^C.
            _ui.WriteLine();
        }
        else if (_ui.OpenLine.Length > 0 && _editor is not null)
        {
            _ui.WriteLine();
        }
    }

    // An empty line when there is nothing to run; null at the end of input.
    private string? ReadCommand()
    {
        if (_editor is null)
        {
            return ReadRedirected();
        }

        string prompt = _session.Prompt();
        // Before the prompt is seen: whoever sees it may press Ctrl+C.
        using IDisposable keys = Terminal.KeyScope();
        (LineOutcome outcome, string text) = _editor.Read(prompt);
        return outcome == LineOutcome.EndOfInput ? null : text;
    }

    private string? ReadRedirected()
    {
        if (Terminal.InputIsTerminal)
        {
            Terminal.Out.Write(_session.Prompt());
        }

        string? text = Terminal.In.ReadLine();
        while (text is not null && IsIncomplete(text) && Terminal.In.ReadLine() is string more)
        {
            text += "\n" + more;
        }

        return text;
    }
}
