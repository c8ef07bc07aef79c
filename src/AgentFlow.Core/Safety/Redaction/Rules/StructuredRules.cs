namespace AgentFlow.Safety.Redaction;

/// <summary>Credentials that their surroundings give away.</summary>
internal static class StructuredRules
{
    public static IReadOnlyList<RedactionRule> Rows { get; } = [];
}
