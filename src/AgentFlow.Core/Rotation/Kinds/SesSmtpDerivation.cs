using System.Security.Cryptography;
using System.Text;
using AgentFlow.Safety;

namespace AgentFlow.Rotation.Kinds;

/// <summary>
/// The SES SMTP password of an IAM secret, as AWS documents it: base64(0x04 ‖ signature), where the signature is the chain of
/// HMAC-SHA256 over "11111111", the region, "ses", "aws4_request" and "SendRawEmail", beginning with "AWS4" + secret.
/// </summary>
public static class SesSmtpDerivation
{
    private const byte Version = 0x04;

    /// <summary>Derives the password for one region.</summary>
    public static Secret Derive(Secret accessKeySecret, string region)
    {
        ArgumentNullException.ThrowIfNull(accessKeySecret);
        byte[] signature = accessKeySecret.Use(secret =>
        {
            byte[] key = [.. "AWS4"u8, .. secret];
            byte[] first = HMACSHA256.HashData(key, "11111111"u8);
            CryptographicOperations.ZeroMemory(key);
            return first;
        });
        foreach (string text in (ReadOnlySpan<string>)[region, "ses", "aws4_request", "SendRawEmail"])
        {
            signature = HMACSHA256.HashData(signature, Encoding.UTF8.GetBytes(text));
        }

        char[] password = new char[44];
        Convert.TryToBase64Chars([Version, .. signature], password, out int length);
        Secret derived = Secret.FromChars(password.AsSpan(0, length));
        Array.Clear(password);
        return derived;
    }
}
