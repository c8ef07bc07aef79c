namespace AgentFlow.Shell.LineEditing;

/// <summary>Judges whether a typed line may hold a secret. It errs on the side of leaving a line out of the history file.</summary>
internal static class SecretLine
{
    // Words that name a secret, as PSReadLine has them and some more.
    private static readonly string[] Words =
    [
        "password", "passwd", "passphrase", "asplaintext", "securestring", "credential", "token", "apikey", "api_key", "api-key", "accesskey", "access_key", "access-key",
        "privatekey", "private_key", "private-key", "secret", "bearer ", "connectionstring", "connection_string",
    ];

    // How the keys of the services that this product deals with begin (each vendor documents its own).
    private static readonly string[] Beginnings =
    [
        "sk_", "rk_", "whsec_", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "AKIA", "ASIA", "sbp_", "sb_secret_", "eyJ", "xoxb-", "xoxp-", "sk-", "-----BEGIN",
    ];

    /// <summary>True when the line names a secret, shows a key, or has a password in an URL.</summary>
    public static bool MayHoldSecret(string line) =>
        Words.Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase))
        || Beginnings.Any(beginning => StartsWord(line, beginning))
        || HasUserInfo(line);

    private static bool StartsWord(string line, string beginning)
    {
        for (int at = line.IndexOf(beginning, StringComparison.Ordinal); at >= 0; at = line.IndexOf(beginning, at + 1, StringComparison.Ordinal))
        {
            if (at == 0 || !(char.IsLetterOrDigit(line[at - 1]) || line[at - 1] == '_'))
            {
                return true;
            }
        }

        return false;
    }

    // scheme://user:password@host
    private static bool HasUserInfo(string line)
    {
        for (int at = line.IndexOf("://", StringComparison.Ordinal); at >= 0; at = line.IndexOf("://", at + 1, StringComparison.Ordinal))
        {
            ReadOnlySpan<char> rest = line.AsSpan(at + 3);
            int end = rest.IndexOfAny("/ '\"");
            ReadOnlySpan<char> authority = end < 0 ? rest : rest[..end];
            int host = authority.LastIndexOf('@');
            if (host > 0 && authority[..host].Contains(':'))
            {
                return true;
            }
        }

        return false;
    }
}
