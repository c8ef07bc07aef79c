using System.Buffers.Text;
using System.Security.Cryptography;
using AgentFlow.Safety;

namespace AgentFlow.Rotation.Kinds;

/// <summary>Values made here: 32 random bytes as 43 characters of base64url, safe in URLs, shells and SQL.</summary>
internal static class RandomValue
{
    public static Secret Create()
    {
        Span<byte> random = stackalloc byte[32];
        RandomNumberGenerator.Fill(random);
        Span<byte> text = stackalloc byte[Base64Url.GetEncodedLength(random.Length)];
        Base64Url.EncodeToUtf8(random, text);
        Secret secret = Secret.FromUtf8(text);
        CryptographicOperations.ZeroMemory(random);
        CryptographicOperations.ZeroMemory(text);
        return secret;
    }
}
