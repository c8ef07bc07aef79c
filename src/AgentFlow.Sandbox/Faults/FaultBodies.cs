using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Hosting;

namespace AgentFlow.Sandbox.Faults;

/// <summary>The body of an injected error status, in the shape of the provider that is made to send it.</summary>
internal sealed class FaultBodies(IReadOnlyList<ISandboxPart> parts)
{
    public (string ContentType, string Body) For(string provider, int status) => parts.FirstOrDefault(part => part.Name == provider)?.ErrorBody(status)
        ?? ("application/json", new JsonObject { ["error"] = $"injected {status}" }.ToJsonString());
}
