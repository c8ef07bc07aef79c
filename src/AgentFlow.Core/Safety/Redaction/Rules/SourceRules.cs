namespace AgentFlow.Safety.Redaction;

/// <summary>Source hosting and package registries.</summary>
internal static class SourceRules
{
    public static IReadOnlyList<RedactionRule> Rows { get; } =
    [
        TokenRule.Of("github-token", "GitHub personal, OAuth, user, server or refresh token (ghp_, gho_, ghu_, ghs_, ghr_)", "ghp_{A:36+}", "gho_{A:36+}", "ghu_{A:36+}", "ghs_{A:36+}", "ghr_{A:36+}"),
        TokenRule.Of("github-fine-grained-token", "GitHub fine-grained personal access token", "github_pat_{A:22}_{A:59+}"),
        TokenRule.Of("npm-token", "npm access token", "npm_{A:36+}"),
    ];
}
