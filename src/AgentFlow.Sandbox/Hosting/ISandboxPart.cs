using System.Text.Json.Nodes;

namespace AgentFlow.Sandbox.Hosting;

/// <summary>One outside system. A new provider is a folder with one of these, listed in <see cref="SandboxParts"/>.</summary>
internal interface ISandboxPart
{
    /// <summary>The first path segment of its routes on the main port, and its name in the journal and in fault rules.</summary>
    string Name { get; }

    /// <summary>Whether its routes are those of the deployed app: they then answer on every deployment's own port instead of below <c>/name</c>.</summary>
    bool IsApp => false;

    /// <summary>Maps its routes, relative to <c>/name</c>.</summary>
    void Map(IEndpointRouteBuilder routes);

    /// <summary>Puts its state back to the beginning of the current scenario.</summary>
    Task ResetAsync(CancellationToken cancellationToken);

    /// <summary>Content type and body of an error with <paramref name="status"/>, as this system words it; null when it has no shape of its own.</summary>
    (string ContentType, string Body)? ErrorBody(int status);

    /// <summary>Writes its part of <c>agentflow.json</c>; secrets go into files and are named by reference.</summary>
    void Configure(JsonObject config);
}
