using AgentFlow.Sandbox.Vercel;

namespace AgentFlow.Sandbox.Hosting;

/// <summary>What production holds at the beginning: the providers then know exactly these credentials.</summary>
internal static class SeededValue
{
    public static string? Production(VercelPart vercel, string name) =>
        vercel.State.Variables.FirstOrDefault(variable => variable.Key == name && variable.Targets.Contains("production"))?.Value;

    /// <summary>Adds a production variable that production was built with.</summary>
    public static void Add(SandboxState sandbox, VercelPart vercel, string name, string value, string type)
    {
        VercelVariable variable = new()
        {
            Id = VercelIds.Variable(name + " production"),
            ProjectId = VercelState.ProjectId,
            Key = name,
            Value = value,
            Type = type,
            Targets = ["production"],
            CreatedAt = sandbox.NowMilliseconds - 8_640_000_000,
            UpdatedAt = sandbox.NowMilliseconds - 864_000_000,
        };
        vercel.State.Variables.Add(variable);
        foreach (VercelDeployment deployment in vercel.State.Deployments.Where(one => one.ProjectId == VercelState.ProjectId && one is { Target: "production", IsReady: true }))
        {
            deployment.Environment = new Dictionary<string, string>(deployment.Environment) { [name] = value };
        }
    }
}
