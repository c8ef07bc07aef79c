using AgentFlow.Sandbox.Hosting;

namespace AgentFlow.Sandbox.Vercel;

/// <summary>Lets builds and alias requests make progress: called whenever somebody looks.</summary>
internal static class VercelClockwork
{
    private const long QueuedMilliseconds = 150;
    private const long InitializingMilliseconds = 150;

    public static void Advance(VercelState state, SandboxState sandbox)
    {
        long now = sandbox.NowMilliseconds;
        foreach (VercelDeployment deployment in state.Deployments.Where(one => one.FinishesAt is not null))
        {
            if (now < deployment.FinishesAt)
            {
                deployment.State = now < deployment.CreatedAt + QueuedMilliseconds ? "QUEUED"
                    : now < deployment.CreatedAt + QueuedMilliseconds + InitializingMilliseconds ? "INITIALIZING"
                    : "BUILDING";
                deployment.BuildingAt ??= deployment.State == "BUILDING" ? now : null;
            }
            else
            {
                Finish(state, deployment, sandbox);
            }
        }

        foreach (VercelProject project in state.Projects.Where(one => one.LastRequest is { IsApplied: false } request && request.IsDue(now)))
        {
            Apply(state, project, now);
        }
    }

    private static void Finish(VercelState state, VercelDeployment deployment, SandboxState sandbox)
    {
        long at = deployment.FinishesAt!.Value;
        deployment.FinishesAt = null;
        deployment.BuildingAt ??= at;
        IReadOnlyDictionary<string, string> environment = state.EnvironmentFor(deployment.ProjectId, deployment.Target, deployment.Branch);
        deployment.Environment = environment;
        string[] missing = [.. state.Required.GetValueOrDefault(deployment.Target ?? "preview", []).Where(name => !environment.ContainsKey(name))];
        if (missing.Length > 0)
        {
            Fail(deployment, missing, sandbox);
            return;
        }

        (deployment.State, deployment.ReadyAt) = ("READY", at);
        VercelProject project = state.Project(deployment.ProjectId)!;
        if (deployment.Target == "production")
        {
            deployment.Substate = "STAGED";
            if (project.AutoAssign)
            {
                state.Promote(project, deployment, at);
            }
        }
    }

    /// <summary>Marks a build as failed for want of variables.</summary>
    public static void Fail(VercelDeployment deployment, IReadOnlyList<string> missing, SandboxState sandbox)
    {
        (deployment.State, deployment.ErrorCode, deployment.MissingNames) = ("ERROR", "BUILD_UTILS_SPAWN_1", missing);
        deployment.ErrorMessage = sandbox.Canary.In("Command \"npm run build\" exited with 1");
    }

    private static void Apply(VercelState state, VercelProject project, long now)
    {
        AliasRequest request = project.LastRequest!;
        request.IsApplied = true;
        VercelDeployment target = state.Find(request.To)!;
        state.Promote(project, target, now);
        bool isRollback = request.Type == "rollback";
        project.AutoAssign = !isRollback;
        project.PinnedDeployment = isRollback ? target.Id : null;
    }
}
