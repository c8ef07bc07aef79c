namespace AgentFlow.Shell.LineEditing;

/// <summary>Which key edits the buffer in which way: the keys of Emacs that shells share, and those with names on them.</summary>
internal static class EditKeys
{
    /// <summary>Applies the key; false when it is not one for editing.</summary>
    public static bool Apply(ConsoleKeyInfo key, LineBuffer buffer)
    {
        Action? edit = (key.Modifiers & ~ConsoleModifiers.Shift) switch
        {
            ConsoleModifiers.Control => WithControl(key.Key, buffer),
            ConsoleModifiers.Alt => WithAlt(key.Key, buffer),
            ConsoleModifiers.None => Plain(key, buffer),
            // AltGr comes as Ctrl+Alt on Windows and types a character.
            _ => Typed(key, buffer),
        };
        edit?.Invoke();
        return edit is not null;
    }

    private static Action? Plain(ConsoleKeyInfo key, LineBuffer buffer) => key.Key switch
    {
        ConsoleKey.Backspace => buffer.DeleteBefore,
        ConsoleKey.Delete => buffer.DeleteAt,
        ConsoleKey.LeftArrow => buffer.Left,
        ConsoleKey.RightArrow => buffer.Right,
        ConsoleKey.Home => buffer.Home,
        ConsoleKey.End => buffer.End,
        ConsoleKey.Escape => () => buffer.Set(string.Empty),
        _ => Typed(key, buffer),
    };

    private static Action? WithControl(ConsoleKey key, LineBuffer buffer) => key switch
    {
        ConsoleKey.A => buffer.Home,
        ConsoleKey.B => buffer.Left,
        ConsoleKey.D or ConsoleKey.Delete => buffer.DeleteAt,
        ConsoleKey.E => buffer.End,
        ConsoleKey.F => buffer.Right,
        ConsoleKey.H => buffer.DeleteBefore,
        ConsoleKey.K => buffer.KillToEnd,
        ConsoleKey.U => buffer.KillToStart,
        ConsoleKey.W => buffer.KillBlankWordBefore,
        ConsoleKey.Y => buffer.Yank,
        ConsoleKey.LeftArrow => buffer.WordLeft,
        ConsoleKey.RightArrow => buffer.WordRight,
        ConsoleKey.Backspace => buffer.KillWordBefore,
        _ => null,
    };

    private static Action? WithAlt(ConsoleKey key, LineBuffer buffer) => key switch
    {
        ConsoleKey.B or ConsoleKey.LeftArrow => buffer.WordLeft,
        ConsoleKey.F or ConsoleKey.RightArrow => buffer.WordRight,
        ConsoleKey.D => buffer.KillWordAfter,
        ConsoleKey.Backspace => buffer.KillWordBefore,
        _ => null,
    };

    private static Action? Typed(ConsoleKeyInfo key, LineBuffer buffer) =>
        char.IsControl(key.KeyChar) ? null : () => buffer.Insert(key.KeyChar.ToString());
}
