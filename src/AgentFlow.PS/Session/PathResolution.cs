using System.Management.Automation;
using AgentFlow.Faults;

namespace AgentFlow.Cmdlets.Session;

/// <summary>From what an operator writes to full paths of the file system. Runs on the pipeline thread.</summary>
internal static class PathResolution
{
    /// <summary>Files (and with <paramref name="folders"/> folders) that the words name. A wildcard that names none gives none; folders that it names are left out unless asked for.</summary>
    /// <exception cref="AfFaultException">AfInputInvalid: not in the file system. AfFileNotFound: a word without wildcard names nothing.</exception>
    public static IReadOnlyList<string> Files(SessionState state, IEnumerable<string> words, bool literal, bool folders = false)
    {
        List<string> found = [];
        foreach (string word in words)
        {
            bool pattern = !literal && WildcardPattern.ContainsWildcardCharacters(word);
            found.AddRange(pattern ? Expand(state, word).Where(path => folders || !Directory.Exists(path)) : [Full(state, word)]);
        }

        return found;
    }

    /// <summary>One full path; what it names need not exist.</summary>
    public static string Full(SessionState state, string word)
    {
        string path = state.Path.GetUnresolvedProviderPathFromPSPath(word, out ProviderInfo provider, out _);
        return provider.Name == "FileSystem" ? Path.TrimEndingDirectorySeparator(path) : throw Foreign(word, provider);
    }

    private static IEnumerable<string> Expand(SessionState state, string word)
    {
        try
        {
            IReadOnlyList<string> paths = state.Path.GetResolvedProviderPathFromPSPath(word, out ProviderInfo provider);
            return provider.Name == "FileSystem" ? paths : throw Foreign(word, provider);
        }
        catch (ItemNotFoundException)
        {
            return [];
        }
    }

    private static AfFaultException Foreign(string word, ProviderInfo provider) => new(
        FaultKind.InvalidArgument, FaultId.InputInvalid, $"'{word}' is in the {provider.Name} provider, not in the file system.", "Give a path of a file.", word);
}
