using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using AgentFlow.Sandbox.Hosting;

namespace AgentFlow.Sandbox.Access;

/// <summary>Every credential that the sandbox accepts. They last as long as the process; scenarios change what they may do.</summary>
internal sealed class TokenBook(StateFolder folder)
{
    private readonly ConcurrentDictionary<string, IssuedToken> _byName = new(StringComparer.Ordinal);
    private readonly byte[] _fingerprintKey = RandomNumberGenerator.GetBytes(32);

    /// <summary>Makes a token of <paramref name="prefix"/> and <paramref name="length"/> random characters and puts it into a file of its own.</summary>
    public IssuedToken Issue(string provider, string name, string prefix, int length)
    {
        string value = prefix + RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789", length);
        IssuedToken token = new(provider, name, value, folder.Write($"{provider}-{name}.token", value));
        return _byName[$"{provider}/{name}"] = token;
    }

    public IssuedToken Get(string provider, string name) => _byName[$"{provider}/{name}"];

    /// <summary>The token of <paramref name="provider"/> that an Authorization header carries, or null.</summary>
    public IssuedToken? Find(string provider, string? authorization)
    {
        // GitHub also takes the older scheme "token".
        string[] parts = authorization?.Split(' ', 2) ?? [];
        if (parts.Length != 2 || !(parts[0].Equals("Bearer", StringComparison.OrdinalIgnoreCase) || parts[0].Equals("token", StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        byte[] given = Encoding.UTF8.GetBytes(parts[1].Trim());
        return _byName.Values.FirstOrDefault(token => token.Provider == provider && CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(token.Value)));
    }

    /// <summary>Tells two credentials apart without telling either: a keyed hash whose key ends with the process.</summary>
    public string Fingerprint(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(_fingerprintKey, Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
