namespace AgentFlow.Rls.Principals;

/// <summary>How a request runs: the database role and the settings that carry its claims, headers and whatever else a client may choose.</summary>
public sealed record RlsActor(string Role, IReadOnlyDictionary<string, string> Settings);
