namespace AgentFlow.PS.Tests.Shell;

/// <summary>Key presses for tests: plain text types itself, names in angle brackets are keys, such as <c>&lt;C-a&gt;</c>, <c>&lt;Left&gt;</c>, <c>&lt;Enter&gt;</c>.</summary>
internal static class Keys
{
    public static IEnumerable<ConsoleKeyInfo> Parse(string keys)
    {
        for (int i = 0; i < keys.Length; i++)
        {
            int end = keys[i] == '<' ? keys.IndexOf('>', i) : -1;
            if (end > i + 1)
            {
                yield return Named(keys[(i + 1)..end]);
                i = end;
            }
            else
            {
                yield return new(keys[i], ConsoleKey.NoName, shift: false, alt: false, control: false);
            }
        }
    }

    private static ConsoleKeyInfo Named(string name)
    {
        bool control = name.StartsWith("C-", StringComparison.Ordinal);
        bool alt = name.StartsWith("M-", StringComparison.Ordinal);
        bool shift = name.StartsWith("S-", StringComparison.Ordinal);
        string key = control || alt || shift ? name[2..] : name;
        (ConsoleKey code, char character) = key switch
        {
            "Left" => (ConsoleKey.LeftArrow, '\0'),
            "Right" => (ConsoleKey.RightArrow, '\0'),
            "Up" => (ConsoleKey.UpArrow, '\0'),
            "Down" => (ConsoleKey.DownArrow, '\0'),
            "Home" => (ConsoleKey.Home, '\0'),
            "End" => (ConsoleKey.End, '\0'),
            "Del" => (ConsoleKey.Delete, '\0'),
            "BS" => (ConsoleKey.Backspace, '\b'),
            "Tab" => (ConsoleKey.Tab, '\t'),
            "Esc" => (ConsoleKey.Escape, '\x1b'),
            "Enter" => (ConsoleKey.Enter, '\r'),
            [char letter] => ((ConsoleKey)char.ToUpperInvariant(letter), control ? (char)(char.ToUpperInvariant(letter) - '@') : letter),
            _ => throw new ArgumentException($"No key is named {name}."),
        };
        return new(character, code, shift, alt, control);
    }
}
