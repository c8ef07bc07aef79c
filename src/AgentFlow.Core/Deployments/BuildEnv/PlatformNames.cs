namespace AgentFlow.Deployments.BuildEnv;

/// <summary>
/// Variables that Vercel itself gives to a build (https://vercel.com/docs/environment-variables/system-environment-variables).
/// Only those that every project has: an operator's own VERCEL_TOKEN is not one of them.
/// </summary>
internal static class PlatformNames
{
    private const string Prefix = "VERCEL_";

    private static readonly HashSet<string> s_always = new(StringComparer.Ordinal) { "CI", "NODE_ENV", "VERCEL" };

    private static readonly HashSet<string> s_exposed = new(StringComparer.Ordinal)
    {
        "ENV", "TARGET_ENV", "URL", "BRANCH_URL", "PROJECT_PRODUCTION_URL", "REGION", "DEPLOYMENT_ID", "PROJECT_ID",
        "GIT_PROVIDER", "GIT_REPO_SLUG", "GIT_REPO_OWNER", "GIT_REPO_ID", "GIT_COMMIT_REF", "GIT_COMMIT_SHA", "GIT_COMMIT_MESSAGE",
        "GIT_COMMIT_AUTHOR_LOGIN", "GIT_COMMIT_AUTHOR_NAME", "GIT_PREVIOUS_SHA", "GIT_PULL_REQUEST_ID",
    };

    /// <summary>True for what no setting can take away.</summary>
    public static bool IsAlwaysThere(string name) => s_always.Contains(name);

    /// <summary>True for what is there when the project exposes system variables, also behind a framework's prefix (NEXT_PUBLIC_VERCEL_URL).</summary>
    public static bool IsExposable(string name)
    {
        int at = name.IndexOf(Prefix, StringComparison.Ordinal);
        return (at == 0 || (at > 0 && name[at - 1] == '_')) && s_exposed.Contains(name[(at + Prefix.Length)..]);
    }
}
