using AgentFlow.Shell.LineEditing;

namespace AgentFlow.PS.Tests.Shell;

public sealed class LineBufferTests
{
    // The bar is the cursor.
    [Theory]
    [InlineData("abc", "<Left><Left>X", "aX|bc")]
    [InlineData("abc", "<Home>X", "X|abc")]
    [InlineData("abc", "<Home><End>X", "abcX|")]
    [InlineData("abc", "<C-a><Right><Del>", "a|c")]
    [InlineData("abc", "<BS>", "ab|")]
    [InlineData("abc", "<C-a><BS>", "|abc")]
    [InlineData("abc", "<Del>", "abc|")]
    [InlineData("abc", "<C-a><C-d>", "|bc")]
    [InlineData("abc", "<C-b><C-b><C-f><C-h>", "a|c")]
    [InlineData("Get-Module -List", "<C-w>", "Get-Module |")]
    [InlineData("Get-Module -List", "<M-BS>", "Get-Module -|")]
    [InlineData("Get-Module -List", "<M-b><M-b>", "Get-|Module -List")]
    [InlineData("Get-Module -List", "<C-Left><C-Left><C-Left>", "|Get-Module -List")]
    [InlineData("Get-Module -List", "<C-a><C-Right><M-f>", "Get-Module| -List")]
    [InlineData("Get-Module -List", "<C-a><M-d>", "|-Module -List")]
    [InlineData("one two", "<C-a><C-Right><C-k>", "one|")]
    [InlineData("one two", "<M-b><C-u>", "|two")]
    [InlineData("one two", "<C-w><C-a><C-y>", "two|one ")]
    [InlineData("one\ntwo", "<Home>X", "one\nX|two")]
    [InlineData("one\ntwo", "<C-u>", "one\n|")]
    [InlineData("one\ntwo", "<C-a><Left><C-k>", "one|\ntwo")]
    [InlineData("a😀", "<BS>", "a|")]
    [InlineData("a😀b", "<Left><Left>X", "aX|😀b")]
    [InlineData("e\u0301b", "<Left><BS>", "|b")]
    [InlineData("abc", "<Esc>", "|")]
    [InlineData("abc", "<C-z>", "abc|")]
    public void Keys_edit_the_buffer(string text, string keys, string expected)
    {
        LineBuffer buffer = new();
        buffer.Insert(text);
        foreach (ConsoleKeyInfo key in Keys.Parse(keys))
        {
            EditKeys.Apply(key, buffer);
        }

        Assert.Equal(expected, buffer.Text.Insert(buffer.Cursor, "|"));
    }

    [Fact]
    public void Up_and_down_keep_the_column_where_the_line_is_long_enough()
    {
        LineBuffer buffer = new();
        buffer.Insert("long line\nab\nlonger line");
        Assert.False(buffer.OnFirstLine);
        Assert.True(buffer.OnLastLine);
        buffer.Home();
        for (int i = 0; i < 5; i++)
        {
            buffer.Right();
        }

        buffer.Up();
        Assert.Equal("long line\nab".Length, buffer.Cursor);
        buffer.Up();
        Assert.Equal(2, buffer.Cursor);
        Assert.True(buffer.OnFirstLine);
        buffer.Down();
        Assert.Equal("long line\nab".Length, buffer.Cursor);
    }

    [Fact]
    public void Control_with_alt_types_a_character_as_AltGr_does()
    {
        LineBuffer buffer = new();
        Assert.True(EditKeys.Apply(new('@', ConsoleKey.Q, shift: false, alt: true, control: true), buffer));
        Assert.Equal("@", buffer.Text);
    }
}
