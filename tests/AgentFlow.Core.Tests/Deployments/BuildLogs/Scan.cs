using AgentFlow.Deployments.BuildLogs;

namespace AgentFlow.Core.Tests.Deployments.BuildLogs;

/// <summary>A log in, its missing names out.</summary>
internal static class Scan
{
    public static IReadOnlyList<MissingEnv> All(string log)
    {
        MissingEnvScanner scanner = new();
        List<MissingEnv> found = [];
        foreach (string line in log.Split('\n'))
        {
            found.AddRange(scanner.Feed(line));
        }

        found.AddRange(scanner.Complete());
        return found;
    }

    /// <summary>The names in order, with a blank between them.</summary>
    public static string Names(string log) => string.Join(' ', All(log).Select(missing => missing.Name).Order(StringComparer.Ordinal));
}
