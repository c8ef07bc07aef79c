using System.Security.Cryptography;
using AgentFlow.Faults;

namespace AgentFlow.Safety.Scanning;

/// <summary>The key that fingerprints are made with. It is not in the baseline: a short value could be guessed from the two together.</summary>
public static class FingerprintKey
{
    /// <summary>Bytes of a key.</summary>
    public const int Length = 16;

    private const int LeastGiven = 16;

    /// <summary>The key that a shared secret gives, the same everywhere.</summary>
    /// <exception cref="AfFaultException">AfFingerprintKeyInvalid: shorter than 16 bytes.</exception>
    public static byte[] From(Secret secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return secret.ByteCount >= LeastGiven
            ? secret.Use(static bytes => HKDF.Expand(HashAlgorithmName.SHA256, HKDF.Extract(HashAlgorithmName.SHA256, bytes.ToArray()), Length, "agentflow fingerprint 1"u8.ToArray()))
            : throw new AfFaultException(
                FaultKind.InvalidArgument,
                FaultId.FingerprintKeyInvalid,
                $"The fingerprint key has fewer than {LeastGiven} bytes.",
                "Give a long random text, the same for everybody who shares the baseline, from a vault or a CI secret.");
    }

    /// <summary>What a baseline keeps to notice another key; the key cannot be told from it.</summary>
    public static string CheckOf(ReadOnlySpan<byte> key) => Convert.ToHexStringLower(HMACSHA256.HashData(key, "agentflow baseline 1"u8)[..8]);
}
