using System.Buffers;

namespace AgentFlow.Safety.Redaction;

/// <summary>Passwords that are an operand by their place: <c>net use \\host\share password /user:…</c>, <c>htpasswd -b file user password</c>, AUTH in the protocol of Redis.</summary>
internal static class OperandVerifier
{
    private const int Reach = 512;
    private const int MostWords = 16;
    private const int MinLength = 4;

    private static readonly SearchValues<byte> s_symbols = SearchValues.Create("0123456789!@#$%^&*+=?~"u8);

    public static IEnumerable<Anchor> Anchors { get; } =
    [
        new("net use ", true, null, VerifyNetUse), new("htpasswd ", false, null, VerifyHtpasswd),
        new("--type SecureString", false, null, VerifyParameter), new(" on >", false, null, VerifyAcl), new("\"AUTH\" \"", false, null, VerifyMonitor), new("\"auth\" \"", false, null, VerifyMonitor), new("$4\r\nauth\r\n", true, null, VerifyBulk), new("$4\\r\\nauth\\r\\n", true, null, VerifyBulk),
    ];

    /// <summary>Sighting: <c>net use</c>; the first word behind the share that is no option.</summary>
    private static void VerifyNetUse(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        if (!Escapes.LeftBoundary(text, site.At))
        {
            return;
        }

        int end = LineEnd(text, site.At);
        int at = site.At + "net use ".Length;
        bool named = HoldsUser(text[at..end]);
        bool shared = false;
        for (int i = 0; i < MostWords && Word(text, ref at, end) is { IsEmpty: false } word; i++)
        {
            ReadOnlySpan<byte> value = text[word.Start..word.End];
            if (shared && value[0] != '/')
            {
                // Behind a share alone there may be prose about the command.
                Report(site, word, named || value.ContainsAny(s_symbols));
                return;
            }

            shared |= value.StartsWith("\\\\"u8);
        }
    }

    /// <summary>Sighting: <c>htpasswd</c>; with <c>-b</c> the password is the word behind file and user, with <c>-n</c> too there is no file.</summary>
    private static void VerifyHtpasswd(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int end = LineEnd(text, site.At);
        int at = site.At + "htpasswd ".Length;
        int operands = 2;
        bool batch = false;
        bool number = false;
        for (int i = 0; i < MostWords && Word(text, ref at, end) is { IsEmpty: false } word; i++)
        {
            ReadOnlySpan<byte> value = text[word.Start..word.End];
            if (number && Shape.IsAll(value, ByteSet.Digit))
            {
                number = false;
            }
            else if (value.StartsWith("-"u8) && !word.Quoted)
            {
                batch |= value.Contains((byte)'b');
                operands -= value.Contains((byte)'n') ? 1 : 0;
                number = value[^1] is (byte)'C' or (byte)'r';
            }
            else if (!batch || --operands < 0)
            {
                Report(site, word, batch);
                return;
            }
        }
    }

    /// <summary>Sighting: the type of a parameter of AWS that is kept secret; its value stands before or behind on the line.</summary>
    private static void VerifyParameter(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int line = text[..site.At].LastIndexOf((byte)'\n') + 1;
        int end = LineEnd(text, site.At);
        int flag = text[line..end].IndexOf(" --value "u8);
        int at = line + flag + " --value ".Length;
        if (flag > 0)
        {
            Report(site, Word(text, ref at, end), true);
        }
    }

    /// <summary>Sighting: a user of Redis that is switched on, with its password: <c>user worker on &gt;…</c>.</summary>
    private static void VerifyAcl(scoped in Site site)
    {
        ReadOnlySpan<byte> before = site.Text[Math.Max(0, site.At - 64)..site.At];
        int start = site.At + " on >".Length;
        bool named = before.LastIndexOf("user "u8) >= 0 || before.LastIndexOf("SETUSER "u8) >= 0 || before.LastIndexOf("setuser "u8) >= 0;
        Report(site, new(start, CommandVerifier.WordEnd(site.Text, start), false), named);
    }

    /// <summary>Sighting: the command AUTH as MONITOR of Redis shows it; its last word is the password.</summary>
    private static void VerifyMonitor(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int end = LineEnd(text, site.At);
        int at = site.At + "\"auth\" ".Length;
        Operand last = default;
        for (int i = 0; i < 2 && Word(text, ref at, end) is { IsEmpty: false, Quoted: true } word; i++)
        {
            last = word;
        }

        Report(site, last, !last.IsEmpty);
    }

    /// <summary>Sighting: the command AUTH as a bulk string; its last argument is the password.</summary>
    private static void VerifyBulk(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        bool escaped = text[site.At + 2] == '\\';
        ReadOnlySpan<byte> mark = escaped ? "\\r\\n"u8 : "\r\n"u8;
        int at = site.At + 2 + mark.Length + 4 + mark.Length;
        Operand last = default;
        for (int i = 0; i < 2 && at < text.Length && text[at] == '$'; i++)
        {
            int start = at + 1 + ByteSet.Digit.Run(text, at + 1, 6);
            if (start == at + 1 || !text[start..].StartsWith(mark))
            {
                break;
            }

            start += mark.Length;
            int length = text[start..Math.Min(text.Length, start + Reach)].IndexOf(mark);
            last = length < 0 ? default : new(start, start + length, false);
            at = length < 0 ? text.Length : start + length + mark.Length;
        }

        Report(site, last, !last.IsEmpty);
    }

    private static void Report(in Site site, Operand word, bool telling)
    {
        int end = Placeholder.EndOfFront(site.Text, word.Start, word.End);
        ReadOnlySpan<byte> value = site.Text[word.Start..end];
        if (telling && value.Length >= MinLength && !SecretValues.IsStandIn(value) && !SecretValues.IsNameOfPassword(value) && !SecretValues.IsWord(value))
        {
            site.Report(word.Start, end);
        }
    }

    private static bool HoldsUser(ReadOnlySpan<byte> line) =>
        line.IndexOf("/user:"u8) >= 0 || line.IndexOf("/USER:"u8) >= 0 || line.IndexOf("/User:"u8) >= 0 || line.IndexOf("/u:"u8) >= 0;

    /// <summary>The next word of a command line and the place behind it; an empty one where the command ends.</summary>
    private static Operand Word(ReadOnlySpan<byte> text, ref int at, int end)
    {
        while (at < end && text[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }

        if (at >= end || text[at] is (byte)'|' or (byte)'&' or (byte)';' or (byte)'>' or (byte)'<')
        {
            return default;
        }

        Quote quote = Quote.At(text, at);
        int start = at + quote.Length;
        int stop = Math.Min(end, quote.IsSome ? quote.Close(text, start, Reach) : CommandVerifier.WordEnd(text, start));
        at = Math.Min(end, stop + quote.Length);

        // An empty pair of quotes is a word too, as the user of htpasswd; its mark stands for it.
        return stop > start ? new(start, stop, quote.IsSome) : quote.IsSome && at > start ? new(start - quote.Length, at, true) : default;
    }

    private static int LineEnd(ReadOnlySpan<byte> text, int from)
    {
        int end = text[from..Math.Min(text.Length, from + Reach)].IndexOfAny((byte)'\n', (byte)'\r');
        return end < 0 ? Math.Min(text.Length, from + Reach) : from + end;
    }

    private readonly record struct Operand(int Start, int End, bool Quoted)
    {
        public bool IsEmpty => End == Start;
    }
}
