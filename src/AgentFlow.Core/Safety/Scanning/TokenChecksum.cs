namespace AgentFlow.Safety.Scanning;

/// <summary>
/// The check characters of GitHub's and npm's tokens: behind 30 random characters the CRC-32 of these in six digits of base 62. A token
/// with wrong ones was never issued. Only a search tells it; redaction hides either.
/// </summary>
internal static class TokenChecksum
{
    private const int Random = 30;
    private const int Check = 6;
    private const uint Polynomial = 0xEDB88320;

    private static ReadOnlySpan<byte> Digits => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8;

    /// <summary>Whether the check characters fit; null where a value has none.</summary>
    public static bool? Holds(string rule, ReadOnlySpan<byte> value)
    {
        if (rule is not ("github-token" or "npm-token") || value.Length != 4 + Random + Check || value[3] != '_')
        {
            return null;
        }

        ReadOnlySpan<byte> random = value.Slice(4, Random);
        uint rest = Crc32(random);
        for (int i = value.Length - 1; i >= 4 + Random; i--)
        {
            if (value[i] != Digits[(int)(rest % 62)])
            {
                return false;
            }

            rest /= 62;
        }

        return true;
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Polynomial;
            }
        }

        return ~crc;
    }
}
