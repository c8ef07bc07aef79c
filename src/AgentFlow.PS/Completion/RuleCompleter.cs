using AgentFlow.Safety;

namespace AgentFlow.Cmdlets.Completion;

/// <summary>Completes names of redaction rules.</summary>
public sealed class RuleCompleter : SeenCompleter
{
    /// <summary>Made by the engine.</summary>
    public RuleCompleter()
        : base("rule")
    {
    }

    private protected override IReadOnlyList<KeyValuePair<string, string>> Names() =>
        [.. RedactionRules.Table.Select(rule => KeyValuePair.Create(rule.Name, rule.Summary)).OrderBy(pair => pair.Key, StringComparer.Ordinal)];
}
