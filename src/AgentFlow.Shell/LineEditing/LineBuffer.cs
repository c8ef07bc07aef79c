using System.Globalization;

namespace AgentFlow.Shell.LineEditing;

/// <summary>Text under edit and the cursor in it. It may hold several lines, parted by <c>\n</c>. It knows nothing of keys or screens.</summary>
internal sealed class LineBuffer
{
    /// <summary>What was typed.</summary>
    public string Text { get; private set; } = string.Empty;

    /// <summary>Index in <see cref="Text"/>, 0 to its length, never inside a character that takes several units.</summary>
    public int Cursor { get; private set; }

    /// <summary>What the last kill took; <see cref="Yank"/> puts it back.</summary>
    public string Killed { get; private set; } = string.Empty;

    /// <summary>The cursor's line is the first one.</summary>
    public bool OnFirstLine => LineStart == 0;

    /// <summary>The cursor's line is the last one.</summary>
    public bool OnLastLine => LineEnd == Text.Length;

    private int LineStart => Text.LastIndexOf('\n', Math.Max(Cursor - 1, 0), Cursor) + 1;

    private int LineEnd => Text.IndexOf('\n', Cursor) is int end and >= 0 ? end : Text.Length;

    /// <summary>Replaces everything; the cursor goes to the end.</summary>
    public void Set(string text)
    {
        Text = text;
        Cursor = text.Length;
    }

    /// <summary>Replaces a range; the cursor goes behind what is put in.</summary>
    public void Replace(int start, int length, string text)
    {
        Text = string.Concat(Text.AsSpan(0, start), text, Text.AsSpan(start + length));
        Cursor = start + text.Length;
    }

    /// <summary>Puts text in at the cursor.</summary>
    public void Insert(string text) => Replace(Cursor, 0, text);

    /// <summary>Takes out the character before the cursor.</summary>
    public void DeleteBefore()
    {
        int start = PreviousCharacter();
        Replace(start, Cursor - start, string.Empty);
    }

    /// <summary>Takes out the character at the cursor.</summary>
    public void DeleteAt() => Replace(Cursor, NextCharacter() - Cursor, string.Empty);

    /// <summary>One character to the left.</summary>
    public void Left() => Cursor = PreviousCharacter();

    /// <summary>One character to the right.</summary>
    public void Right() => Cursor = NextCharacter();

    /// <summary>To the start of the line.</summary>
    public void Home() => Cursor = LineStart;

    /// <summary>To the end of the line.</summary>
    public void End() => Cursor = LineEnd;

    /// <summary>To the start of the word, or of the one before.</summary>
    public void WordLeft() => Cursor = PreviousWord(IsWordCharacter);

    /// <summary>Behind the end of the word, or of the next one.</summary>
    public void WordRight() => Cursor = NextWord();

    /// <summary>To the same column of the line above.</summary>
    public void Up()
    {
        int start = LineStart;
        if (start > 0)
        {
            int column = Cursor - start;
            Cursor = start - 1;
            Cursor = Math.Min(LineStart + column, start - 1);
        }
    }

    /// <summary>To the same column of the line below.</summary>
    public void Down()
    {
        int end = LineEnd;
        if (end < Text.Length)
        {
            int column = Cursor - LineStart;
            Cursor = end + 1;
            Cursor = Math.Min(end + 1 + column, LineEnd);
        }
    }

    /// <summary>Kills to the end of the line.</summary>
    public void KillToEnd() => Kill(Cursor, LineEnd);

    /// <summary>Kills to the start of the line.</summary>
    public void KillToStart() => Kill(LineStart, Cursor);

    /// <summary>Kills back to the last white space.</summary>
    public void KillBlankWordBefore() => Kill(PreviousWord(static character => !char.IsWhiteSpace(character)), Cursor);

    /// <summary>Kills back to the start of the word.</summary>
    public void KillWordBefore() => Kill(PreviousWord(IsWordCharacter), Cursor);

    /// <summary>Kills to the end of the word.</summary>
    public void KillWordAfter() => Kill(Cursor, NextWord());

    /// <summary>Puts in what was killed last.</summary>
    public void Yank() => Insert(Killed);

    private static bool IsWordCharacter(char character) => char.IsLetterOrDigit(character) || character == '_';

    private void Kill(int start, int end)
    {
        if (end > start)
        {
            Killed = Text[start..end];
            Replace(start, end - start, string.Empty);
        }
    }

    private int NextCharacter() => Cursor + StringInfo.GetNextTextElementLength(Text, Cursor);

    private int PreviousCharacter()
    {
        // Text elements can only be walked forwards; a line is short.
        int previous = 0;
        for (int next = 0; next < Cursor; next += StringInfo.GetNextTextElementLength(Text, next))
        {
            previous = next;
        }

        return previous;
    }

    private int PreviousWord(Func<char, bool> belongs)
    {
        int at = Cursor;
        while (at > 0 && !belongs(Text[at - 1]))
        {
            at--;
        }

        while (at > 0 && belongs(Text[at - 1]))
        {
            at--;
        }

        return at;
    }

    private int NextWord()
    {
        int at = Cursor;
        while (at < Text.Length && !IsWordCharacter(Text[at]))
        {
            at++;
        }

        while (at < Text.Length && IsWordCharacter(Text[at]))
        {
            at++;
        }

        return at;
    }
}
