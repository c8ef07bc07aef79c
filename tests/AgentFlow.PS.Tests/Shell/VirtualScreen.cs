using System.Globalization;
using System.Text;

namespace AgentFlow.PS.Tests.Shell;

/// <summary>A terminal as a second implementation: obeys the escape sequences that the line editor writes, with the deferred wrap of real terminals.</summary>
internal sealed class VirtualScreen(int columns) : TextWriter
{
    private readonly List<char[]> _rows = [Blank(columns)];
    private int _row;
    private int _column;
    private bool _wrapPending;

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>The rows without trailing blanks, up to the last one that was reached.</summary>
    public IReadOnlyList<string> Rows => [.. _rows.Select(row => new string(row).TrimEnd())];

    /// <summary>Where the cursor is.</summary>
    public (int Row, int Column) Cursor => (_row, _column);

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value)
    {
        for (int i = 0; i < value!.Length; i++)
        {
            switch (value[i])
            {
                case '\x1b':
                    i = Escape(value, i);
                    break;
                case '\r':
                    _column = 0;
                    _wrapPending = false;
                    break;
                case '\n':
                    _wrapPending = false;
                    GoTo(_row + 1, _column);
                    break;
                default:
                    Put(value[i]);
                    break;
            }
        }
    }

    private static char[] Blank(int columns) => [.. Enumerable.Repeat(' ', columns)];

    private int Escape(string text, int start)
    {
        int end = start + 2;
        while (!char.IsLetter(text[end]))
        {
            end++;
        }

        int number = int.TryParse(text.AsSpan(start + 2, end - start - 2), CultureInfo.InvariantCulture, out int given) ? given : 1;
        _wrapPending = false;
        switch (text[end])
        {
            case 'A':
                Assert.True(_row >= number, "The editor moves above the screen.");
                _row -= number;
                break;
            case 'C':
                _column = Math.Min(_column + number, columns - 1);
                break;
            case 'J':
                Array.Fill(_rows[_row], ' ', _column, columns - _column);
                _rows.RemoveRange(_row + 1, _rows.Count - _row - 1);
                break;
            case 'K':
                Array.Fill(_rows[_row], ' ', _column, columns - _column);
                break;
            case 'm':
                break;
            default:
                Assert.Fail($"The screen does not know the sequence that ends with {text[end]}.");
                break;
        }

        return end;
    }

    private void Put(char character)
    {
        if (_wrapPending)
        {
            _wrapPending = false;
            GoTo(_row + 1, 0);
        }

        _rows[_row][_column] = character;
        if (_column == columns - 1)
        {
            _wrapPending = true;
        }
        else
        {
            _column++;
        }
    }

    private void GoTo(int row, int column)
    {
        while (_rows.Count <= row)
        {
            _rows.Add(Blank(columns));
        }

        (_row, _column) = (row, column);
    }
}
