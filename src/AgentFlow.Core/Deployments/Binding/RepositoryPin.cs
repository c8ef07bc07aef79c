using AgentFlow.Checks;

namespace AgentFlow.Deployments.Binding;

/// <summary>Holds what a project or a deployment says about its repository against the pin.</summary>
internal static class RepositoryPin
{
    /// <summary>Null when the id is the pinned one.</summary>
    public static CheckFinding? Compare(GitHubConfig config, long pin, string? provider, long? id, string? organisation, string? repository, string who, string remedy)
    {
        string expected = config.Owner is { } owner ? $"{pin} ({owner}/{config.Name})" : $"{pin}";
        string named = repository is null ? string.Empty : $"{organisation}/{repository}";
        if (provider is not null && !provider.StartsWith("github", StringComparison.OrdinalIgnoreCase))
        {
            return CheckFinding.Fail($"{who} from another host of repositories.", expected, $"{provider} {named}".TrimEnd(), remedy);
        }

        if (id is not { } actual)
        {
            return CheckFinding.Inconclusive(
                named.Length > 0 ? $"{who} from something called {named}, but its id is not said, and a name proves nothing." : $"{who} from a repository that is not said.",
                "Look at the git link in the Vercel dashboard; a redeployment from git records the id again.");
        }

        if (actual == pin)
        {
            return null;
        }

        bool sameName = string.Equals(organisation, config.Owner, StringComparison.OrdinalIgnoreCase) && string.Equals(repository, config.Name, StringComparison.OrdinalIgnoreCase);
        return CheckFinding.Fail(
            sameName ? $"{who} from another repository that only has the same name." : $"{who} from another repository.", expected, named.Length > 0 ? $"{actual} ({named})" : $"{actual}", remedy);
    }
}
