namespace AgentFlow.Safety.Redaction;

/// <summary>Card numbers.</summary>
internal static class NumberVerifier
{
    public static void Verify(in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int digits = ByteSet.Digit.Run(text, site.At, 20);
        if (digits is >= 13 and <= 19 && Luhn(text.Slice(site.At, digits)))
        {
            site.Report(site.At, site.At + digits);
        }
    }

    public static string CardExample(Random random) => "4242424242424242";

    private static bool Luhn(ReadOnlySpan<byte> digits)
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
}
