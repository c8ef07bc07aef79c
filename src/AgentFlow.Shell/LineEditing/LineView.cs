using System.Text;

namespace AgentFlow.Shell.LineEditing;

/// <summary>Draws a prompt and a line buffer with relative cursor movements only, so it never needs to ask the screen where it is.</summary>
/// <param name="screen">Where it draws.</param>
/// <param name="width">Columns of the screen at this moment.</param>
/// <param name="prompt">One line; escape sequences are allowed.</param>
internal sealed class LineView(TextWriter screen, Func<int> width, string prompt)
{
    /// <summary>Stands before the second and every further line.</summary>
    public const string ContinuationPrompt = ">> ";

    // Printing a space wraps a full row, and the carriage return goes back over it: the terminal is then where it is counted to be.
    private const string Wrap = " \r";

    // Of the cursor, counted from the prompt's row.
    private int _row;
    private bool _endsOnFreshRow;

    /// <summary>The prompt is on the screen already, and the cursor behind it.</summary>
    public void TakeOver() => _row = Math.Max(ScreenText.Width(prompt) - 1, 0) / Math.Max(width(), 2);

    /// <summary>Draws everything again, from the prompt's row down.</summary>
    public void Draw(LineBuffer buffer)
    {
        int columns = Math.Max(width(), 2);
        StringBuilder frame = new();
        Move(frame, _row, 0, 0);
        frame.Append("\x1b[J").Append(prompt);
        int cells = ScreenText.Width(prompt);
        (int Row, int Column) at = (cells / columns, cells % columns);
        frame.Append(cells > 0 && at.Column == 0 ? Wrap : string.Empty);
        (int Row, int Column) cursor = at;
        for (int i = 0; i < buffer.Text.Length;)
        {
            if (i == buffer.Cursor)
            {
                cursor = at;
            }

            i += Put(frame, buffer.Text, i, columns, ref at);
        }

        if (buffer.Cursor == buffer.Text.Length)
        {
            cursor = at;
        }

        _endsOnFreshRow = at is { Row: > 0, Column: 0 };
        Move(frame, at.Row, cursor.Row, cursor.Column);
        _row = cursor.Row;
        screen.Write(frame.ToString());
    }

    /// <summary>Leaves the line as it stands; what is written next starts below it.</summary>
    public void Finish(LineBuffer buffer)
    {
        buffer.Set(buffer.Text);
        Draw(buffer);
        screen.Write(_endsOnFreshRow ? string.Empty : "\r\n");
        _row = 0;
    }

    private static int Put(StringBuilder frame, string text, int index, int columns, ref (int Row, int Column) at)
    {
        if (text[index] == '\n')
        {
            frame.Append("\r\n").Append(ContinuationPrompt);
            at = (at.Row + 1, ContinuationPrompt.Length);
            return 1;
        }

        Rune.DecodeFromUtf16(text.AsSpan(index), out Rune rune, out int consumed);
        if (Rune.IsControl(rune))
        {
            // A tab or another control character would move the cursor in ways nobody counts.
            rune = new('\u00b7');
        }

        int cells = ScreenText.Width(rune);
        if (at.Column + cells > columns)
        {
            at = (at.Row + 1, 0);
        }

        frame.Append(rune.ToString());
        at.Column += cells;
        if (at.Column == columns)
        {
            frame.Append(Wrap);
            at = (at.Row + 1, 0);
        }

        return consumed;
    }

    private static void Move(StringBuilder frame, int fromRow, int row, int column)
    {
        if (fromRow > row)
        {
            frame.Append("\x1b[").Append(fromRow - row).Append('A');
        }

        frame.Append('\r');
        if (column > 0)
        {
            frame.Append("\x1b[").Append(column).Append('C');
        }
    }
}
