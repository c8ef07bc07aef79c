namespace AgentFlow.Safety.Redaction;

/// <summary>Passwords in <c>scheme://user:password@host</c>; the sighting is the at sign.</summary>
internal static class UriVerifier
{
    private const int MaxUserInfo = 1024;

    /// <summary>Reports the password before the at sign, if the at sign ends a user info.</summary>
    public static void VerifyUserInfo(in Site site)
    {
        ReadOnlySpan<byte> text = site.Text;
        int start = AuthorityStart(text, site.At);
        if (start < 0)
        {
            return;
        }

        int colon = text[start..site.At].IndexOf((byte)':');
        if (colon >= 0 && start + colon + 1 < site.At && !text[(start + colon + 1)..].StartsWith(Placeholder.Start))
        {
            site.Report(start + colon + 1, site.At);
        }
    }

    /// <summary>Start of the authority that holds <paramref name="at"/>, or -1.</summary>
    public static int AuthorityStart(ReadOnlySpan<byte> text, int at)
    {
        int lowest = Math.Max(0, at - MaxUserInfo);
        for (int i = at - 1; i >= lowest + 2; i--)
        {
            byte c = text[i];
            if (c == '/' && text[i - 1] == '/' && text[i - 2] == ':')
            {
                return i + 1;
            }

            if (c is <= (byte)' ' or (byte)'"' or (byte)'\'' or (byte)'`' or (byte)'<' or (byte)'>')
            {
                return -1;
            }
        }

        return -1;
    }

    public static string Example(Random random) => $"postgres://app:{TokenPattern.Parse("pw{A:16}").Example(random)}@db.internal:5432/prod";
}
