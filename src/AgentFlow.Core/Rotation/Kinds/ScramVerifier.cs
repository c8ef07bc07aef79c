using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AgentFlow.Faults;
using AgentFlow.Safety;

namespace AgentFlow.Rotation.Kinds;

/// <summary>
/// Builds what PostgreSQL stores for a password (RFC 5802, RFC 7677), so that neither the server's log nor the wire sees the text:
/// <c>SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey</c>.
/// </summary>
public static class ScramVerifier
{
    /// <summary>PostgreSQL's own default.</summary>
    public const int Iterations = 4096;

    /// <summary>The verifier with a fresh 16-byte salt.</summary>
    public static string Create(Secret password) => Create(password, RandomNumberGenerator.GetBytes(16), Iterations);

    /// <summary>The verifier with a given salt.</summary>
    /// <exception cref="AfFaultException">The password is not printable ASCII, for which SASLprep would have to be applied.</exception>
    public static string Create(Secret password, byte[] salt, int iterations)
    {
        ArgumentNullException.ThrowIfNull(password);
        byte[] salted = password.Use(value => value.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E)
            ? throw new AfFaultException(
                FaultKind.InvalidArgument, FaultId.RotationValueRefused, "A role's password must be printable ASCII.", "Let the rotation make it, or give one of letters and digits.")
            : Rfc2898DeriveBytes.Pbkdf2(value, salt, iterations, HashAlgorithmName.SHA256, 32));
        try
        {
            byte[] storedKey = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
            byte[] serverKey = HMACSHA256.HashData(salted, "Server Key"u8);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"SCRAM-SHA-256${iterations}:{Convert.ToBase64String(salt)}${Convert.ToBase64String(storedKey)}:{Convert.ToBase64String(serverKey)}");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(salted);
        }
    }

    /// <summary>The client's proof for a given exchange; what the RFC's test vector shows.</summary>
    /// <param name="password">The password.</param>
    /// <param name="salt">From the server's first message.</param>
    /// <param name="iterations">From the server's first message.</param>
    /// <param name="authMessage">client-first-bare, server-first and client-final-without-proof, joined by commas.</param>
    internal static string ClientProof(Secret password, byte[] salt, int iterations, string authMessage)
    {
        byte[] salted = password.Use(value => Rfc2898DeriveBytes.Pbkdf2(value, salt, iterations, HashAlgorithmName.SHA256, 32));
        byte[] clientKey = HMACSHA256.HashData(salted, "Client Key"u8);
        byte[] signature = HMACSHA256.HashData(SHA256.HashData(clientKey), Encoding.UTF8.GetBytes(authMessage));
        return Convert.ToBase64String([.. clientKey.Zip(signature, static (left, right) => (byte)(left ^ right))]);
    }
}
