namespace AgentFlow.Rls.Behaviour;

/// <summary>A row that the login chose: its key by column, and its tenant.</summary>
public sealed record WitnessRow(IReadOnlyDictionary<string, string?> Key, string? Tenant);
