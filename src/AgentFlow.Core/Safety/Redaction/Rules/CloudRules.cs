namespace AgentFlow.Safety.Redaction;

/// <summary>Clouds and hosting platforms.</summary>
internal static class CloudRules
{
    public static IReadOnlyList<RedactionRule> Rows { get; } =
    [
        TokenRule.Of("aws-access-key-id", "AWS access key id", "^AKIA{U:16}", "^ASIA{U:16}"),
        TokenRule.Of("supabase-secret-key", "Supabase secret API key", "sb_secret_{w:20+}"),
        TokenRule.Of("supabase-access-token", "Supabase personal access token", "sbp_{h:40+}", "sbp_v0_{h:40+}"),
        TokenRule.Of("vercel-token", "Vercel token (vcp_, vci_, vca_, vcr_, vck_)", "^vcp_{A:24+}", "^vci_{A:24+}", "^vca_{A:24+}", "^vcr_{A:24+}", "^vck_{A:24+}"),
    ];
}
