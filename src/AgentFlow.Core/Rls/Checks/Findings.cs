using AgentFlow.Checks;
using AgentFlow.Rls.Catalog;

namespace AgentFlow.Rls.Checks;

/// <summary>Makes findings in one shape.</summary>
internal static class Findings
{
    public static RlsFinding Fail(CheckDefinition check, RlsRelation relation, string reason, string fix, string? expected = null, string? actual = null) =>
        new(check, relation.FullName, CheckFinding.Fail(reason, expected, actual, fix)) { Relation = relation };

    public static RlsFinding Warn(CheckDefinition check, RlsRelation relation, string reason, string fix) =>
        new(check, relation.FullName, CheckFinding.Warn(reason, fix)) { Relation = relation };

    /// <summary>What should have been looked at and was not.</summary>
    public static RlsFinding Unread(CheckDefinition check, RlsRelation relation, string reason) =>
        new(check, relation.FullName, new() { Outcome = CheckOutcome.Error, Reason = reason, Remediation = $"Let the login read {relation.FullName} and what belongs to it, then run the test again." }) { Relation = relation };

    public static RlsFinding Fail(CheckDefinition check, string target, string reason, string fix) => new(check, target, CheckFinding.Fail(reason, null, null, fix));

    public static RlsFinding Warn(CheckDefinition check, string target, string reason, string fix) => new(check, target, CheckFinding.Warn(reason, fix));

    /// <summary>Quotes an identifier where SQL needs it.</summary>
    public static string Quote(string name) => name.Length > 0 && (char.IsAsciiLetterLower(name[0]) || name[0] == '_') && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_')
        ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>The relation's name for a fix that somebody pastes.</summary>
    public static string Sql(RlsRelation relation) => $"{Quote(relation.Schema)}.{Quote(relation.Name)}";

    public static string List(IEnumerable<string> names) => string.Join(", ", names);
}
