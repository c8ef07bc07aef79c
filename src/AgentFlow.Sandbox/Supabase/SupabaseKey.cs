namespace AgentFlow.Sandbox.Supabase;

/// <summary>One API key of the project.</summary>
internal sealed record SupabaseKey(string Id, string Name, string Type, string Value, string? Description, DateTimeOffset InsertedAt);
