namespace AgentFlow.Rotation.Steps;

/// <summary>Reads everything once more where the plan is not fresh, and fixes what the rotation is about.</summary>
internal sealed class PreflightStep(RotationPlanner planner) : IRotationStep
{
    public string Name => "preflight";

    public RotationState To => RotationState.Preflighted;

    public async Task<RotationFact> RunAsync(RotationSession session, FlowInput input, CancellationToken cancellationToken)
    {
        RotationView view = session.View;
        (RotationPlan plan, KindSnapshot snapshot) = input.Planned
            ?? await planner.ComputeAsync(session.Config, session.CurrentId, view.Record.Compromised, null, cancellationToken);
        if (plan.Hash != view.PlanHash)
        {
            throw new HeldException(
                HoldCode.ChangedUnderneath,
                "What the plan was computed from has changed since.",
                "Nothing was done yet: Stop-AfEnvRotation, look at the new plan with Invoke-AfEnvRotation -WhatIf, then begin again.");
        }

        if (plan.Blockers.FirstOrDefault(blocker => blocker.Blocks) is { } blocker)
        {
            throw new HeldException(HoldCode.ChangedUnderneath, blocker.Reason, "Remove what is in the way, then Resume-AfEnvRotation.");
        }

        return new()
        {
            OldId = plan.OldId,
            KnownIds = snapshot.KnownIds,
            Lanes = plan.Lanes,
            PreviousDeploymentId = plan.ServingDeploymentId,
        };
    }
}
