using AgentFlow.Faults;

namespace AgentFlow.Rotation.Steps;

/// <summary>Disables the old credential where that can be taken back.</summary>
internal sealed class QuiesceStep(RotationPorts ports) : IRotationStep
{
    public string Name => "quiesce";

    public RotationState To => RotationState.Quiesced;

    public async Task<RotationFact> RunAsync(RotationSession session, FlowInput input, CancellationToken cancellationToken)
    {
        ICredentialKind kind = ports.KindOf(session.Config);
        if (session.View.Record.OldId is not { } old || !kind.Describe(session.Config).CanQuiesce)
        {
            return new();
        }

        if ((await kind.ReadOldAsync(session.Config, old, cancellationToken)).Life == OldLife.Alive)
        {
            await session.CallAsync(CallName.Quiesce, old, token => kind.QuiesceAsync(session.Config, old, token), cancellationToken);
            if ((await kind.ReadOldAsync(session.Config, old, cancellationToken)).Life == OldLife.Alive)
            {
                throw new AfFaultException(FaultKind.InvalidState, FaultId.RotationProofFailed, $"The old credential {old} was disabled and still works.", "Look at it at the provider, then resume.", old);
            }
        }

        return new();
    }
}
