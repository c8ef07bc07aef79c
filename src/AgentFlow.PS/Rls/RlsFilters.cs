using System.Management.Automation;

namespace AgentFlow.Cmdlets.Rls;

/// <summary>Wildcards over names of database objects: <c>table</c> stands for the table in any schema, <c>schema.table</c> for exactly that.</summary>
internal sealed class RlsFilters(IReadOnlyList<string> patterns)
{
    private readonly (WildcardPattern Pattern, bool Qualified)[] _patterns = [.. patterns.Select(text => (new WildcardPattern(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant), text.Contains('.', StringComparison.Ordinal)))];

    /// <summary>True when some pattern fits the name, with or without its schema.</summary>
    public bool Match(string name)
    {
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        string bare = dot < 0 ? name : name[(dot + 1)..];
        return _patterns.Length == 0 || _patterns.Any(one => one.Pattern.IsMatch(name) || (!one.Qualified && one.Pattern.IsMatch(bare)));
    }

    /// <summary>The one name that the patterns allow, when they are one name without wildcards; null otherwise.</summary>
    public static string? Exact(IReadOnlyList<string> patterns) => patterns is [string only] && !WildcardPattern.ContainsWildcardCharacters(only) ? only : null;
}
