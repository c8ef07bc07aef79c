namespace AgentFlow.Deployments;

/// <summary>Compares what a running app says it is with the deployment that it should be.</summary>
public static class StampRule
{
    private const int ShortestSha = 7;
    private const int LongestSha = 64;

    /// <summary>Compares a deployment id, or a commit SHA of at least seven digits.</summary>
    public static StampMatch Compare(string stamp, string deploymentId, string? commitSha)
    {
        ArgumentNullException.ThrowIfNull(stamp);
        string value = stamp.Trim();
        if (value == deploymentId)
        {
            return StampMatch.Same;
        }

        if (value.StartsWith("dpl_", StringComparison.Ordinal))
        {
            return StampMatch.Other;
        }

        bool isSha = value.Length is >= ShortestSha and <= LongestSha && value.All(char.IsAsciiHexDigit);
        return !isSha || commitSha is null ? StampMatch.Undecidable
            : commitSha.StartsWith(value, StringComparison.OrdinalIgnoreCase) ? StampMatch.Same : StampMatch.Other;
    }
}
