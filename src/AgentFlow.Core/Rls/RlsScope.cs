using System.IO.Enumeration;
using AgentFlow.Rls.Catalog;

namespace AgentFlow.Rls;

/// <summary>The part of the database that a run reports about: -Schema and -Table, with wildcards.</summary>
public sealed class RlsScope(IReadOnlyList<string> schemas, IReadOnlyList<string> tables)
{
    /// <summary>True when nothing is left out.</summary>
    public bool IsEverything => schemas.Count == 0 && tables.Count == 0;

    /// <summary>True for a relation that the operator asked about.</summary>
    public bool Covers(RlsRelation relation)
    {
        ArgumentNullException.ThrowIfNull(relation);
        return (schemas.Count == 0 || Matches(schemas, relation.Schema)) && (tables.Count == 0 || Matches(tables, relation.Name) || Matches(tables, relation.FullName));
    }

    /// <summary>True for a finding about such a relation; one about a role, a schema or a function belongs to every schema, but to no table.</summary>
    public bool Covers(RlsFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        List<RlsRelation> relations = [.. finding.Also];
        if (finding.Relation is { } relation)
        {
            relations.Add(relation);
        }

        if (relations.Count > 0)
        {
            return relations.Any(Covers);
        }

        string schema = finding.Target.StartsWith("schema ", StringComparison.Ordinal) ? finding.Target["schema ".Length..] : finding.Target.Split('.')[0];
        return tables.Count == 0 && (schemas.Count == 0 || Matches(schemas, schema) || finding.Target.StartsWith("role ", StringComparison.Ordinal));
    }

    private static bool Matches(IReadOnlyList<string> patterns, string name) => patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true));
}
