using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AgentFlow.Sandbox.Iam;

/// <summary>The account's users' keys, and who signed a request. Guarded by the sandbox's lock.</summary>
internal sealed class IamState
{
    public const string AccountId = "123456789012";
    public const string UserName = "agentflow-mailer";
    public const string SmtpName = "agentflow-smtp";
    public const string OperatorName = "operator";

    public List<IamKey> Keys { get; } = [];

    public IamKey Create(string user, DateTimeOffset now, string? id = null, string? secret = null)
    {
        IamKey key = new()
        {
            Id = id ?? "AKIA" + RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16),
            Secret = secret ?? RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 40),
            User = user,
            CreatedAt = now,
        };
        Keys.Add(key);
        return key;
    }

    /// <summary>The SES SMTP password of a key, as AWS documents its derivation.</summary>
    public static string SmtpPassword(IamKey key, string region)
    {
        byte[] signature = Encoding.UTF8.GetBytes("AWS4" + key.Secret);
        foreach (string part in (string[])["11111111", region, "ses", "aws4_request", "SendRawEmail"])
        {
            signature = HMACSHA256.HashData(signature, Encoding.UTF8.GetBytes(part));
        }

        return Convert.ToBase64String([0x04, .. signature]);
    }

    /// <summary>The active key whose Signature Version 4 a request carries; null when there is none or it does not fit.</summary>
    public IamKey? Signer(HttpRequest request, byte[] body)
    {
        string? header = request.Headers.Authorization;
        if (header is null || !header.StartsWith("AWS4-HMAC-SHA256 ", StringComparison.Ordinal))
        {
            return null;
        }

        Dictionary<string, string> parts = header[17..].Split(',', StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        string[] scope = parts.GetValueOrDefault("Credential", string.Empty).Split('/');
        IamKey? key = scope.Length == 5 ? Keys.FirstOrDefault(one => one.Id == scope[0] && one.Active) : null;
        return key is not null && Signature(request, body, key.Secret, scope, parts["SignedHeaders"]) == parts["Signature"] ? key : null;
    }

    private static string Signature(HttpRequest request, byte[] body, string secret, string[] scope, string signedHeaders)
    {
        StringBuilder canonical = new();
        canonical.Append(request.Method).Append('\n').Append(request.PathBase + request.Path).Append('\n').Append(request.QueryString.Value?.TrimStart('?')).Append('\n');
        foreach (string name in signedHeaders.Split(';'))
        {
            canonical.Append(CultureInfo.InvariantCulture, $"{name}:{request.Headers[name]}\n");
        }

        canonical.Append('\n').Append(signedHeaders).Append('\n').Append(Convert.ToHexStringLower(SHA256.HashData(body)));
        string text = $"AWS4-HMAC-SHA256\n{request.Headers["x-amz-date"]}\n{string.Join('/', scope[1..])}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())))}";
        byte[] signing = Encoding.UTF8.GetBytes("AWS4" + secret);
        foreach (string part in scope[1..])
        {
            signing = HMACSHA256.HashData(signing, Encoding.UTF8.GetBytes(part));
        }

        return Convert.ToHexStringLower(HMACSHA256.HashData(signing, Encoding.UTF8.GetBytes(text)));
    }
}
