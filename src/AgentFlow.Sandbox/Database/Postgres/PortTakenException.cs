namespace AgentFlow.Sandbox.Database;

/// <summary>Between choosing a free port and the server's listening on it, another program took it.</summary>
internal sealed class PortTakenException(string message) : Exception(message);
