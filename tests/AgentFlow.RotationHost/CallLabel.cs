namespace AgentFlow.RotationHost;

/// <summary>The name of an outside call: what is asked of whom, without the ids that differ between runs.</summary>
internal static class CallLabel
{
    private const int LongestWord = 24;
    private static readonly string[] s_providers = ["vercel", "github", "stripe", "supabase", "iam", "sts", "ses"];

    /// <summary><c>POST vercel/v10/projects/*/env</c>; <c>POST iam/ CreateAccessKey</c>; <c>GET app/</c>.</summary>
    /// <param name="method">The request's.</param>
    /// <param name="path">Its first part names the provider; any other path is the application's.</param>
    /// <param name="action">What a form asks for; null when it does not say.</param>
    public static string Of(string method, string path, string? action)
    {
        ArgumentNullException.ThrowIfNull(path);
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        bool provider = parts is [{ } first, ..] && s_providers.Contains(first);
        IEnumerable<string> words = (provider ? parts[1..] : parts).Select(static part => IsWord(part) ? part : "*");
        return $"{method} {(provider ? parts[0] : "app")}/{string.Join('/', words)}{(action is null ? string.Empty : " " + action)}";
    }

    /// <summary>Whether a call asks for a change. Some questions are posted.</summary>
    public static bool Reads(string label)
    {
        ArgumentNullException.ThrowIfNull(label);
        return label.StartsWith("GET ", StringComparison.Ordinal) || label.Contains(" Get", StringComparison.Ordinal) || label.Contains(" List", StringComparison.Ordinal)
            || label.EndsWith("/fingerprint", StringComparison.Ordinal);
    }

    // v10 is a version; anything else with a digit, or too long for a word, is an id.
    private static bool IsWord(string part) => part.Length <= LongestWord && (part is ['v', .. { Length: > 0 } version] && version.All(char.IsAsciiDigit) || !part.Any(char.IsAsciiDigit));
}
