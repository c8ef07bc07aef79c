namespace AgentFlow.Sandbox.Vercel;

/// <summary>One line of a build log.</summary>
/// <param name="Type">command, stdout, stderr, deployment-state, exit…</param>
/// <param name="Text">What it says, ANSI colours included; null for pure state changes.</param>
/// <param name="ReadyState">The state that a deployment-state line announces.</param>
internal sealed record BuildLine(string Type, string? Text, string? ReadyState = null);
