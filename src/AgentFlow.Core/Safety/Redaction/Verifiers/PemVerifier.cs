namespace AgentFlow.Safety.Redaction;

/// <summary>
/// Private keys in PEM, OpenSSH, PGP and PuTTY form: whole, behind log prefixes, indented or quoted, with <c>\n</c> escapes, on one line,
/// without their end, without their beginning, without both.
/// </summary>
internal static class PemVerifier
{
    private const int MinBody = 40;
    private const int MinPiece = 16;
    private const int MinRest = 30;
    private const int MaxLines = 512;

    private static readonly ByteSet s_body = ByteSet.Base64;

    private static readonly ByteSet s_member = new("A-Za-z0-9_+/-");

    /// <summary>What may part a short last piece from the one before it.</summary>
    private static readonly ByteSet s_between = new("\\nr\"'+,>| \t");

    /// <summary>Sighting: <c>BEGIN</c>.</summary>
    public static void VerifyBegin(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int label = Label(text, site.At + 5);
        if (label < 0)
        {
            return;
        }

        int start = site.At;
        while (start > 0 && text[start - 1] == '-' && site.At - start < 8)
        {
            start--;
        }

        int end = End(text, label);
        end = end > 0 ? end : BodyEnd(text, label);
        if (Letters(text[label..end]) >= MinBody)
        {
            site.Report(start, end);
        }
    }

    /// <summary>Sighting: <c>END</c>; the block began before the text did.</summary>
    public static void VerifyEnd(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int label = Label(text, site.At + 4);
        if (label < 0)
        {
            return;
        }

        int frame = site.At;
        while (frame > 0 && text[frame - 1] == '-')
        {
            frame--;
        }

        int start = frame;
        while (start > 0)
        {
            int line = LineStartBefore(text, start);
            if (text[line..start].IndexOf("-----BEGIN"u8) >= 0 || !IsBodyLine(text[line..start], 1) || text[line..start].IndexOf(Placeholder.Start) >= 0)
            {
                break;
            }

            start = line;
        }

        if (Letters(text[start..frame]) >= 24)
        {
            site.Report(start, label);
        }
    }

    /// <summary>Sighting: the first characters that every encoded private key of a kind has; frames are missing.</summary>
    public static void VerifyBody(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int start = site.At - s_body.RunBack(text, site.At, 16);
        int end = BodyEnd(text, start);
        if (Letters(text[start..end]) >= 60)
        {
            site.Report(start, end);
        }
    }

    /// <summary>Sighting: the private part of a PuTTY key.</summary>
    public static void VerifyPutty(scoped in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int line = text[site.At..].IndexOf((byte)'\n');
        if (line >= 0)
        {
            int start = site.At + line + 1;
            int end = BodyEnd(text, start);
            if (Letters(text[start..end]) >= 24)
            {
                site.Report(start, end);
            }
        }
    }

    /// <summary>End of <c>… PRIVATE KEY-----</c> when that is what follows, or -1.</summary>
    private static int Label(ReadOnlySpan<byte> text, int at)
    {
        int reach = Math.Min(text.Length, at + 64);
        int found = at > reach ? -1 : text[at..reach].IndexOf("PRIVATE"u8);
        if (found < 0 || text[at..(at + found)].IndexOfAny((byte)'\n', (byte)'\r') >= 0 || text[at..(at + found)].IndexOf("-----"u8) >= 0)
        {
            return -1;
        }

        int i = at + found + 7;
        i += Separator(text, i);
        if (!text[Math.Min(i, text.Length)..].StartsWith("KEY"u8))
        {
            return -1;
        }

        i += 3;
        int block = i + Separator(text, i);
        i = text[Math.Min(block, text.Length)..].StartsWith("BLOCK"u8) ? block + 5 : i;

        // A frame with a damaged byte in it is still one.
        while (i < text.Length && (text[i] == '-' || (text[i] > ' ' && text[i - 1] == '-' && i + 1 < text.Length && text[i + 1] == '-')))
        {
            i++;
        }

        return i;
    }

    private static int Separator(ReadOnlySpan<byte> text, int at) =>
        at >= text.Length ? 0 : text[at] is (byte)' ' or (byte)'+' or (byte)'_' ? 1 : text[at] == '%' ? 3 : 0;

    /// <summary>Behind the closing frame, if it comes before anything else begins.</summary>
    private static int End(ReadOnlySpan<byte> text, int from)
    {
        int at = from;
        while (true)
        {
            int found = text[at..].IndexOf("END"u8);
            if (found < 0)
            {
                return -1;
            }

            int label = Label(text, at + found + 3);
            if (label > 0)
            {
                ReadOnlySpan<byte> between = text[from..(at + found)];
                return between.IndexOf("-----BEGIN"u8) < 0 && between.IndexOf("[REDACTED:private-key#"u8) < 0 && IsBody(between) ? label : -1;
            }

            at += found + 3;
        }
    }

    /// <summary>Whether what stands between the frames is mostly key, not prose or code that mentions both frames.</summary>
    private static bool IsBody(ReadOnlySpan<byte> between) => Letters(between) >= MinBody;

    /// <summary>Base64 characters in long runs.</summary>
    private static int Letters(ReadOnlySpan<byte> text)
    {
        int total = 0;
        int i = 0;
        while (i < text.Length)
        {
            int run = s_body.Run(text, i);
            total += run >= 16 ? run : 0;
            i += run + 1;
        }

        return total;
    }

    /// <summary>End of a body without a closing frame: as far as lines, or escaped lines, still look like it.</summary>
    private static int BodyEnd(ReadOnlySpan<byte> text, int from) => Math.Max(LinesEnd(text, from), PiecesEnd(text, from));

    /// <summary>Follows long runs of key characters over line ends, written out or escaped, whatever stands behind the last.</summary>
    private static int PiecesEnd(ReadOnlySpan<byte> text, int from)
    {
        int end = from;
        int i = from;
        for (int piece = 0; piece < MaxLines; piece++)
        {
            i = SkipLineEnd(text, i);
            int run = s_body.Run(text, i, 4096);
            if (run < MinPiece && (piece == 0 || run == 0 || !EndsKey(text, i + run)))
            {
                return end;
            }

            i += run;
            i += ByteSet.Equal.Run(text, i, 2);
            end = i;
            if (run < MinPiece)
            {
                return end;
            }
        }

        return end;
    }

    /// <summary>Behind white space, quotes that are joined, and escaped line ends of any depth.</summary>
    private static int SkipLineEnd(ReadOnlySpan<byte> text, int at)
    {
        int i = at;
        while (i < text.Length && i - at < 96)
        {
            int slashes = 0;
            while (i + slashes < text.Length && text[i + slashes] == '\\' && slashes < 16)
            {
                slashes++;
            }

            if (slashes > 0 && i + slashes < text.Length && text[i + slashes] is (byte)'n' or (byte)'r')
            {
                i += slashes + 1;
            }
            else if (text[i] is <= (byte)' ' or (byte)'"' or (byte)'\'' or (byte)',' or (byte)'>' or (byte)'|' or (byte)'\\' || (text[i] == '+' && i + 1 < text.Length && text[i + 1] <= ' '))
            {
                i++;
            }
            else
            {
                break;
            }
        }

        return i;
    }

    /// <summary>Whether a short last piece is followed by padding, a frame or the end of a line.</summary>
    private static bool EndsKey(ReadOnlySpan<byte> text, int at) => at >= text.Length || text[at] is (byte)'=' or (byte)'\\' or (byte)'\r' or (byte)'\n' || text[at..].StartsWith("--"u8) || (text[at] == '"' && !IsMember(text, at));

    /// <summary>Whether the word that ends at a quote is the name of the next member, no piece of a key.</summary>
    private static bool IsMember(ReadOnlySpan<byte> text, int at) => text[Math.Min(at, text.Length)..].StartsWith("\":"u8) || text[Math.Min(at, text.Length)..].StartsWith("\" :"u8);

    private static int LinesEnd(ReadOnlySpan<byte> text, int from)
    {
        int end = from;
        int i = from;
        for (int line = 0; line < MaxLines && i < text.Length; line++)
        {
            int next = text[i..].IndexOf((byte)'\n');
            int stop = next < 0 ? text.Length : i + next;
            int seen = LastKeyCharacter(text[i..stop]);
            if (seen > 0)
            {
                end = i + seen;
            }

            if (next < 0 || (line > 0 && seen == 0) || (seen > 0 && EndsInside(text[(i + seen)..stop])))
            {
                break;
            }

            i = stop + 1;
        }

        return end;
    }

    /// <summary>Behind the last key character of a body line; 0 when the line is not of a body.</summary>
    private static int LastKeyCharacter(ReadOnlySpan<byte> line)
    {
        if (!IsBodyLine(line, 0))
        {
            return 0;
        }

        int end = 0;
        int i = 0;
        while (i < line.Length)
        {
            int run = s_body.Run(line, i);
            if (run >= 16 || (run > 0 && end > 0 && i - end <= 4 && Shape.IsAll(line[end..i], s_between) && !IsMember(line, i + s_member.Run(line, i))))
            {
                end = i + run;
                end += ByteSet.Equal.Run(line, end, 2);
            }

            i = Math.Max(i + run + 1, end);
        }

        return end == 0 && line.Trim(" \t\r"u8).Length > 0 ? line.Length : end;
    }

    /// <summary>Whether the rest of a line says that the value ended in it.</summary>
    private static bool EndsInside(ReadOnlySpan<byte> rest) => rest.TrimEnd(" \t\r"u8).IndexOfAny("\"'},"u8) >= 0 && rest.IndexOf("\" +"u8) < 0;

    /// <summary>A line whose last word is a run of base64, or a header of an encrypted key, or empty.</summary>
    private static bool IsBodyLine(ReadOnlySpan<byte> line, int depth)
    {
        ReadOnlySpan<byte> bare = line.TrimEnd(" \t\r\n\\+\"',"u8);
        bare = bare.EndsWith("\\n"u8) ? bare[..^2] : bare;
        if (bare.IsEmpty)
        {
            return depth == 0;
        }

        if (bare.IndexOf("Proc-Type"u8) >= 0 || bare.IndexOf("DEK-Info"u8) >= 0 || bare.IndexOf("Version: "u8) >= 0 || bare.IndexOf("Comment: "u8) >= 0)
        {
            return true;
        }

        int padding = ByteSet.Equal.RunBack(bare, bare.Length, 2);
        int run = s_body.RunBack(bare, bare.Length - padding);
        return run >= 16 || HoldsPiece(bare) || (run >= 2 && run + padding == bare.TrimStart(" \t>|"u8).Length && (padding > 0 || Shape.LooksRandom(bare[^run..]) || run % 4 == 0 && !Shape.IsWordy(bare[^run..])));
    }

    /// <summary>Whether a line with a damaged byte or another's secret in it has a long piece of a key left.</summary>
    private static bool HoldsPiece(ReadOnlySpan<byte> line)
    {
        for (int i = 0; i < line.Length;)
        {
            int run = s_body.Run(line, i);
            if (run >= MinRest && Shape.LooksStronglyRandom(line.Slice(i, run)))
            {
                return true;
            }

            i += run + 1;
        }

        return false;
    }

    private static int LineStartBefore(ReadOnlySpan<byte> text, int end) =>
        end < 1 ? 0 : text[..(end - 1)].LastIndexOf((byte)'\n') + 1;
}
