using System.Globalization;
using System.Management.Automation.Host;

namespace AgentFlow.Shell;

/// <summary>What the engine knows of the program it runs in.</summary>
internal sealed class ShellHost(ShellHostUI ui) : PSHost
{
    /// <summary>The programs that the engine runs now.</summary>
    public NativePrograms Programs { get; } = new(TimeProvider.System);

    /// <summary>The loop of a nested prompt; null when there is nobody to prompt.</summary>
    public Action? NestedPrompt { get; set; }

    /// <summary>The argument of <c>exit</c> once it was called.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Set by <c>exit</c> inside a nested prompt; the loop that ends clears it.</summary>
    public bool LeaveNestedPrompt { get; set; }

    /// <inheritdoc/>
    public override string Name => "AgentFlow.Shell";

    /// <inheritdoc/>
    public override Version Version { get; } = typeof(ShellHost).Assembly.GetName().Version ?? new(0, 0);

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override PSHostUserInterface UI => ui;

    /// <inheritdoc/>
    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    /// <inheritdoc/>
    public override void EnterNestedPrompt()
    {
        if (NestedPrompt is null)
        {
            throw new NotSupportedException("There is no prompt to enter: the shell runs a script or a command.");
        }

        NestedPrompt();
    }

    /// <inheritdoc/>
    public override void ExitNestedPrompt() => LeaveNestedPrompt = true;

    /// <inheritdoc/>
    public override void NotifyBeginApplication()
    {
        ui.HideProgress();
        Programs.Begin();
    }

    /// <inheritdoc/>
    public override void NotifyEndApplication() => Programs.End();
}
