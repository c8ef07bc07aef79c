using AgentFlow.Sandbox.Vercel;

namespace AgentFlow.Sandbox.Hosting;

/// <summary>What production holds at the beginning: the providers then know exactly these credentials.</summary>
internal static class SeededValue
{
    public static string? Production(VercelPart vercel, string name) =>
        vercel.State.Variables.FirstOrDefault(variable => variable.Key == name && variable.Targets.Contains("production"))?.Value;
}
