using System.Collections.Concurrent;

namespace AgentFlow.Cmdlets.Session;

/// <summary>Names that this session has already seen, by kind. Completers read it; they never ask the network.</summary>
internal sealed class SeenNames
{
    private const int Most = 500;

    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, string>> _kinds = new(StringComparer.Ordinal);

    /// <summary>Remembers one name with a line of explanation; forgets nothing, but stops growing at 500 names a kind.</summary>
    public void Add(string kind, string name, string tip)
    {
        ConcurrentDictionary<string, string> names = _kinds.GetOrAdd(kind, static _ => new(StringComparer.OrdinalIgnoreCase));
        if (names.Count < Most || names.ContainsKey(name))
        {
            names[name] = tip;
        }
    }

    /// <summary>The names of a kind with their tips, sorted.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Get(string kind) => _kinds.TryGetValue(kind, out ConcurrentDictionary<string, string>? names)
        ? [.. names.OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase)]
        : [];
}
