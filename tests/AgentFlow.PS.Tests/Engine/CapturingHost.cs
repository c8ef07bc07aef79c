using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

namespace AgentFlow.PS.Tests.Engine;

/// <summary>A host without a keyboard, as a CI agent is: keeps what is written to the screen and the exit code that it was told.</summary>
public sealed class CapturingHost : PSHost
{
    private readonly Screen _screen = new();

    /// <summary>Everything that was written to the screen.</summary>
    public string Text => _screen.Text.ToString();

    /// <summary>The exit code that the host was told to end with; null when it was not.</summary>
    public int? ExitCode { get; private set; }

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "CapturingHost";

    public override PSHostUserInterface UI => _screen;

    public override Version Version { get; } = new(1, 0);

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    private sealed class Screen : PSHostUserInterface
    {
        public StringBuilder Text { get; } = new();

        public override PSHostRawUserInterface? RawUI => null;

        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw NoKeyboard();

        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) => throw NoKeyboard();

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw NoKeyboard();

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw NoKeyboard();

        public override string ReadLine() => throw NoKeyboard();

        public override SecureString ReadLineAsSecureString() => throw NoKeyboard();

        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Text.Append(value);

        public override void Write(string value) => Text.Append(value);

        public override void WriteDebugLine(string message) => Text.AppendLine(message);

        public override void WriteErrorLine(string value) => Text.AppendLine(value);

        public override void WriteLine(string value) => Text.AppendLine(value);

        public override void WriteProgress(long sourceId, ProgressRecord record) => Text.AppendLine(record.ToString());

        public override void WriteVerboseLine(string message) => Text.AppendLine(message);

        public override void WriteWarningLine(string message) => Text.AppendLine(message);

        private static HostException NoKeyboard() => new("There is nobody to ask.");
    }
}
