namespace AgentFlow.Shell.LineEditing;

/// <summary>Reads lines key by key.</summary>
/// <param name="readKey">Waits for the next key; Ctrl+C comes as a key.</param>
/// <param name="keyWaits">More keys are there already: a paste, which is drawn once.</param>
/// <param name="screen">Where the line is drawn.</param>
/// <param name="width">Columns of the screen.</param>
internal sealed class LineEditor(Func<ConsoleKeyInfo> readKey, Func<bool> keyWaits, TextWriter screen, Func<int> width)
{
    /// <summary>Where Up and Down go; null for none.</summary>
    public History? History { get; init; }

    /// <summary>What Tab asks; null for none.</summary>
    public ICompletionSource? Completion { get; init; }

    /// <summary>Enter goes to a new line while this says so; null for never.</summary>
    public Func<string, bool>? IsIncomplete { get; init; }

    /// <summary>Reads one line.</summary>
    /// <param name="prompt">All its lines but the last are shown once.</param>
    /// <param name="promptShown">The prompt's last line is on the screen already.</param>
    /// <returns>How it ended, and the text, which may hold several lines.</returns>
    public (LineOutcome Outcome, string Text) Read(string prompt, bool promptShown = false)
    {
        int lastLine = prompt.LastIndexOf('\n') + 1;
        LineBuffer buffer = new();
        LineView view = new(screen, width, prompt[lastLine..]);
        if (promptShown)
        {
            view.TakeOver();
        }
        else
        {
            screen.Write(prompt[..lastLine]);
        }

        CompletionCycle completion = new(Completion, screen, width);
        History?.Restart();
        view.Draw(buffer);
        while (true)
        {
            ConsoleKeyInfo key = readKey();
            if (Ends(key, buffer) is LineOutcome outcome)
            {
                view.Finish(buffer);
                return (outcome, outcome == LineOutcome.Line ? buffer.Text : string.Empty);
            }

            if (key.Key == ConsoleKey.Tab)
            {
                completion.Advance(buffer, backwards: key.Modifiers.HasFlag(ConsoleModifiers.Shift), beforeMenu: () => view.Finish(buffer));
            }
            else
            {
                completion.Reset();
                Handle(key, buffer);
            }

            if (!keyWaits())
            {
                view.Draw(buffer);
            }
        }
    }

    private static bool IsEnter(ConsoleKeyInfo key) => key.Key == ConsoleKey.Enter || key.KeyChar is '\r' or '\n';

    private static bool IsControl(ConsoleKeyInfo key, ConsoleKey letter) => key.Key == letter && key.Modifiers == ConsoleModifiers.Control;

    private LineOutcome? Ends(ConsoleKeyInfo key, LineBuffer buffer) =>
        IsControl(key, ConsoleKey.C) ? LineOutcome.Interrupted
        : IsControl(key, ConsoleKey.D) && buffer.Text.Length == 0 ? LineOutcome.EndOfInput
        : IsEnter(key) && (key.Modifiers & (ConsoleModifiers.Alt | ConsoleModifiers.Shift)) == 0 && IsIncomplete?.Invoke(buffer.Text) != true ? LineOutcome.Line
        : null;

    private void Handle(ConsoleKeyInfo key, LineBuffer buffer)
    {
        if (IsEnter(key))
        {
            buffer.Insert("\n");
        }
        else if (key.Key == ConsoleKey.UpArrow || IsControl(key, ConsoleKey.P))
        {
            MoveUp(buffer);
        }
        else if (key.Key == ConsoleKey.DownArrow || IsControl(key, ConsoleKey.N))
        {
            MoveDown(buffer);
        }
        else if (IsControl(key, ConsoleKey.L))
        {
            screen.Write("\x1b[H\x1b[2J");
        }
        else
        {
            EditKeys.Apply(key, buffer);
        }
    }

    private void MoveUp(LineBuffer buffer)
    {
        if (!buffer.OnFirstLine)
        {
            buffer.Up();
        }
        else if (History?.Previous(buffer.Text) is string earlier)
        {
            buffer.Set(earlier);
        }
    }

    private void MoveDown(LineBuffer buffer)
    {
        if (!buffer.OnLastLine)
        {
            buffer.Down();
        }
        else if (History?.Next() is string later)
        {
            buffer.Set(later);
        }
    }
}
