using AgentFlow.Faults;
using AgentFlow.Rotation.Steps;

namespace AgentFlow.Rotation;

/// <summary>Drives the steps: begins each again while its outcome is open, and holds when that does not help.</summary>
internal sealed class RotationFlow(RotationPorts ports, RotationLimits limits, ReleaseMoves moves, IReadOnlyDictionary<RotationState, IRotationStep> steps)
{
    private const int FailuresOfOneValue = 2;

    /// <summary>Goes forward until <paramref name="until"/> is entered or the rotation is held.</summary>
    public async Task AdvanceAsync(RotationSession session, FlowInput input, RotationState until, CancellationToken cancellationToken)
    {
        while (session.View.Record.State < until && await RunAsync(session, steps[session.View.Record.State], input, cancellationToken))
        {
        }
    }

    /// <summary>Runs one step to its end, or into a hold.</summary>
    public async Task<bool> RunAsync(RotationSession session, IRotationStep step, FlowInput input, CancellationToken cancellationToken)
    {
        int retries = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                RotationFact fact = await step.RunAsync(session, input, cancellationToken);
                await session.EnterAsync(step.To, fact);
                return true;
            }
            catch (HeldException held)
            {
                return await HoldAsync(session, step, held.Code, held.Message, held.Todo, held.Card);
            }
            catch (AfFaultException fault) when (IsOurs(fault))
            {
                throw;
            }
            catch (AfFaultException fault) when (fault.Id == FaultId.SlotUnreadable)
            {
                return await HoldAsync(session, step, HoldCode.ValueUnreadable, fault.Message, fault.Fix);
            }
            catch (AfFaultException fault) when (Transient.Is(fault.Kind))
            {
                if (retries == limits.Retries)
                {
                    return await HoldAsync(session, step, HoldCode.ProviderUnavailable, fault.Message, $"{fault.Fix} Then Resume-AfEnvRotation: it asks the provider what happened before it does anything.");
                }

                TimeSpan wait = fault.RetryAfter ?? limits.RetryAfter * Math.Pow(2, retries);
                retries++;
                await Task.Delay(wait, ports.Time, cancellationToken);
            }
            catch (AfFaultException fault)
            {
                await session.NoteAsync(EntryType.Failed, new() { Step = step.Name, FaultId = fault.Id, Message = fault.Message });
                if (fault.Kind is FaultKind.Authentication or FaultKind.Permission or FaultKind.Guard or FaultKind.InvalidArgument or FaultKind.NotFound)
                {
                    return await HoldAsync(session, step, HoldCode.Refused, fault.Message, $"{fault.Fix} Then Resume-AfEnvRotation.");
                }

                if (session.View.Failures >= FailuresOfOneValue)
                {
                    return await HoldAsync(session, step, HoldCode.StepFailed, fault.Message, $"{fault.Fix} Resume-AfEnvRotation tries again; -Regenerate with another value.");
                }
            }
        }
    }

    /// <summary>Records a hold; a project setting that we changed is put back first, as far as the platform lets us.</summary>
    private async Task<bool> HoldAsync(RotationSession session, IRotationStep step, HoldCode code, string reason, string todo, string? card = null)
    {
        string more = string.Empty;
        try
        {
            await moves.ReleaseDomainsAsync(session, CancellationToken.None);
        }
        catch (AfFaultException fault) when (!IsOurs(fault))
        {
            more = " Until then finished production builds do not take the domains by themselves.";
        }

        await session.NoteAsync(EntryType.Held, new()
        {
            ResumeState = session.View.Record.ResumeState,
            Hold = new() { Code = code, Reason = reason, Todo = todo + more, Card = card, Step = step.Name },
        });
        return false;
    }

    // Without its record nothing may go on, not even a hold.
    private static bool IsOurs(AfFaultException fault) => fault.Id is FaultId.JournalBusy or FaultId.JournalConflict or FaultId.JournalMalformed or FaultId.JournalUnavailable;
}
