namespace AgentFlow.Safety.Redaction;

/// <summary>Cards (brand and Luhn digit), phone numbers (international, North American), bank accounts (IBAN, mod 97).</summary>
internal static class NumberVerifier
{
    private const int MinIban = 15;
    private const int MaxIban = 34;
    private const int MaxIbanLength = 42;
    private const int MinCard = 13;
    private const int MaxCard = 19;
    private const int MaxCardLength = 24;
    private const int MaxCountry = 3;
    private const int MinPhone = 9;
    private const int MaxPhone = 15;
    private const int MaxPhoneLength = 26;
    private const int NationalLength = 12;

    private static readonly Dictionary<string, int> s_ibanLength = new(StringComparer.Ordinal)
    {
        ["AD"] = 24, ["AE"] = 23, ["AL"] = 28, ["AT"] = 20, ["AZ"] = 28, ["BA"] = 20, ["BE"] = 16, ["BG"] = 22, ["BH"] = 22, ["BI"] = 27, ["BR"] = 29, ["BY"] = 28, ["CH"] = 21,
        ["CR"] = 22, ["CY"] = 28, ["CZ"] = 24, ["DE"] = 22, ["DJ"] = 27, ["DK"] = 18, ["DO"] = 28, ["EE"] = 20, ["EG"] = 29, ["ES"] = 24, ["FI"] = 18, ["FK"] = 18, ["FO"] = 18,
        ["FR"] = 27, ["GB"] = 22, ["GE"] = 22, ["GI"] = 23, ["GL"] = 18, ["GR"] = 27, ["GT"] = 28, ["HN"] = 28, ["HR"] = 21, ["HU"] = 28, ["IE"] = 22, ["IL"] = 23, ["IQ"] = 23,
        ["IS"] = 26, ["IT"] = 27, ["JO"] = 30, ["KW"] = 30, ["KZ"] = 20, ["LB"] = 28, ["LC"] = 32, ["LI"] = 21, ["LT"] = 20, ["LU"] = 20, ["LV"] = 21, ["LY"] = 25, ["MC"] = 27,
        ["MD"] = 24, ["ME"] = 22, ["MK"] = 19, ["MN"] = 20, ["MR"] = 27, ["MT"] = 31, ["MU"] = 30, ["NI"] = 28, ["NL"] = 18, ["NO"] = 15, ["OM"] = 23, ["PK"] = 24, ["PL"] = 28,
        ["PS"] = 29, ["PT"] = 25, ["QA"] = 29, ["RO"] = 24, ["RS"] = 22, ["RU"] = 33, ["SA"] = 24, ["SC"] = 31, ["SD"] = 18, ["SE"] = 24, ["SI"] = 19, ["SK"] = 24, ["SM"] = 27,
        ["SO"] = 23, ["ST"] = 25, ["SV"] = 28, ["TL"] = 23, ["TN"] = 24, ["TR"] = 26, ["UA"] = 29, ["VA"] = 22, ["VG"] = 24, ["XK"] = 20, ["YE"] = 30,
    };

    private static readonly ByteSet s_phone = new("0-9 ().-");

    public static void Verify(in Site site)
    {
        byte first = site.Text[site.At];
        if (first == '+' || first == '(')
        {
            VerifyPhone(site);
        }
        else if (ByteSet.Upper[first])
        {
            VerifyIban(site);
        }
        else
        {
            VerifyCard(site);
            VerifyNational(site);
        }
    }

    /// <summary>Whether the value under a phone's name is a number of a plausible length.</summary>
    public static bool IsPhoneValue(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> bare = value.StartsWith("%2B"u8) || value.StartsWith("%2b"u8) ? value[3..] : value.TrimStart("+"u8);
        int digits = Shape.Digits(bare);
        return Shape.IsAll(bare, s_phone) && digits is >= 8 and <= 15;
    }

    private static void VerifyCard(in Site site)
    {
        Span<byte> digits = stackalloc byte[MaxCard + 1];
        int end = CardEnd(site.Text, site.At, digits, out int count);
        if (end > 0)
        {
            site.Report(site.At, end, RuleTable.Card, site.Context.Identify(digits[..count]));
        }
    }

    /// <summary>End of the card that starts at <paramref name="at"/>, or -1.</summary>
    private static int CardEnd(ReadOnlySpan<byte> text, int at, Span<byte> digits, out int count)
    {
        count = 0;
        if (!StartsNumber(text, at))
        {
            return -1;
        }

        // The next number may be taken for the last group: then the card ends where the groups before it made one.
        int end = -1;
        int read = 0;
        int i = at;
        byte separator = 0;
        while (i < text.Length && read < digits.Length)
        {
            if (ByteSet.Digit[text[i]])
            {
                digits[read++] = text[i++];
            }
            else if (read % 4 is 0 or 2 && read >= 4 && text[i] is (byte)' ' or (byte)'-' && (separator == 0 || separator == text[i]) && i + 1 < text.Length && ByteSet.Digit[text[i + 1]])
            {
                (end, count) = EndsCard(text, at, i, digits[..read], separator) ? (i, read) : (end, count);
                separator = text[i++];
            }
            else
            {
                break;
            }
        }

        (end, count) = EndsCard(text, at, i, digits[..read], separator) ? (i, read) : (end, count);
        return end;
    }

    private static bool EndsCard(ReadOnlySpan<byte> text, int at, int end, ReadOnlySpan<byte> digits, byte separator) =>
        IsCard(digits) && EndsNumber(text, end) && !(separator == ' ' && InTable(text, at, end));

    /// <summary>Whether the groups are a stretch of a longer row of numbers; a group of another number, joined by hyphens or dots, is none of a row.</summary>
    private static bool InTable(ReadOnlySpan<byte> text, int start, int end)
    {
        int before = start > 0 && text[start - 1] == ' ' ? ByteSet.UpperHex.RunBack(text, start - 1, 6) : 0;
        int after = end < text.Length && text[end] == ' ' ? ByteSet.UpperHex.Run(text, end + 1, 6) : 0;
        int first = start - 1 - before;
        int last = end + 1 + after;
        bool rowBefore = before is 4 or 5 && !(first > 0 && text[first - 1] is (byte)'-' or (byte)'.') && !HasNationalShape(text, start - 1 - NationalLength) && !IsBehindIban(text, start - 1);
        bool rowAfter = after is 4 or 5 && !(last + 1 < text.Length && text[last] is (byte)'-' or (byte)'.' && ByteSet.Digit[text[last + 1]]) && IbanEnd(text, end + 1, stackalloc byte[MaxIban], out _) < 0;
        return rowBefore || rowAfter;
    }

    private static bool IsCard(ReadOnlySpan<byte> digits)
    {
        if (digits.Length is < MinCard or > MaxCard || Shape.Distinct(digits) < 2)
        {
            return false;
        }

        int six = 0;
        for (int i = 0; i < 6; i++)
        {
            six = (six * 10) + digits[i] - '0';
        }

        int four = six / 100;
        bool brand = digits[0] switch
        {
            (byte)'4' => digits.Length is 13 or 16 or 19,
            (byte)'5' => digits.Length == 16 && four is >= 5100 and < 5600 || (digits.Length is >= 12 and <= 19 && four is 5018 or 5020 or 5038 or 5893),
            (byte)'2' => digits.Length == 16 && four is >= 2221 and <= 2720,
            (byte)'3' => four / 100 is 34 or 37 ? digits.Length == 15 : four / 100 is 36 or 38 or 39 || four is >= 3000 and <= 3059 ? digits.Length == 14 : four is >= 3528 and <= 3589 && digits.Length == 16,
            (byte)'6' => four == 6011 || four is >= 6440 and <= 6599 || four / 100 == 62 || four is 6304 or 6759 or 6761 or 6762 or 6763 ? digits.Length is >= 16 and <= 19 : false,
            _ => false,
        };
        return brand && Luhn(digits);
    }

    private static void VerifyNational(in Site site)
    {
        if (IsNational(site.Text, site.At))
        {
            site.Report(site.At, site.At + NationalLength, RuleTable.Phone, site.Context.Identify(site.Text.Slice(site.At, NationalLength)));
        }
    }

    /// <summary>Whether <c>415-555-0132</c> stands at <paramref name="at"/>.</summary>
    private static bool IsNational(ReadOnlySpan<byte> text, int at) =>
        HasNationalShape(text, at) && StartsNumber(text, at) && EndsNumber(text, at + NationalLength)
        && !(text[at + 3] == ' ' && at >= 2 && text[at - 1] == ' ' && ByteSet.Digit[text[at - 2]] && !IsBehindNumber(text, at - 1));

    private static bool HasNationalShape(ReadOnlySpan<byte> text, int at) =>
        at >= 0 && at + NationalLength <= text.Length && ByteSet.Digit.Run(text, at, 4) == 3 && text[at] >= '2' && text[at + 4] >= '2' && text[at + 3] == text[at + 7]
        && ByteSet.Digit.Run(text, at + 4, 4) == 3 && ByteSet.Digit.Run(text, at + 8, 5) == 4;

    /// <summary>Whether a card, an account or a number of the same shape ends at <paramref name="end"/>: then no row of numbers goes on here.</summary>
    private static bool IsBehindNumber(ReadOnlySpan<byte> text, int end)
    {
        Span<byte> digits = stackalloc byte[MaxCard + 1];
        for (int start = end - MinCard; start >= Math.Max(0, end - MaxCardLength); start--)
        {
            if (ByteSet.Digit[text[start]] && CardEnd(text, start, digits, out _) == end)
            {
                return true;
            }
        }

        return HasNationalShape(text, end - NationalLength) || IsBehindIban(text, end);
    }

    private static void VerifyPhone(in Site site)
    {
        int end = PhoneEnd(site.Text, site.At);
        if (end > 0)
        {
            site.Report(site.At, end, RuleTable.Phone, site.Context.Identify(site.Text[site.At..end]));
        }
    }

    /// <summary>End of the phone number that starts with the sign or parenthesis at <paramref name="at"/>, or -1.</summary>
    private static int PhoneEnd(ReadOnlySpan<byte> text, int at)
    {
        if (!StartsNumber(text, at))
        {
            return -1;
        }

        int end = NumberEnd(text, at + 1);
        ReadOnlySpan<byte> number = text[(at + 1)..end];
        int digits = Shape.Digits(number);
        return EndsNumber(text, end) && (text[at] == '+' ? IsInternational(number, digits) : IsAreaCode(number, digits)) ? end : -1;
    }

    /// <summary>Country code 1-9, nine to fifteen digits, no decimals.</summary>
    private static bool IsInternational(ReadOnlySpan<byte> number, int digits)
    {
        int dots = number.Count((byte)'.');
        return number[0] is >= (byte)'1' and <= (byte)'9' && digits is >= MinPhone and <= MaxPhone && dots != 1 && (number.Length > digits || digits >= 10);
    }

    /// <summary><c>(415) 555-0132</c>.</summary>
    private static bool IsAreaCode(ReadOnlySpan<byte> number, int digits)
    {
        int close = number.IndexOf((byte)')');
        bool year = close == 4 && number[0] is (byte)'1' or (byte)'2' && number[1] is (byte)'9' or (byte)'0';
        return close is >= 2 and <= 5 && !year && digits is >= MinPhone and <= 12 && Shape.Digits(number[..close]) == close && number.Length - close >= 7 && number.Length > close + 1 + (digits - close);
    }

    /// <summary>Digits with single separators between groups of at least two; behind the country code one may stand alone, as in <c>+33 6 12 34 56 78</c>.</summary>
    private static int NumberEnd(ReadOnlySpan<byte> text, int from)
    {
        int i = from;
        int end = from;
        int digits = 0;
        int beforeParenthesis = 0;
        while (i < text.Length && i - from < MaxPhoneLength && digits <= MaxPhone)
        {
            if (ByteSet.Digit[text[i]])
            {
                i++;
                digits++;
                end = i;
                continue;
            }

            int gap = 0;
            while (gap < 2 && i + gap < text.Length && text[i + gap] is (byte)' ' or (byte)'(' or (byte)')' or (byte)'.' or (byte)'-')
            {
                gap++;
            }

            if (gap == 0 || i + gap + 1 >= text.Length || !ByteSet.Digit[text[i + gap]] || !(ByteSet.Digit[text[i + gap + 1]] || (digits <= MaxCountry && text[from - 1] == '+' && text[i + gap + 1] is (byte)' ' or (byte)'-' or (byte)'.')) || (digits >= MinPhone && StartsOther(text, i + gap)))
            {
                break;
            }

            beforeParenthesis = digits >= MinPhone && text[i + gap - 1] == '(' ? end : beforeParenthesis;
            i += gap;
        }

        // Too much for one number: what begins with the parenthesis is the next.
        return beforeParenthesis > 0 && (digits > MaxPhone || i - from >= MaxPhoneLength) ? beforeParenthesis : end;
    }

    /// <summary>
    /// Whether the group at <paramref name="at"/> begins a number that is reported for itself. Together with it no number is a phone's, so
    /// the one in front is judged as it will stand when the other is gone.
    /// </summary>
    private static bool StartsOther(ReadOnlySpan<byte> text, int at) =>
        CardEnd(text, at, stackalloc byte[MaxCard + 1], out _) > 0 || IsNational(text, at);

    private static void VerifyIban(in Site site)
    {
        Span<byte> account = stackalloc byte[MaxIban];
        int end = IbanEnd(site.Text, site.At, account, out int count);
        if (end > 0)
        {
            site.Report(site.At, end, RuleTable.Iban, site.Context.Identify(account[..count]));
        }
    }

    /// <summary>End of the account that starts at <paramref name="at"/>, or -1.</summary>
    private static int IbanEnd(ReadOnlySpan<byte> text, int at, Span<byte> account, out int count)
    {
        count = 0;
        if (!StartsNumber(text, at) || at + 1 >= text.Length || !s_ibanLength.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue([(char)text[at], (char)text[at + 1]], out int length))
        {
            return -1;
        }

        int i = at;
        while (i < text.Length && count < length)
        {
            if (ByteSet.UpperAlnum[text[i]])
            {
                account[count++] = text[i++];
            }
            else if (count >= 4 && count % 4 == 0 && text[i] is (byte)' ' or (byte)'-' or (byte)'+' || (count >= 4 && count % 4 == 0 && text[i] == '%' && Escapes.HexPair(text, i + 1) == ' '))
            {
                i += text[i] == '%' ? 3 : 1;
            }
            else
            {
                return -1;
            }
        }

        return count == length && EndsNumber(text, i) && Mod97(account[..count]) == 1 ? i : -1;
    }

    /// <summary>Whether an account, in groups or not, ends at <paramref name="end"/>.</summary>
    private static bool IsBehindIban(ReadOnlySpan<byte> text, int end)
    {
        Span<byte> account = stackalloc byte[MaxIban];
        for (int start = end - MinIban; start >= Math.Max(0, end - MaxIbanLength); start--)
        {
            if (ByteSet.Upper[text[start]] && ByteSet.Upper[text[start + 1]] && IbanEnd(text, start, account, out _) == end)
            {
                return true;
            }
        }

        return false;
    }

    internal static int Mod97(ReadOnlySpan<byte> account)
    {
        int rest = 0;
        for (int i = 0; i < account.Length; i++)
        {
            byte c = account[(i + 4) % account.Length];
            rest = c <= '9' ? ((rest * 10) + c - '0') % 97 : ((rest * 100) + c - 'A' + 10) % 97;
        }

        return rest;
    }

    internal static bool Luhn(ReadOnlySpan<byte> digits)
    {
        int sum = 0;
        for (int i = digits.Length - 1, place = 0; i >= 0; i--, place++)
        {
            int value = digits[i] - '0';
            value = (place & 1) == 1 ? value * 2 : value;
            sum += value > 9 ? value - 9 : value;
        }

        return sum % 10 == 0;
    }

    private static bool StartsNumber(ReadOnlySpan<byte> text, int start) =>
        start == 0 || (Escapes.LeftBoundary(text, start) && !"-.+$#/"u8.Contains(text[start - 1])) || (start >= 3 && text[start - 1] is (byte)'-' && text[start - 2] is (byte)' ');

    private static bool EndsNumber(ReadOnlySpan<byte> text, int end) =>
        end >= text.Length || (!ByteSet.Word[text[end]] && !(text[end] is (byte)'-' or (byte)'.' or (byte)',' or (byte)':' && end + 1 < text.Length && ByteSet.Alnum[text[end + 1]] && text[end] != ','));
}
