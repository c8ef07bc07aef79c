using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace AgentFlow.Shell;

/// <summary>Everything the engine writes to the operator; questions go to <see cref="Questions"/>.</summary>
internal sealed class ShellHostUI : PSHostUserInterface
{
    private readonly Lock _gate = new();
    private readonly ProgressBar? _progress;
    private readonly Questions _questions;
    private string _openLine = string.Empty;
    private bool _allToError;
    private TextCapture? _capture;

    /// <summary>Connects to the terminal of the process.</summary>
    public ShellHostUI(ShellInput input, bool nonInteractive)
    {
        _questions = new(this, input, nonInteractive);
        _progress = Terminal.OutputIsTerminal && Terminal.UnderstandsAnsi
            ? new(Terminal.Out, static () => Terminal.Width, TimeProvider.System)
            : null;
        RawUI = new ShellRawUI(this);
    }

    /// <summary>The one of this process, for the commands that the shell brings along.</summary>
    public static ShellHostUI? Active { get; set; }

    /// <inheritdoc/>
    public override PSHostRawUserInterface RawUI { get; }

    /// <inheritdoc/>
    public override bool SupportsVirtualTerminal => AnsiPolicy.Allows(Terminal.OutputIsTerminal) || AnsiPolicy.Allows(Terminal.ErrorIsTerminal);

    /// <summary>Until it is disposed, whatever is written goes to standard error: for errors that the engine renders as output.</summary>
    public IDisposable ErrorScope()
    {
        _allToError = true;
        return new EndOfErrorScope(this);
    }

    /// <summary>Until it is disposed, what this thread writes to standard output goes into the capture, plain.</summary>
    public TextCapture Capture(int? width)
    {
        TextCapture capture = new(_capture, width, previous => _capture = previous);
        _capture = capture;
        return capture;
    }

    /// <summary>What stands on the last line of the output, which has no end yet.</summary>
    public string OpenLine => _openLine;

    /// <summary>The operator's own line end, or a prompt's, closed the last line of the output.</summary>
    public void CloseLine() => _openLine = string.Empty;

    /// <summary>The width that views are laid out for.</summary>
    public int LayoutWidth => _capture is { OnThisThread: true, Width: int width } ? width : Terminal.Width;

    /// <summary>Takes the progress bar off the screen.</summary>
    public void HideProgress()
    {
        lock (_gate)
        {
            _progress?.Hide();
        }
    }

    /// <summary>Forgets all progress: the pipeline has ended.</summary>
    public void ResetProgress()
    {
        lock (_gate)
        {
            _progress?.Reset();
        }
    }

    /// <summary>One key, not shown.</summary>
    public ConsoleKeyInfo ReadKey() => _questions.ReadKey();

    /// <inheritdoc/>
    public override void Write(string value) => WriteTo(_allToError, value, newLine: false);

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        WriteTo(_allToError, Coloured(foregroundColor, backgroundColor, value), newLine: false);

    /// <inheritdoc/>
    public override void WriteLine() => WriteTo(_allToError, string.Empty, newLine: true);

    /// <inheritdoc/>
    public override void WriteLine(string value) => WriteTo(_allToError, value, newLine: true);

    /// <inheritdoc/>
    public override void WriteLine(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        WriteTo(_allToError, Coloured(foregroundColor, backgroundColor, value), newLine: true);

    /// <inheritdoc/>
    public override void WriteErrorLine(string value) => WriteTo(toError: true, value, newLine: true);

    /// <inheritdoc/>
    public override void WriteWarningLine(string message) => WriteStyled(PSStyle.Instance.Formatting.Warning, "WARNING: ", message);

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message) => WriteStyled(PSStyle.Instance.Formatting.Verbose, "VERBOSE: ", message);

    /// <inheritdoc/>
    public override void WriteDebugLine(string message) => WriteStyled(PSStyle.Instance.Formatting.Debug, "DEBUG: ", message);

    /// <inheritdoc/>
    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        lock (_gate)
        {
            // A bar behind half a line would wipe that half.
            if (_openLine.Length == 0)
            {
                _progress?.Update(record);
            }
        }
    }

    /// <inheritdoc/>
    public override string ReadLine() => _questions.ReadLine();

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString() => _questions.ReadSecret();

    /// <inheritdoc/>
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        _questions.AskFields(caption, message, descriptions);

    /// <inheritdoc/>
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        _questions.AskChoice(caption, message, choices, defaultChoice);

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        _questions.AskCredential(caption, message, userName);

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
        _questions.AskCredential(caption, message, userName);

    private static string Coloured(ConsoleColor foreground, ConsoleColor background, string value) =>
        value.Length == 0 ? value
        : PSStyle.Instance.Foreground.FromConsoleColor(foreground)
            + (background == ConsoleColor.Black ? string.Empty : PSStyle.Instance.Background.FromConsoleColor(background))
            + value + PSStyle.Instance.Reset;

    private void WriteStyled(string style, string label, string message) =>
        WriteLine(style + label + message + PSStyle.Instance.Reset);

    private void WriteTo(bool toError, string? value, bool newLine)
    {
        if (!toError && _capture is { OnThisThread: true } capture)
        {
            capture.Add(value ?? string.Empty, newLine);
            return;
        }

        string text = AnsiPolicy.Render(value ?? string.Empty, toError ? Terminal.ErrorIsTerminal : Terminal.OutputIsTerminal);
        lock (_gate)
        {
            _progress?.Hide();
            TextWriter writer = toError ? Terminal.Error : Terminal.Out;
            writer.Write(newLine ? text + Environment.NewLine : text);
            int lastEnd = text.LastIndexOf('\n');
            _openLine = newLine ? string.Empty : lastEnd < 0 ? _openLine + text : text[(lastEnd + 1)..];
        }
    }

    private sealed class EndOfErrorScope(ShellHostUI ui) : IDisposable
    {
        public void Dispose() => ui._allToError = false;
    }
}
