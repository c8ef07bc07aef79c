using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

namespace AgentFlow.PS.Tests.Rotation;

/// <summary>A host with somebody before it, who types one secret when asked; or with nobody, as in a pipeline.</summary>
internal sealed class AskingHost(string? typed) : PSHost
{
    private readonly AskingUI _ui = new(typed);

    /// <summary>Everything written to the screen.</summary>
    public string Screen => _ui.Screen.ToString();

    public int Questions => _ui.Questions;

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "AskingHost";

    public override PSHostUserInterface UI => _ui;

    public override Version Version { get; } = new(1, 0);

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
        // Nothing of the screen changes.
    }

    public override void NotifyEndApplication()
    {
        // Nothing of the screen changes.
    }

    public override void SetShouldExit(int exitCode) => throw new NotSupportedException();

    private sealed class AskingUI(string? typed) : PSHostUserInterface
    {
        public StringBuilder Screen { get; } = new();

        public int Questions { get; private set; }

        public override PSHostRawUserInterface RawUI { get; } = new Keyboard(typed is not null);

        public override SecureString ReadLineAsSecureString()
        {
            Questions++;
            SecureString secure = new();
            foreach (char c in typed ?? throw new PSInvalidOperationException("The session is not interactive."))
            {
                secure.AppendChar(c);
            }

            return secure;
        }

        public override void Write(string value) => Screen.Append(value);

        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Screen.Append(value);

        public override void WriteLine(string value) => Screen.AppendLine(value);

        public override void WriteErrorLine(string value) => Screen.AppendLine(value);

        public override void WriteDebugLine(string message) => Screen.AppendLine(message);

        public override void WriteProgress(long sourceId, ProgressRecord record) => Screen.AppendLine(record.ToString());

        public override void WriteVerboseLine(string message) => Screen.AppendLine(message);

        public override void WriteWarningLine(string message) => Screen.AppendLine(message);

        public override string ReadLine() => throw new NotSupportedException();

        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw new NotSupportedException();

        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) => throw new NotSupportedException();

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw new NotSupportedException();

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
            throw new NotSupportedException();
    }

    private sealed class Keyboard(bool present) : PSHostRawUserInterface
    {
        public override bool KeyAvailable => present ? false : throw new InvalidOperationException("Input is redirected.");

        public override ConsoleColor BackgroundColor { get; set; }

        public override ConsoleColor ForegroundColor { get; set; }

        public override Size BufferSize { get; set; } = new(120, 40);

        public override Coordinates CursorPosition { get; set; }

        public override int CursorSize { get; set; }

        public override Size MaxPhysicalWindowSize => new(120, 40);

        public override Size MaxWindowSize => new(120, 40);

        public override Coordinates WindowPosition { get; set; }

        public override Size WindowSize { get; set; } = new(120, 40);

        public override string WindowTitle { get; set; } = string.Empty;

        public override void FlushInputBuffer() => throw new NotSupportedException();

        public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException();

        public override KeyInfo ReadKey(ReadKeyOptions options) => throw new NotSupportedException();

        public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw new NotSupportedException();

        public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw new NotSupportedException();

        public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw new NotSupportedException();
    }
}
