using System.Management.Automation.Host;

namespace AgentFlow.Shell;

/// <summary>The screen's geometry and keys for the engine; the screen's content cannot be read back.</summary>
internal sealed class ShellRawUI(ShellHostUI ui) : PSHostRawUserInterface
{
    /// <inheritdoc/>
    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    /// <inheritdoc/>
    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    /// <inheritdoc/>
    public override Size BufferSize
    {
        get => new(ui.LayoutWidth, Terminal.Height);
        set => throw CannotResize();
    }

    /// <inheritdoc/>
    public override Size WindowSize
    {
        get => new(Terminal.Width, Terminal.Height);
        set => throw CannotResize();
    }

    /// <inheritdoc/>
    public override Size MaxWindowSize => WindowSize;

    /// <inheritdoc/>
    public override Size MaxPhysicalWindowSize => WindowSize;

    /// <inheritdoc/>
    public override Coordinates WindowPosition
    {
        get => new(0, 0);
        set => throw CannotResize();
    }

    /// <inheritdoc/>
    public override Coordinates CursorPosition
    {
        get
        {
            (int column, int row) = Terminal.Cursor;
            return new(column, row);
        }

        set
        {
            // Clear-Host homes the cursor after it has cleared; the bar must not be drawn again in between.
            ui.HideProgress();
            Terminal.Cursor = (value.X, value.Y);
        }
    }

    /// <inheritdoc/>
    public override int CursorSize { get; set; } = 25;

    /// <inheritdoc/>
    public override string WindowTitle
    {
        get => Terminal.Title;
        set => Terminal.Title = value;
    }

    /// <inheritdoc/>
    public override bool KeyAvailable => Terminal.InputIsTerminal
        ? Terminal.KeyAvailable
        : throw new InvalidOperationException("The input is not a keyboard, so that no key can wait.");

    /// <inheritdoc/>
    public override int LengthInBufferCells(string source) => ScreenText.Width(source);

    /// <inheritdoc/>
    public override int LengthInBufferCells(string source, int offset) => ScreenText.Width(source, offset);

    /// <inheritdoc/>
    public override int LengthInBufferCells(char source) => ScreenText.Width(source.ToString());

    /// <inheritdoc/>
    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        ConsoleKeyInfo key = ui.ReadKey();
        if (!options.HasFlag(ReadKeyOptions.NoEcho) && !char.IsControl(key.KeyChar))
        {
            ui.Write(key.KeyChar.ToString());
        }

        ControlKeyStates state = (key.Modifiers.HasFlag(ConsoleModifiers.Shift) ? ControlKeyStates.ShiftPressed : 0)
            | (key.Modifiers.HasFlag(ConsoleModifiers.Alt) ? ControlKeyStates.LeftAltPressed : 0)
            | (key.Modifiers.HasFlag(ConsoleModifiers.Control) ? ControlKeyStates.LeftCtrlPressed : 0);
        return new((int)key.Key, key.KeyChar, state, keyDown: true);
    }

    /// <inheritdoc/>
    public override void FlushInputBuffer()
    {
        while (KeyAvailable)
        {
            Terminal.ReadKey();
        }
    }

    /// <inheritdoc/>
    public override BufferCell[,] GetBufferContents(Rectangle rectangle) =>
        throw new NotSupportedException("What is on the screen cannot be read back.");

    /// <inheritdoc/>
    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) =>
        throw new NotSupportedException("This shell writes lines, not cells.");

    /// <inheritdoc/>
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
        // A rectangle of -1 means the whole screen: that is how Clear-Host clears it.
        if (rectangle is not { Left: -1, Top: -1, Right: -1, Bottom: -1 })
        {
            throw new NotSupportedException("This shell writes lines, not cells.");
        }

        ui.HideProgress();
        Terminal.Clear();
    }

    /// <inheritdoc/>
    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) =>
        throw new NotSupportedException("This shell writes lines, not cells.");

    private static NotSupportedException CannotResize() => new("The terminal's own window sets its size.");
}
