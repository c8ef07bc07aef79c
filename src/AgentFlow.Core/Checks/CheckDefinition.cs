namespace AgentFlow.Checks;

/// <summary>What is fixed about a check: its stable id, the runbook sentence, a title and the surface it speaks for.</summary>
public sealed record CheckDefinition(string CheckId, string RunbookId, string Title, string Surface);
