namespace AgentFlow.Safety.Redaction;

/// <summary>What stands between a name and its value: signs, tags, marks of tables, or only blanks where a flag or a statement allows it.</summary>
internal static class NameOperator
{
    private static readonly ByteSet s_remark = new("a-z0-9-");

    /// <summary>The notation at a place behind a name, and the length of its operator; None for none.</summary>
    public static (ConnectorKind Kind, int Length) At(ReadOnlySpan<byte> text, int at, int nameStart, int nameEnd, bool nameQuoted)
    {
        ReadOnlySpan<byte> rest = text[at..];
        byte c = rest[0];
        switch (c)
        {
            case (byte)'=':
                return (ConnectorKind.Equal, rest.StartsWith("=3D"u8) ? 3 : RunOf(rest, "=>"u8));
            case (byte)':' when at > nameEnd && rest.StartsWith(":'"u8) && !nameQuoted:
                // A variable of psql.
                return default;
            case (byte)':':
                return (ConnectorKind.Colon, rest.StartsWith(":="u8) || rest.StartsWith("::"u8) || rest.StartsWith(":-"u8) ? 2 : 1);
            case (byte)'!' when Quote.At(text, Connector.SkipSpace(text, at + RunOf(rest, "!="u8))).IsSome:
                return (ConnectorKind.Cell, RunOf(rest, "!="u8));
            case (byte)'?' or (byte)'|' or (byte)')' when FallbackLength(rest, nameQuoted) is > 0 and int fallback:
                return (ConnectorKind.Equal, fallback);
            case (byte)'%' when Escapes.HexPair(text, at + 1) is '=' or ':':
                return (ConnectorKind.PercentEqual, 3);
            case (byte)'\\' when rest.StartsWith("\\u003d"u8) || rest.StartsWith("\\u003D"u8):
                return (ConnectorKind.Equal, 6);
            case (byte)'>' when nameQuoted || (nameStart > 0 && text[nameStart - 1] == '<'):
                return (ConnectorKind.Element, 1);
            case (byte)'v' or (byte)'V' or (byte)'c' when nameQuoted && AttributeLength(rest) is > 0 and var attribute:
                return (ConnectorKind.Equal, attribute);
            case (byte)'<' when rest.StartsWith("</key>"u8) || rest.StartsWith("</name>"u8):
                return (ConnectorKind.Element, rest.StartsWith("</key>"u8) ? 6 : 7);
            case (byte)'T' or (byte)'t' when rest.StartsWith("TO '"u8) || rest.StartsWith("to '"u8) || (nameQuoted && (rest.StartsWith("to `"u8) || rest.StartsWith("to \""u8))):
                return (ConnectorKind.Equal, 3);
            case 0xE2 when rest.StartsWith("→"u8) || rest.StartsWith("⇒"u8):
                return (ConnectorKind.Equal, 3);
            case (byte)'\r' or (byte)'\n' when nameQuoted && (rest.StartsWith("\r\n\r\n"u8) || rest.StartsWith("\n\n"u8)) && IsFormPart(text, nameStart):
                return (ConnectorKind.Equal, c == '\r' ? 4 : 2);
            case (byte)'\r' or (byte)'\n' when IsAsked(text, nameStart):
                return (ConnectorKind.Equal, rest.StartsWith("\r\n"u8) ? 2 : 1);
            case (byte)'(' when AsideLength(rest) is > 0 and int aside && IsNameOfVariable(text[nameStart..nameEnd]):
                return (ConnectorKind.Cell, aside);
            case (byte)'-' when rest.StartsWith("->"u8):
                return (ConnectorKind.Equal, 2);
            case (byte)'|':
                return (ConnectorKind.Cell, 1);
            case (byte)'/' when at == nameEnd && IsPart(text, nameStart, nameEnd):
                return (ConnectorKind.Cell, 1);
            case (byte)'i' or (byte)'t' or (byte)'w' or (byte)'s' or (byte)'e' or (byte)'c' when VerbLength(rest) is > 0 and int verb && at == nameEnd + 1 && IsNameOfVariable(text[nameStart..nameEnd]):
                return (ConnectorKind.Cell, verb);
            case (byte)',' or (byte)';' when !nameQuoted && at == nameEnd && rest.Length > 1 && rest[1] > ' ' && StartsCell(text, nameStart, nameEnd):
                return (ConnectorKind.Cell, 1);
            case (byte)',' or (byte)'(' when nameQuoted || c == '(':
                return (ConnectorKind.Argument, 1);
            default:
                return IsColumn(text, nameStart, nameEnd, at) ? (ConnectorKind.Cell, 0) : at > nameEnd && !nameQuoted ? Blank(text, nameStart, nameEnd, at) : IsMemberTold(text, nameStart, at) ? (ConnectorKind.Cell, 0) : default;
        }
    }

    /// <summary>A name and a value with only blanks between them: the attributes of a tag, a flag, or a word of a statement.</summary>
    private static (ConnectorKind Kind, int Length) Blank(ReadOnlySpan<byte> text, int nameStart, int nameEnd, int at)
    {
        if (TagEnd(text, nameStart, at) is > 0 and int tag)
        {
            return (ConnectorKind.Element, tag - at);
        }

        bool isVariable = IsNameOfVariable(text[nameStart..nameEnd]) && at == nameEnd + 1 && (Quote.At(text, at).IsSome || IsOpaque(text, nameStart, at));
        if (isVariable || IsToldPass(text, nameStart, nameEnd, at) || IsSetting(text, nameStart, nameEnd, at))
        {
            return (ConnectorKind.Cell, 0);
        }

        if (ByteSet.Upper[text[nameStart]] && at == nameEnd + 1 && IsNameOfVariable(text[nameStart..nameEnd]) && RemarkLength(text, at) is > 0 and int remark)
        {
            return (ConnectorKind.Cell, remark);
        }

        return IsFlag(text, nameStart) || (Quote.At(text, at) is { IsSome: true, Character: (byte)'\'' } && Connector.IsStatement(text, nameStart)) ? (ConnectorKind.Flag, 0) : default;
    }

    /// <summary>A member of the environment and its value in a sentence: <c>$_ENV['DB_PASSWORD'] …</c>.</summary>
    private static bool IsMemberTold(ReadOnlySpan<byte> text, int nameStart, int at) =>
        ByteSet.Upper[text[nameStart]] && at > 2 && text[at - 1] == ' ' && text[at - 2] == ']' && ByteSet.WordDash.Run(text, at, 128) is >= 12 and var run && Shape.Digits(text.Slice(at, run)) >= 1 && Shape.LooksRandom(text.Slice(at, run));

    /// <summary><c>user svc and pass …</c>: a word behind it that mixes what no other word does.</summary>
    private static bool IsToldPass(ReadOnlySpan<byte> text, int nameStart, int nameEnd, int at)
    {
        ReadOnlySpan<byte> name = text[nameStart..nameEnd];
        ReadOnlySpan<byte> value = text[at..Math.Min(text.Length, CommandVerifier.WordEnd(text, at))].TrimEnd(".,;:"u8);
        return at == nameEnd + 1 && (name.SequenceEqual("pass"u8) || name.SequenceEqual("pwd"u8) || name.SequenceEqual("pw"u8)) && value.Length >= 10 && Shape.Digits(value) >= 1
            && value.ContainsAnyInRange((byte)'a', (byte)'z') && value.ContainsAnyInRange((byte)'A', (byte)'Z') && ((Shape.LooksRandom(value) && !Shape.ReadsLikeWords(value)) || Shape.LooksLikePassword(value) || Shape.LooksChosen(value)) && value.IndexOfAny("/()=\""u8) < 0;
    }

    /// <summary>A line of <c>.msmtprc</c>: the word and its value alone, in quotes or among other settings.</summary>
    private static bool IsSetting(ReadOnlySpan<byte> text, int nameStart, int nameEnd, int at)
    {
        ReadOnlySpan<byte> before = text[Math.Max(0, nameStart - 160)..nameStart].TrimEnd(" \t"u8);
        if (!text[nameStart..nameEnd].SequenceEqual("password"u8) || !(before.IsEmpty || before[^1] == '\n'))
        {
            return false;
        }

        int end = CommandVerifier.WordEnd(text, at);
        bool alone = end > at && (end >= text.Length || text[end] is (byte)'\r' or (byte)'\n');
        return Quote.At(text, at).IsSome || (alone && (before.IndexOf("user "u8) >= 0 || before.IndexOf("host "u8) >= 0));
    }

    /// <summary>Whether what follows a variable in capitals is a word that no sentence has: <c>… pass API_TOKEN 604f9fa4-… by hand</c>.</summary>
    private static bool IsOpaque(ReadOnlySpan<byte> text, int nameStart, int at)
    {
        int run = ByteSet.WordDash.Run(text, at, 128);
        ReadOnlySpan<byte> word = text.Slice(at, run);
        return ByteSet.Upper[text[nameStart]] && run >= 20 && Shape.Digits(word) >= 4 && Shape.LooksRandom(word) && (at + run == text.Length || text[at + run] is <= (byte)' ' or (byte)'.' or (byte)',' or (byte)')' or (byte)'\'' or (byte)'"');
    }

    /// <summary>Whether the name is one of several words and a part of a path: <c>/run/secrets/hmac_secret/…</c>.</summary>
    private static bool IsPart(ReadOnlySpan<byte> text, int nameStart, int nameEnd) =>
        nameStart > 1 && text[nameStart - 1] == '/' && text[nameStart - 2] != '/' && text[nameStart..nameEnd].Contains((byte)'_');

    /// <summary>What tells the value of a variable in a sentence: <c>API_KEY is …</c>.</summary>
    private static int VerbLength(ReadOnlySpan<byte> rest)
    {
        int verb = rest.StartsWith("is "u8) || rest.StartsWith("to "u8) ? 3 : rest.StartsWith("was "u8) ? 4 : rest.StartsWith("set to "u8) || rest.StartsWith("equals "u8) ? 7
            : rest.StartsWith("contains "u8) ? 9 : rest.StartsWith("changed to "u8) || rest.StartsWith("with value "u8) ? 11 : 0;
        rest = rest[verb..];
        return verb == 0 ? 0 : verb + (rest.StartsWith("still "u8) ? 6 : rest.StartsWith("now "u8) ? 4 : rest.StartsWith("set to "u8) ? 7 : 0);
    }

    /// <summary>What tells the value of a variable in parentheses: <c>`API_KEY` (currently `…`)</c>.</summary>
    private static int AsideLength(ReadOnlySpan<byte> rest) =>
        rest.StartsWith("(currently "u8) ? 11 : rest.StartsWith("(now "u8) || rest.StartsWith("(was "u8) ? 5 : rest.StartsWith("(is "u8) ? 4 : 0;

    /// <summary>Whether a command asked for the variable; its answer is the next line.</summary>
    private static bool IsAsked(ReadOnlySpan<byte> text, int nameStart) =>
        text[..nameStart].EndsWith("printenv "u8) || text[..nameStart].EndsWith("echo $"u8) || text[..nameStart].EndsWith("echo \"$"u8) || text[..nameStart].EndsWith("$env:"u8) || text[..nameStart].EndsWith("config:get "u8);

    /// <summary>Length of a few words behind a variable and the sign that ends them: <c>API_KEY in staging = …</c>; 0 for none.</summary>
    private static int RemarkLength(ReadOnlySpan<byte> text, int at)
    {
        int i = at;
        for (int words = 0; words < 5; words++)
        {
            int word = s_remark.Run(text, i, 24);
            ReadOnlySpan<byte> rest = text[(i + word)..];
            if (word == 0 || IsOfCommit(text.Slice(i, word)))
            {
                return 0;
            }

            i += word + 1;
            if (rest.StartsWith(": "u8) || rest.StartsWith(" = "u8) || rest.StartsWith(" : "u8))
            {
                return i + (rest[0] == ' ' ? 1 : 0) - at;
            }

            if (!rest.StartsWith(" "u8))
            {
                return 0;
            }
        }

        return 0;
    }

    /// <summary>What has a value of its own that is no secret.</summary>
    public static bool IsOfCommit(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("commit"u8) || word.SequenceEqual("sha"u8) || word.SequenceEqual("hash"u8) || word.SequenceEqual("digest"u8) || word.SequenceEqual("id"u8) || word.SequenceEqual("build"u8) || word.SequenceEqual("checksum"u8) || word.SequenceEqual("fingerprint"u8)
        || word.SequenceEqual("exchange"u8);

    /// <summary>A name that no sentence has: <c>HEROKU_API_KEY "…"</c>, <c>X-Internal-Secret "…"</c>.</summary>
    private static bool IsNameOfVariable(ReadOnlySpan<byte> name) => name.Contains((byte)'_') || (name.Contains((byte)'-') && name[0] != '-');

    /// <summary>Whether the name fills the first column of a line, and a tab or two blanks stand behind it.</summary>
    private static bool IsColumn(ReadOnlySpan<byte> text, int nameStart, int nameEnd, int at)
    {
        if (at <= nameEnd || !(StartsLine(text, nameStart) || Escapes.EndsColour(text, nameStart) || IsInCookieJar(text, nameStart)))
        {
            return false;
        }

        int gap = Connector.SkipColour(text, nameEnd);
        return gap < at && (at - gap > 1 || text[gap] == '\t') && text[gap..at].IndexOfAnyExcept((byte)' ', (byte)'\t') < 0;
    }

    /// <summary>Behind the flag and the time of expiry of a line of <c>cookies.txt</c>.</summary>
    private static bool IsInCookieJar(ReadOnlySpan<byte> text, int nameStart)
    {
        int time = nameStart > 1 && text[nameStart - 1] == '\t' ? ByteSet.Digit.RunBack(text, nameStart - 1, 12) : 0;
        return time > 0 && (text[..(nameStart - 1 - time)].EndsWith("\tTRUE\t"u8) || text[..(nameStart - 1 - time)].EndsWith("\tFALSE\t"u8));
    }

    /// <summary>Whether the name begins its row, or is one of a variable in any cell of it.</summary>
    private static bool StartsCell(ReadOnlySpan<byte> text, int nameStart, int nameEnd) =>
        (StartsLine(text, nameStart) && text[nameEnd] == ',')
        || ((StartsLine(text, nameStart) || text[nameStart - 1] == text[nameEnd]) && (text[nameStart..nameEnd].Contains((byte)'_') || Shape.IsAll(text[nameStart..nameEnd], ByteSet.Upper)));

    private static bool StartsLine(ReadOnlySpan<byte> text, int at) => at == 0 || text[at - 1] is (byte)'\n' or (byte)'\r';

    /// <summary>What stands between a variable and the value that serves without it: <c>?? "…"</c>, <c>|| "…"</c>, <c>??= "…"</c>, <c>) { "…" }</c>; 0 for none.</summary>
    private static int FallbackLength(ReadOnlySpan<byte> rest, bool nameQuoted)
    {
        int mark = rest.StartsWith("?? "u8) || rest.StartsWith("|| "u8) ? 3 : rest.StartsWith("??= "u8) || rest.StartsWith("||= "u8) || (nameQuoted && rest.StartsWith(") { "u8)) ? 4 : nameQuoted && rest.StartsWith(") || "u8) ? 5 : 0;
        return mark > 0 && Quote.At(rest, mark).IsSome ? mark : 0;
    }

    /// <summary>Behind the attributes of <c>&lt;ns:Password Type="…"&gt;</c>; 0 when it is no start tag.</summary>
    private static int TagEnd(ReadOnlySpan<byte> text, int nameStart, int at)
    {
        int open = nameStart - 1;
        open -= open > 0 && text[open] == ':' ? ByteSet.Word.RunBack(text, open, 24) + 1 : 0;
        if (open < 0 || text[open] != '<')
        {
            return 0;
        }

        int end = text[at..Math.Min(text.Length, at + 256)].IndexOfAny((byte)'>', (byte)'<', (byte)'\n');
        return end > 0 && text[at + end] == '>' && text[at + end - 1] != '/' ? at + end + 1 : 0;
    }

    private static bool IsFormPart(ReadOnlySpan<byte> text, int nameStart) => text[Math.Max(0, nameStart - 40)..nameStart].IndexOf("form-data"u8) >= 0;

    /// <summary><c>name="password" value="…"</c> and <c>name="csrf-token" content="…"</c>.</summary>
    private static int AttributeLength(ReadOnlySpan<byte> rest) =>
        rest.StartsWith("value="u8) || rest.StartsWith("Value="u8) ? 6 : rest.StartsWith("content="u8) ? 8 : 0;

    private static int RunOf(ReadOnlySpan<byte> text, ReadOnlySpan<byte> members)
    {
        int i = 0;
        while (i < text.Length && i < 3 && members.Contains(text[i]))
        {
            i++;
        }

        return i;
    }

    /// <summary><c>--token</c>, <c>-Password</c>, and the lines of .netrc and redis.conf.</summary>
    private static bool IsFlag(ReadOnlySpan<byte> text, int nameStart)
    {
        if (nameStart < text.Length && text[nameStart] == '-')
        {
            return nameStart == 0 || text[nameStart - 1] is <= (byte)' ' or (byte)'"' or (byte)'\'';
        }

        ReadOnlySpan<byte> before = text[Math.Max(0, nameStart - 128)..nameStart];
        return (before.LastIndexOf("login "u8) >= 0 && before[^1] <= ' ') || before.EndsWith("ENV "u8) || before.EndsWith("setx "u8) || before.EndsWith("setenv "u8) || text[nameStart..].StartsWith("requirepass "u8) || text[nameStart..].StartsWith("masterauth "u8)
            || text[nameStart..].StartsWith("bindpw "u8) || text[nameStart..].StartsWith("PSK \""u8);
    }
}
