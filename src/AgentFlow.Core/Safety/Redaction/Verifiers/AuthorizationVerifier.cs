using System.Buffers;
using System.Buffers.Text;

namespace AgentFlow.Safety.Redaction;

/// <summary>Credentials of HTTP and mail authentication: Bearer, Basic, other schemes behind an Authorization name, AUTH PLAIN and LOGIN.</summary>
internal static class AuthorizationVerifier
{
    private const int MaxLine = 256;

    private static readonly ByteSet s_credential = new("A-Za-z0-9_.~+/=:-");

    /// <summary>Sighting: <c>bearer</c>.</summary>
    public static void VerifyBearer(scoped in Site site)
    {
        int at = SkipGap(site.Text, site.At + 6);
        if (at > site.At + 6 && Escapes.LeftBoundary(site.Text, site.At))
        {
            Report(site, at, 8);
        }
    }

    /// <summary>Sighting: <c>basic</c>; what follows must decode to user and password.</summary>
    public static void VerifyBasic(scoped in Site site)
    {
        int at = SkipGap(site.Text, site.At + 5);
        int run = ByteSet.AnyBase64.Run(site.Text, at, 4096);
        if (at > site.At + 5 && run >= 8 && IsUserAndPassword(site.Text.Slice(at, run)))
        {
            site.Report(at, at + run + ByteSet.Equal.Run(site.Text, at + run, 2));
        }
    }

    /// <summary>The value of an Authorization header, property or variable.</summary>
    public static void VerifyValue(in Site site, int at)
    {
        ReadOnlySpan<byte> text = site.Text;
        int scheme = ByteSet.WordDash.Run(text, at, 24);
        int next = SkipGap(text, at + scheme);
        bool hasScheme = scheme > 0 && next > at + scheme;
        if (hasScheme && (text[at] | 0x20) == 'd' && VerifyDigest(site, next))
        {
            return;
        }

        Report(site, hasScheme ? next : at, hasScheme ? 6 : 12);
    }

    /// <summary>The response of a Digest header: whoever has it can test passwords against it.</summary>
    private static bool VerifyDigest(in Site site, int at)
    {
        ReadOnlySpan<byte> line = site.Text[at..Math.Min(site.Text.Length, at + 1024)];
        int end = line.IndexOf((byte)'\n');
        line = end < 0 ? line : line[..end];
        int found = line.IndexOf("response="u8);
        int start = found < 0 ? 0 : at + found + 9 + Quote.At(site.Text, at + found + 9).Length;
        int run = found < 0 ? 0 : ByteSet.Hex.Run(site.Text, start, 128);
        if (run >= 32)
        {
            site.Report(start, start + run);
        }

        return run >= 32;
    }

    /// <summary>Sighting: <c>AUTH PLAIN</c> and its kin.</summary>
    public static void VerifyMailAuth(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int at = site.At + 5;
        int mechanism = ByteSet.WordDash.Run(text, at, 16);
        int value = SkipGap(text, at + mechanism);
        if (value < text.Length && (value == at + mechanism || text[value] is (byte)'\r' or (byte)'\n'))
        {
            int prompt = Prompt(text, value);
            value = prompt < 0 ? NextClientLine(text, value) : BehindPrefix(text, NextClientLine(text, prompt));
        }

        ReportBase64(site, value);
    }

    /// <summary>Sighting: the server's question <c>Password:</c> in base64; the answer is the next line of the client.</summary>
    public static void VerifyMailPassword(scoped in Site site) => ReportBase64(site, BehindPrefix(site.Text, NextClientLine(site.Text, site.At + 12)));

    /// <summary>Whether a base64 text holds printable <c>user:password</c>.</summary>
    public static bool IsUserAndPassword(ReadOnlySpan<byte> encoded)
    {
        Span<byte> decoded = stackalloc byte[1024];
        ReadOnlySpan<byte> part = encoded[..Math.Min(encoded.Length, 1200)];
        part = part.Length % 4 == 1 ? part[..^1] : part;
        OperationStatus status = Base64Url.DecodeFromUtf8(part, decoded, out _, out int written);
        if (status == OperationStatus.InvalidData)
        {
            status = Base64.DecodeFromUtf8(part, decoded, out _, out written, isFinalBlock: false);
        }

        ReadOnlySpan<byte> clear = decoded[..written];
        return status != OperationStatus.InvalidData && clear.IndexOf((byte)':') >= 0 && !clear.ContainsAnyInRange((byte)0, (byte)31) && System.Text.Unicode.Utf8.IsValid(clear);
    }

    private static void Report(in Site site, int at, int min)
    {
        ReadOnlySpan<byte> text = site.Text;
        int run = s_credential.Run(text, at, 8192);
        ReadOnlySpan<byte> value = text.Slice(at, run).TrimEnd(".:"u8);
        bool goesOn = text[(at + run)..].StartsWith(Placeholder.Start);
        bool named = value.IndexOf((byte)'=') is > 0 and var equal && (goesOn || equal < value.TrimEnd((byte)'=').Length) && ByteSet.Word.Run(value, 0) >= equal;
        if (value.Length < min || named || value.IndexOf("://"u8) >= 0 || SecretValues.IsStandIn(value) || SecretValues.IsWord(value) || SecretValues.IsPublishable(value) || IsProse(value) || SecretValues.IsCode(value) || (min > 8 && SecretValues.LooksLikeId(value)))
        {
            return;
        }

        int end = LineWrap.Extend(text, at, at + value.Length, s_credential);
        site.Report(at, end);
    }

    private static bool IsProse(ReadOnlySpan<byte> value) =>
        !Shape.IsUuid(value) && !value.ContainsAnyInRange((byte)'0', (byte)'9') && (Shape.IsWordy(value) || value.Length < 16);

    private static void ReportBase64(in Site site, int at)
    {
        if (at < 0 || at >= site.Text.Length)
        {
            return;
        }

        int run = ByteSet.AnyBase64.Run(site.Text, at, 8192);
        int padded = run + ByteSet.Equal.Run(site.Text, at + run, 2);
        if (run >= 8 && (padded % 4 == 0 || run >= 16) && !Shape.IsWordy(site.Text.Slice(at, run)))
        {
            site.Report(at, at + padded);
        }
    }

    private static int NextClientLine(ReadOnlySpan<byte> text, int at)
    {
        int line = text[Math.Min(at, text.Length)..].IndexOf((byte)'\n');
        if (line is < 0 or > 6)
        {
            return -1;
        }

        int i = at + line + 1;
        int prompt = ByteSet.Word.Run(text, i, 12);
        i += text[(i + prompt)..].StartsWith("> "u8) || text[(i + prompt)..].StartsWith(": '"u8) ? prompt : 0;
        while (i < text.Length && i < at + line + 48 && text[i] is (byte)' ' or (byte)'\t' or (byte)'>' or (byte)'<' or (byte)'-' or (byte)':' or (byte)'\'')
        {
            i++;
        }

        return text[Math.Min(i, text.Length)..].StartsWith("C: "u8) ? i + 3 : i;
    }

    /// <summary>End of the next line when all that the server said there is 334; -1 when it is something else.</summary>
    private static int Prompt(ReadOnlySpan<byte> text, int at)
    {
        int line = text[at..].IndexOf((byte)'\n');
        int start = at + line + 1;
        int length = line < 0 ? -1 : text[start..Math.Min(text.Length, start + MaxLine)].IndexOf((byte)'\n');
        ReadOnlySpan<byte> said = length < 0 ? default : text.Slice(start, length).TrimEnd(" \r"u8);
        return said.EndsWith("334"u8) && (said.Length == 3 || said[^4] == ' ') ? start + said.Length : -1;
    }

    /// <summary>Behind what a log puts in front of its lines: the last word of the line, when it can be base64.</summary>
    private static int BehindPrefix(ReadOnlySpan<byte> text, int at)
    {
        if (at < 0 || at >= text.Length)
        {
            return at;
        }

        int end = text[at..].IndexOfAny((byte)'\r', (byte)'\n');
        ReadOnlySpan<byte> rest = (end < 0 ? text[at..] : text.Slice(at, end)).TrimEnd((byte)' ');
        int blank = rest.LastIndexOf((byte)' ');
        return blank < 0 || rest.Length > MaxLine || (rest.Length - blank - 1) % 4 != 0 ? at : at + blank + 1;
    }

    /// <summary>Behind blanks, also encoded ones.</summary>
    private static int SkipGap(ReadOnlySpan<byte> text, int at)
    {
        int i = at;
        while (i < text.Length && i - at < 12)
        {
            if (text[i] is (byte)' ' or (byte)'\t' or (byte)'+')
            {
                i++;
            }
            else if (i > at && Escapes.ColourLength(text, i) is > 0 and int colour)
            {
                return i + colour;
            }
            else if (text[i] == '%' && Escapes.HexPair(text, i + 1) == ' ')
            {
                i += 3;
            }
            else
            {
                break;
            }
        }

        return i;
    }
}
