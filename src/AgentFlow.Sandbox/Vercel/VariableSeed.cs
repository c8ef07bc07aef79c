using System.Security.Cryptography;
using AgentFlow.Sandbox.Hosting;
using AgentFlow.Sandbox.Scenarios;

namespace AgentFlow.Sandbox.Vercel;

/// <summary>The project's environment variables. Secret values are made at run time.</summary>
internal static class VariableSeed
{
    private static readonly string[] s_all = ["production", "preview", "development"];
    private static readonly string[] s_deployed = ["production", "preview"];
    private static readonly string[] s_production = ["production"];
    private static readonly string[] s_preview = ["preview", "development"];

    /// <summary>What the missing-env scenario leaves out of production.</summary>
    public static IReadOnlyList<string> LeftOut { get; } = ["STRIPE_WEBHOOK_SECRET", "SUPABASE_SERVICE_ROLE_KEY"];

    public static void Add(VercelState state, SandboxState sandbox, long now)
    {
        (string Key, string Type, string[] Targets, string Value)[] variables =
        [
            ("NEXT_PUBLIC_APP_NAME", "plain", s_all, sandbox.Canary.In("AgentFlow")),
            ("NEXT_PUBLIC_SUPABASE_URL", "plain", s_all, "https://agentflowproductionx.supabase.invalid"),
            ("NEXT_PUBLIC_SUPABASE_ANON_KEY", "encrypted", s_all, Random("sb_publishable_")),
            ("SUPABASE_SERVICE_ROLE_KEY", "sensitive", s_production, Random("sb_secret_")),
            ("SUPABASE_SERVICE_ROLE_KEY", "encrypted", s_preview, Random("sb_secret_")),
            ("STRIPE_SECRET_KEY", "sensitive", s_production, Random("rk_" + "live_")),
            ("STRIPE_SECRET_KEY", "encrypted", s_preview, Random("rk_" + "test_")),
            ("STRIPE_WEBHOOK_SECRET", "sensitive", s_production, Random("whsec_")),
            ("AUTH_SECRET", "sensitive", s_deployed, Random(string.Empty)),
            ("OPENAI_API_KEY", "sensitive", s_deployed, Random("sk-proj-")),
            ("AWS_REGION", "plain", s_deployed, "eu-central-1"),
            ("AWS_ACCESS_KEY_ID", "encrypted", s_deployed, "AKIA" + RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)),
            ("AWS_SECRET_ACCESS_KEY", "sensitive", s_deployed, Random(string.Empty)),
        ];
        bool leaveOut = sandbox.Has(Trait.MissingEnv);
        foreach ((string key, string type, string[] targets, string value) in variables)
        {
            if (leaveOut && LeftOut.Contains(key) && targets.Contains("production"))
            {
                continue;
            }

            state.Variables.Add(new()
            {
                Id = VercelIds.Variable($"{key} {targets[0]}"),
                ProjectId = VercelState.ProjectId,
                Key = key,
                Value = value,
                Type = type,
                Targets = targets,
                Comment = sandbox.Canary.In("set up by the platform team"),
                CreatedAt = now - 8_640_000_000,
                UpdatedAt = now - 864_000_000,
            });
        }
    }

    private static string Random(string prefix) => prefix + RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 40);
}
