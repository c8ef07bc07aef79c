using AgentFlow.Shell.LineEditing;
using CsCheck;

namespace AgentFlow.PS.Tests.Shell;

public sealed class LineEditorTests
{
    private const string Prompt = "PS> ";

    [Fact]
    public void A_line_is_what_was_typed_and_stands_on_the_screen()
    {
        (LineOutcome outcome, string text, VirtualScreen screen) = Read("Get-Modul<BS>le<Enter>");
        Assert.Equal((LineOutcome.Line, "Get-Module"), (outcome, text));
        Assert.Equal(["PS> Get-Module", ""], screen.Rows);
        Assert.Equal((1, 0), screen.Cursor);
    }

    [Theory]
    [InlineData("abc<C-c>", "Interrupted")]
    [InlineData("<C-d>", "EndOfInput")]
    [InlineData("a<BS><C-d>", "EndOfInput")]
    public void Control_C_and_D_end_without_text(string keys, string expected)
    {
        (LineOutcome outcome, string text, VirtualScreen screen) = Read(keys);
        Assert.Equal((expected, string.Empty), (outcome.ToString(), text));
        Assert.Equal(0, screen.Cursor.Column);
    }

    [Fact]
    public void Control_D_in_a_line_deletes() => Assert.Equal("bc", Read("abc<C-a><C-d><Enter>").Text);

    [Fact]
    public void A_line_that_wraps_is_redrawn_in_place()
    {
        (_, string text, VirtualScreen screen) = Read("0123456789abcdefghij<C-a>X<Enter>", columns: 10);
        Assert.Equal("X0123456789abcdefghij", text);
        Assert.Equal(["PS> X01234", "56789abcde", "fghij", ""], screen.Rows);
    }

    [Fact]
    public void A_full_row_leaves_no_empty_row_behind()
    {
        (_, _, VirtualScreen screen) = Read("012345<Enter>", columns: 10);
        Assert.Equal(["PS> 012345", ""], screen.Rows);
    }

    [Fact]
    public void An_incomplete_command_goes_on_in_the_next_row()
    {
        (_, string text, VirtualScreen screen) = Read("if (1) {<Enter>'x'<Enter>}<Enter>", incomplete: static text => text.Count(c => c == '{') > text.Count(c => c == '}'));
        Assert.Equal("if (1) {\n'x'\n}", text);
        Assert.Equal(["PS> if (1) {", ">> 'x'", ">> }", ""], screen.Rows);
    }

    [Fact]
    public void A_label_that_is_on_the_screen_already_stays_once()
    {
        VirtualScreen screen = new(10);
        screen.Write("A label of two rows: ");
        using IEnumerator<ConsoleKeyInfo> keys = Keys.Parse("yes<Enter>").GetEnumerator();
        LineEditor editor = new(() => keys.MoveNext() ? keys.Current : throw new EndOfStreamException(), static () => false, screen, static () => 10);
        Assert.Equal("yes", editor.Read("A label of two rows: ", promptShown: true).Text);
        Assert.Equal(["A label of", " two rows:", " yes", ""], screen.Rows);
    }

    [Fact]
    public void Earlier_lines_of_a_prompt_are_drawn_once()
    {
        (_, _, VirtualScreen screen) = Read("ab<Left>c<Enter>", prompt: "first\r\nPS> ");
        Assert.Equal(["first", "PS> acb", ""], screen.Rows);
    }

    [Fact]
    public void Up_and_down_walk_the_history_and_come_back_to_what_was_typed()
    {
        History history = new(["one", "two"]);
        Assert.Equal("two", Read("new<Up><Enter>", history: history).Text);
        Assert.Equal("one", Read("<Up><Up><Up><Enter>", history: history).Text);
        Assert.Equal("new", Read("new<Up><Up><Down><Down><Down><Enter>", history: history).Text);
        Assert.Equal("two", Read("<C-p><C-p><C-n><Enter>", history: history).Text);
    }

    [Fact]
    public void Up_moves_inside_a_command_of_several_lines_first()
    {
        History history = new(["old", "a\nb"]);
        Assert.Equal("aX\nb", Read("<Up><Up>X<Enter>", history: history).Text);
        Assert.Equal("old", Read("<Up><Up><Up><Enter>", history: history).Text);
    }

    [Fact]
    public void Whatever_is_typed_the_screen_shows_the_prompt_and_the_text()
    {
        string[] keys = ["a", "b c", "<Left>", "<Right>", "<Home>", "<End>", "<BS>", "<Del>", "<C-w>", "<C-k>", "<C-u>", "<C-y>", "<M-b>", "<M-f>", "<Enter>"];
        Gen.Select(Gen.Int[0, keys.Length - 1].Array[0, 60], Gen.Int[6, 24]).Sample((pressed, columns) =>
        {
            VirtualScreen screen = new(columns);
            LineBuffer buffer = new();
            LineView view = new(screen, () => columns, Prompt);
            foreach (ConsoleKeyInfo key in Keys.Parse(string.Concat(pressed.Select(key => keys[key]))))
            {
                if (key.Key == ConsoleKey.Enter)
                {
                    buffer.Insert("\n");
                }
                else
                {
                    EditKeys.Apply(key, buffer);
                }

                view.Draw(buffer);
                (IReadOnlyList<string> rows, (int Row, int Column) cursor) = Expected(buffer, columns);
                Assert.Equal(rows, screen.Rows);
                Assert.Equal(cursor, screen.Cursor);
            }
        });
    }

    // A plain layout of narrow characters, cell by cell.
    private static (IReadOnlyList<string> Rows, (int Row, int Column) Cursor) Expected(LineBuffer buffer, int columns)
    {
        List<string> rows = [Prompt];
        (int Row, int Column) cursor = (0, 0);
        for (int i = 0; i <= buffer.Text.Length; i++)
        {
            if (i == buffer.Cursor)
            {
                cursor = (rows.Count - 1, rows[^1].Length);
            }

            if (i == buffer.Text.Length)
            {
                break;
            }

            if (buffer.Text[i] == '\n')
            {
                rows.Add(LineView.ContinuationPrompt);
                continue;
            }

            rows[^1] += buffer.Text[i];
            if (rows[^1].Length == columns)
            {
                rows.Add(string.Empty);
            }
        }

        return ([.. rows.Select(row => row.TrimEnd())], cursor);
    }

    private static (LineOutcome Outcome, string Text, VirtualScreen Screen) Read(
        string keys, int columns = 40, Func<string, bool>? incomplete = null, History? history = null, string prompt = Prompt)
    {
        VirtualScreen screen = new(columns);
        using IEnumerator<ConsoleKeyInfo> pressed = Keys.Parse(keys).GetEnumerator();
        LineEditor editor = new(() => pressed.MoveNext() ? pressed.Current : throw new EndOfStreamException("The keys ended before the line did."), static () => false, screen, () => columns)
        {
            History = history,
            IsIncomplete = incomplete,
        };
        (LineOutcome outcome, string text) = editor.Read(prompt);
        return (outcome, text, screen);
    }
}
