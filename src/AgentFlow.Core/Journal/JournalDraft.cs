using System.Text.Json.Nodes;

namespace AgentFlow.Journal;

/// <summary>What a procedure wants to have recorded; the store adds position, time, actor and hash.</summary>
public sealed record JournalDraft(string Stream, string Type, string Subject, JsonObject Data);
