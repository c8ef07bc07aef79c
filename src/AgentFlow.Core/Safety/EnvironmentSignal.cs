namespace AgentFlow.Safety;

/// <summary>One statement about which environment a write would hit, and who makes it.</summary>
/// <param name="Source">Who says so; only statements of different sources are independent.</param>
/// <param name="Says">What it says.</param>
/// <param name="Evidence">What it is read from, in words for the operator; holds no secret.</param>
public sealed record EnvironmentSignal(SignalSource Source, EnvironmentKind Says, string Evidence);
