using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Iam;

namespace AgentFlow.Sandbox.Hosting;

/// <summary>The credentials that agentflow.json describes for rotation.</summary>
internal static class CredentialsConfig
{
    public static JsonArray Write() =>
    [
        One("session-secret", "GeneratedSecret", new() { ["AUTH_SECRET"] = "secret" }),
        One("stripe-webhook", "StripeWebhookSecret", new() { ["STRIPE_WEBHOOK_SECRET"] = "secret" }),
        One("supabase-secret", "SupabaseApiKey", new() { ["SUPABASE_SERVICE_ROLE_KEY"] = "secret" }, production: true),
        One("aws-key", "AwsIamAccessKey", new() { ["AWS_ACCESS_KEY_ID"] = "id", ["AWS_SECRET_ACCESS_KEY"] = "secret" }, user: IamState.UserName),
        One("smtp-password", "SesSmtpPassword", new() { ["SMTP_USERNAME"] = "id", ["SMTP_PASSWORD"] = "password" }, user: IamState.SmtpName),
        One("openai-key", "GenericManual", new() { ["OPENAI_API_KEY"] = "secret" }),
    ];

    private static JsonObject One(string name, string kind, JsonObject variables, bool production = false, string? user = null)
    {
        JsonObject one = new() { ["name"] = name, ["kind"] = kind, ["variables"] = variables, ["sharedWith"] = new JsonArray(), ["maxAgeDays"] = 90, ["soakMinutes"] = 60 };
        if (production)
        {
            one["targets"] = new JsonArray("production");
        }

        if (user is not null)
        {
            one["userName"] = user;
        }

        return one;
    }
}
