using System.Management.Automation;
using System.Security;
using AgentFlow.Shell.LineEditing;

namespace AgentFlow.Shell;

/// <summary>Where answers to questions come from: the keyboard, or lines of redirected input.</summary>
internal sealed class ShellInput
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(15);

    private readonly Func<bool> _interrupt;
    private readonly Func<TimeSpan, bool> _waitForStop;
    private readonly LineEditor? _editor;

    /// <summary>Uses the terminal of the process.</summary>
    /// <param name="interrupt">Tells the pipeline that asks to stop: Ctrl+C was read as a key.</param>
    /// <param name="waitForStop">Waits that long for a stop that came as a signal; true when it came.</param>
    public ShellInput(Func<bool> interrupt, Func<TimeSpan, bool> waitForStop)
    {
        _interrupt = interrupt;
        _waitForStop = waitForStop;
        _editor = Terminal.CanEdit ? new(WaitForKey, static () => Terminal.KeyAvailable, Terminal.Out, static () => Terminal.Width) : null;
    }

    /// <summary>One line without its end; null when the input has ended.</summary>
    /// <param name="label">What stands before the answer on the screen already.</param>
    /// <exception cref="PipelineStoppedException">Ctrl+C.</exception>
    public string? ReadLine(string label)
    {
        if (_editor is null)
        {
            return Terminal.In.ReadLine();
        }

        using IDisposable keys = Terminal.KeyScope();
        (LineOutcome outcome, string text) = _editor.Read(label, promptShown: true);
        return outcome switch
        {
            LineOutcome.Line => text,
            LineOutcome.Interrupted => throw Interrupted(),
            _ => null,
        };
    }

    /// <summary>One line that is not shown; null when the input has ended.</summary>
    /// <exception cref="PipelineStoppedException">Ctrl+C.</exception>
    public SecureString? ReadSecret() => Terminal.InputIsTerminal ? ReadSecretKeys() : Terminal.In.ReadLine() is string line ? Secured(line) : null;

    /// <summary>One key that is not shown.</summary>
    /// <exception cref="PipelineStoppedException">Ctrl+C.</exception>
    public ConsoleKeyInfo ReadKey()
    {
        using IDisposable keys = Terminal.KeyScope();
        ConsoleKeyInfo key = WaitForKey();
        return IsInterrupt(key) ? throw Interrupted() : key;
    }

    private static bool IsInterrupt(ConsoleKeyInfo key) => key is { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control };

    private static SecureString Secured(string text)
    {
        SecureString secret = new();
        foreach (char character in text)
        {
            secret.AppendChar(character);
        }

        secret.MakeReadOnly();
        return secret;
    }

    private SecureString? ReadSecretKeys()
    {
        using IDisposable keys = Terminal.KeyScope();
        SecureString secret = new();
        while (true)
        {
            ConsoleKeyInfo key = WaitForKey();
            if (IsInterrupt(key))
            {
                secret.Dispose();
                throw Interrupted();
            }

            if (key.Key == ConsoleKey.Enter || key.KeyChar is '\r' or '\n')
            {
                Terminal.Out.WriteLine();
                secret.MakeReadOnly();
                return secret;
            }

            if (key is { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control } && secret.Length == 0)
            {
                return null;
            }

            if (key.Key == ConsoleKey.Backspace && secret.Length > 0)
            {
                secret.RemoveAt(secret.Length - 1);
            }
            else if (key is { Key: ConsoleKey.U, Modifiers: ConsoleModifiers.Control })
            {
                secret.Clear();
            }
            else if (!char.IsControl(key.KeyChar))
            {
                secret.AppendChar(key.KeyChar);
            }
        }
    }

    // Ctrl+C may have come as a signal just before keys were read; nothing would wake a read that waits for a key.
    private ConsoleKeyInfo WaitForKey()
    {
        while (!Terminal.KeyAvailable)
        {
            if (_waitForStop(Glance))
            {
                throw new PipelineStoppedException();
            }
        }

        return Terminal.ReadKey();
    }

    // The pipeline that asks is told to stop, as it would be by the signal.
    private PipelineStoppedException Interrupted()
    {
        _interrupt();
        return new();
    }
}
