using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;

namespace AgentFlow.Benchmarks.Rotation;

/// <summary>One unattended kind: which credential of the sandbox it is, and what makes its value work.</summary>
/// <param name="Credential">Name in the sandbox's config.</param>
/// <param name="Variable">Variable that carries the secret.</param>
/// <param name="Owner">Who holds it in the audit; null when no provider does.</param>
/// <param name="Provider">Whose requests are disturbed.</param>
internal sealed record CampaignKind(string Credential, string Variable, string? Owner, string Provider)
{
    public static IReadOnlyList<CampaignKind> All { get; } =
    [
        new("session-secret", "AUTH_SECRET", null, "vercel"),
        new("stripe-webhook", "STRIPE_WEBHOOK_SECRET", "stripe", "stripe"),
        new("supabase-secret", "SUPABASE_SERVICE_ROLE_KEY", "supabase", "supabase"),
        new("aws-key", "AWS_SECRET_ACCESS_KEY", "iam/agentflow-mailer", "iam"),
        new("smtp-password", "SMTP_PASSWORD", "iam/agentflow-smtp", "iam"),
        new("database-password", "DATABASE_URL", null, "vercel"),
    ];

    /// <summary>Whether a value opens what it is for.</summary>
    public async Task<bool> WorksAsync(string? value, JsonNode truth)
    {
        if (string.IsNullOrEmpty(value))
        {
            return false;
        }

        if (Credential == "database-password")
        {
            return await OpensDatabaseAsync(new(value));
        }

        return Owner is null || Mine(truth).Any(one => one["works"]!.GetValue<bool>() && (one["value"]!.GetValue<string>() == value || SmtpPassword(one["value"]!.GetValue<string>()) == value));
    }

    /// <summary>Whether the old value can be told to work or not.</summary>
    public bool HasProvider => Owner is not null || Credential == "database-password";

    /// <summary>The provider's credentials of this kind.</summary>
    public IEnumerable<JsonNode> Mine(JsonNode truth) => truth["credentials"]!.AsArray().Where(one => one!["owner"]!.GetValue<string>() == Owner)!;

    private static async Task<bool> OpensDatabaseAsync(Uri url)
    {
        string[] user = url.UserInfo.Split(':', 2);
        NpgsqlConnectionStringBuilder settings = new()
        {
            Host = url.Host,
            Port = url.Port,
            Database = url.AbsolutePath.Trim('/'),
            Username = Uri.UnescapeDataString(user[0]),
            Password = Uri.UnescapeDataString(user[1]),
            Pooling = false,
        };
        try
        {
            await using NpgsqlConnection connection = new(settings.ToString());
            await connection.OpenAsync();
            return true;
        }
        catch (PostgresException)
        {
            return false;
        }
    }

    private static string SmtpPassword(string secret)
    {
        byte[] signature = Encoding.UTF8.GetBytes("AWS4" + secret);
        foreach (string part in (string[])["11111111", "eu-central-1", "ses", "aws4_request", "SendRawEmail"])
        {
            signature = HMACSHA256.HashData(signature, Encoding.UTF8.GetBytes(part));
        }

        return Convert.ToBase64String([0x04, .. signature]);
    }
}
