using AgentFlow.Sandbox.App;
using AgentFlow.Sandbox.GitHub;
using AgentFlow.Sandbox.Vercel;

namespace AgentFlow.Sandbox.Hosting;

/// <summary>Every part of the rehearsed world, in the order in which they are reset: providers first, the app that reads them last.</summary>
internal static class SandboxParts
{
    public static IReadOnlyList<ISandboxPart> Create(SandboxState sandbox)
    {
        GitHubPart github = new(sandbox);
        VercelPart vercel = new(sandbox, github);
        return [github, vercel, new RehearsalApp(sandbox, vercel)];
    }
}
