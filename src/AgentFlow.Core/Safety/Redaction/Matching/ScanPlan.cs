namespace AgentFlow.Safety.Redaction;

/// <summary>What one scan looks for: the compiled table, the compiled known values, and the switches. Immutable.</summary>
/// <param name="Rules">Anchors of the rule table.</param>
/// <param name="Known">Anchors of the known values; null when there are none.</param>
/// <param name="Options">The switches.</param>
/// <param name="Ids">The key of the session.</param>
internal sealed record ScanPlan(AnchorIndex Rules, AnchorIndex? Known, RedactionRules Options, KeyedId Ids);
