namespace AgentFlow.Cmdlets.Deployments;

/// <summary>The groups of checks of Test-AfDeployment, one per runbook sentence.</summary>
public enum DeploymentCheckGroup
{
    /// <summary>D1: the deployment is tied to the pinned project and repository.</summary>
    Binding,

    /// <summary>D2: no env name is missing.</summary>
    BuildEnv,

    /// <summary>D3: the routes answer and redirect as they should.</summary>
    Route,

    /// <summary>D4: one synthetic lead is qualified, counted, audited and isolated.</summary>
    Lead,
}
