using System.Text;

namespace AgentFlow.Safety.Redaction;

/// <summary>One value and the anchors of every form that it may take in a text.</summary>
internal sealed class KnownValue(byte[] value, ulong id)
{
    /// <summary>Anchors per form; as many as a form may be broken into pieces and still be seen.</summary>
    private const int WindowsPerForm = 4;

    private static readonly ByteSet s_unreserved = new("A-Za-z0-9_.~-");

    /// <summary>Shows the bytes for the time of one call.</summary>
    public void Lend(Action<ReadOnlySpan<byte>> read) => read(value);

    /// <summary>Whether the text ends in the first bytes of the value, at least <paramref name="least"/>.</summary>
    public bool IsBegunAtEnd(ReadOnlySpan<byte> text, int least)
    {
        ReadOnlySpan<byte> whole = value;
        for (int length = Math.Min(whole.Length - 1, text.Length); length >= least; length--)
        {
            if (text.EndsWith(whole[..length]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>All anchors; each knows at which byte of the value it stands.</summary>
    public IReadOnlyList<Anchor> Anchors()
    {
        Dictionary<(string Text, int At), Anchor> anchors = [];
        void AddEscaped(string text, int at) => anchors.TryAdd((text, at), new(text, false, null, (scoped in Site site) => VerifyEscaped(site, at)));
        foreach (string[] units in KnownForms.Escaped(value).Concat(KnownForms.CharacterEscaped(value)))
        {
            AddWindows(units, AddEscaped);
        }

        AddPlainWindows(AddEscaped);

        byte[] utf16 = Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(value));
        foreach (byte[] bytes in new[] { value, utf16 })
        {
            foreach (string core in KnownForms.Base64(bytes))
            {
                string[] units = [.. core.Select(c => c.ToString())];
                AddWindows(units, (text, at) => anchors.TryAdd((text, -1 - at), new(text, false, null, (scoped in Site site) => VerifyEncoded(site, core, at, KnownWalker.MatchBase64))));
                string url = core.Replace('+', '-').Replace('/', '_');
                string[] urlUnits = [.. url.Select(c => c.ToString())];
                AddWindows(urlUnits, (text, at) => anchors.TryAdd((text, -1 - at), new(text, false, null, (scoped in Site site) => VerifyEncoded(site, core, at, KnownWalker.MatchBase64))));
            }
        }

        foreach (string hex in new[] { Convert.ToHexString(value), Convert.ToHexStringLower(value) })
        {
            string[] units = [.. hex.Select(c => c.ToString())];
            AddWindows(units, (text, at) => anchors.TryAdd((text, int.MinValue + at), new(text, false, null, (scoped in Site site) => VerifyEncoded(site, hex, at, KnownWalker.MatchHex))));
        }

        return [.. anchors.Values];
    }

    /// <summary>
    /// Windows that no escaping changes, and for the shortest value, which a break in its middle leaves without four bytes together, its
    /// half with the break.
    /// </summary>
    private void AddPlainWindows(Action<string, int> add)
    {
        int last = -AnchorIndex.Width;
        for (int at = 0; at + AnchorIndex.Width <= value.Length; at++)
        {
            bool plain = Shape.IsAll(value.AsSpan(at, AnchorIndex.Width), s_unreserved);
            if (plain && (value.Length < 12 || at - last >= AnchorIndex.Width))
            {
                add(Encoding.Latin1.GetString(value, at, AnchorIndex.Width), at);
                last = at;
            }
        }

        if (value.Length < 2 * AnchorIndex.Width - 1)
        {
            foreach (char mark in "\n\r\u001b\\`^=")
            {
                add(Encoding.Latin1.GetString(value, 0, AnchorIndex.Width - 1) + mark, 0);
            }
        }
    }

    /// <summary>Picks disjoint groups of whole units of at least four characters, spread over the form, the rarest of each stretch.</summary>
    private static void AddWindows(string[] units, Action<string, int> add)
    {
        int stretch = Math.Max(1, (units.Length + WindowsPerForm - 1) / WindowsPerForm);
        for (int start = 0; start < units.Length; start += stretch)
        {
            (string Text, int At, double Chance) best = (string.Empty, -1, double.MaxValue);
            for (int at = start; at < Math.Min(units.Length, start + stretch); at++)
            {
                if (Window(units, at) is { } text)
                {
                    double chance = text.Take(AnchorIndex.Width).Aggregate(1.0, (product, c) => product * Fingerprint.Frequency(c & 0xFF));
                    best = chance < best.Chance ? (text, at, chance) : best;
                }
            }

            if (best.At >= 0)
            {
                add(best.Text, best.At);
            }
        }
    }

    private static string? Window(string[] units, int at)
    {
        StringBuilder text = new();
        for (int i = at; i < units.Length && text.Length < AnchorIndex.Width; i++)
        {
            text.Append(units[i]);
        }

        return text.Length >= AnchorIndex.Width ? text.ToString() : null;
    }

    private void VerifyEscaped(in Site site, int at)
    {
        int earliest = Math.Max(0, site.At - (at * KnownWalker.MaxUnit) - KnownWalker.MaxBreak);
        for (int start = site.At - at; start >= earliest; start--)
        {
            int end = KnownWalker.MatchEscaped(site.Text, start, value);
            if (end > site.At)
            {
                site.Report(start, end, RuleTable.Known, id);
                return;
            }
        }
    }

    private void VerifyEncoded(in Site site, string core, int at, KnownWalker.Encoded match)
    {
        int earliest = Math.Max(0, site.At - (at * 3) - KnownWalker.MaxBreak);
        for (int start = site.At - at; start >= earliest; start--)
        {
            (int low, int high) = match(site.Text, start, core);
            if (high > site.At)
            {
                site.Report(low, high, RuleTable.Known, id);
                return;
            }
        }
    }
}
