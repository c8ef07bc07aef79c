using System.Globalization;
using System.Text;

namespace AgentFlow.Safety.Redaction;

/// <summary>
/// The grammar of one token as literal parts and character runs, for example <c>xoxb-{d:10-13}-{d:10-13}-{A:24+}</c>.
/// A run names a class letter and a length: <c>{A:24}</c> exactly, <c>{A:24-32}</c> a range, <c>{A:24+}</c> at least,
/// <c>{h:32!}</c> exactly and no further member behind it; what stands before <c>{&gt;}</c> is not secret. A leading <c>^</c> asks for a left boundary.
/// Runs are greedy and never backtrack, so matching is linear.
/// </summary>
internal sealed class TokenPattern
{
    /// <summary>Longest run taken; beyond it nothing is a token.</summary>
    private const int Unbounded = 8192;

    /// <summary>Fewest characters of the last run that a token cut by a line end has.</summary>
    private const int MinCut = 8;

    private readonly List<Part> _parts = [];
    private int _secretPart;

    private TokenPattern(bool boundary) => NeedsBoundary = boundary;

    /// <summary>Whether the token may not continue a word.</summary>
    public bool NeedsBoundary { get; }

    /// <summary>Length of the literal that the token begins with.</summary>
    public int Head => _parts[0].Literal?.Length ?? 0;

    /// <summary>Members of the last run; a wrapped token goes on with them.</summary>
    public ByteSet Tail => _parts.LastOrDefault(p => p.Set is not null && p.Max > 4)?.Set!.Bytes ?? ByteSet.Alnum;

    /// <summary>The literal part with the rarest text, and its distance from the start of the token.</summary>
    public (string Text, int Offset, ByteSet? Next) Anchor { get; private set; }

    public static TokenPattern Parse(string spec)
    {
        TokenPattern pattern = Read(spec);
        pattern.Anchor = pattern.ChooseAnchor(spec);
        return pattern;
    }

    /// <summary>A random text of a grammar that is only used to make texts.</summary>
    public static string Draw(Random random, string spec) => Read(spec).Example(random).Text;

    private static TokenPattern Read(string spec)
    {
        bool boundary = spec[0] == '^';
        TokenPattern pattern = new(boundary);
        int i = boundary ? 1 : 0;
        while (i < spec.Length)
        {
            int brace = spec.IndexOf('{', i);
            int literalEnd = brace < 0 ? spec.Length : brace;
            if (literalEnd > i)
            {
                pattern._parts.Add(new(Encoding.ASCII.GetBytes(spec[i..literalEnd]), null, 0, 0, false));
            }

            if (brace < 0)
            {
                break;
            }

            int close = spec.IndexOf('}', brace);
            string run = spec[(brace + 1)..close];
            if (run == ">")
            {
                pattern._secretPart = pattern._parts.Count;
            }
            else
            {
                pattern._parts.Add(ParseRun(run));
            }

            i = close + 1;
        }

        return pattern;
    }

    /// <summary>The secret and the end of the token that starts at <paramref name="start"/>, or (-1, -1).</summary>
    public (int Secret, int End) Match(ReadOnlySpan<byte> text, int start) => Match(text, start, out _);

    /// <summary>The same; of a token that is only too short, its end, and what is missing of it.</summary>
    public (int Secret, int End) Match(ReadOnlySpan<byte> text, int start, out (int Secret, int End, int Missing) cut)
    {
        cut = default;
        int at = start;
        int secret = start;
        int lastMin = 0;
        for (int i = 0; i < _parts.Count; i++)
        {
            Part part = _parts[i];
            secret = i == _secretPart ? at : secret;
            if (part.Literal is { } literal)
            {
                if (!text[at..].StartsWith(literal))
                {
                    return (-1, -1);
                }

                at += literal.Length;
                lastMin = 0;
                continue;
            }

            (int count, int end) = part.Set!.Base64Escapes ? RunEscaped(text, at, part) : RunPlain(text, at, part);
            if (count < part.Min && count >= MinCut && i == _parts.Count - 1)
            {
                cut = (secret, end, part.Min - count);
            }

            if (count < part.Min || (part.Closed && end < text.Length && part.Set.Bytes[text[end]]))
            {
                return (-1, -1);
            }

            at = end;
            lastMin = end - count + part.Min;
        }

        // A full stop ends a sentence, not a token.
        while (at > lastMin && lastMin > 0 && text[at - 1] == '.')
        {
            at--;
        }

        return (secret, at);
    }

    /// <summary>A fake token of this shape.</summary>
    public RuleExample Example(Random random)
    {
        StringBuilder made = new();
        int secret = 0;
        for (int i = 0; i < _parts.Count; i++)
        {
            Part part = _parts[i];
            secret = i == _secretPart ? made.Length : secret;
            if (part.Literal is { } literal)
            {
                made.Append(Encoding.ASCII.GetString(literal));
                continue;
            }

            byte[] members = part.Set!.Bytes.Members();
            int length = random.Next(part.Min, Math.Min(part.Max, part.Min + 8) + 1);
            for (int k = 0; k < length; k++)
            {
                made.Append((char)members[random.Next(members.Length)]);
            }
        }

        string text = made.ToString();
        return new(text, text[secret..]);
    }

    private static (int Count, int End) RunPlain(ReadOnlySpan<byte> text, int at, Part part)
    {
        int count = part.Set!.Bytes.Run(text, at, part.Max);
        return (count, at + count);
    }

    private static (int Count, int End) RunEscaped(ReadOnlySpan<byte> text, int at, Part part)
    {
        int count = 0;
        int i = at;
        while (count < part.Max && i < text.Length)
        {
            int step = part.Set!.Bytes[text[i]] ? 1 : Escapes.Base64Member(text, i);
            if (step == 0)
            {
                break;
            }

            i += step;
            count++;
        }

        return (count, i);
    }

    private static Part ParseRun(string run)
    {
        int colon = run.IndexOf(':', StringComparison.Ordinal);
        PatternSet set = PatternSet.Named(run[..colon]);
        string length = run[(colon + 1)..];
        bool closed = length.EndsWith('!');
        length = closed ? length[..^1] : length;
        if (length.EndsWith('+'))
        {
            return new(null, set, Number(length[..^1]), Unbounded, closed);
        }

        int dash = length.IndexOf('-', StringComparison.Ordinal);
        return dash < 0
            ? new(null, set, Number(length), Number(length), closed)
            : new(null, set, Number(length[..dash]), Number(length[(dash + 1)..]), closed);
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    private (string Text, int Offset, ByteSet? Next) ChooseAnchor(string spec)
    {
        (string Text, int Offset, ByteSet? Next) best = (string.Empty, 0, null);
        int offset = 0;
        for (int i = 0; i < _parts.Count; i++)
        {
            Part part = _parts[i];
            if (part.Literal is { } literal)
            {
                string text = Encoding.ASCII.GetString(literal);
                if (best.Text.Length < 4 && text.Length > best.Text.Length)
                {
                    best = (text, offset, text.Length < 4 ? _parts[i + 1].Set?.Bytes : null);
                }

                offset += literal.Length;
            }
            else if (part.Min != part.Max || part.Set!.Base64Escapes)
            {
                break;
            }
            else
            {
                offset += part.Min;
            }
        }

        return best.Text.Length >= 2 ? best : throw new ArgumentException($"No usable anchor in '{spec}'.", nameof(spec));
    }

    private sealed record Part(byte[]? Literal, PatternSet? Set, int Min, int Max, bool Closed);
}
