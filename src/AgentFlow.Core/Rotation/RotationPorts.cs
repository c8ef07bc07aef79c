using AgentFlow.Journal;
using AgentFlow.Rotation.Ports;

namespace AgentFlow.Rotation;

/// <summary>Everything outside that a rotation talks to.</summary>
public sealed record RotationPorts
{
    public required IJournalStore Journal { get; init; }

    public required ISealedSlot Slot { get; init; }

    public required IVariableStore Variables { get; init; }

    public required IReleaseChannel Releases { get; init; }

    public required IAppProbe App { get; init; }

    public required IChangeFreeze Freeze { get; init; }

    /// <summary>The kinds that this context can rotate; made when first asked for, since each needs its provider's credential.</summary>
    public required Func<CredentialConfig, ICredentialKind> KindOf { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Told of every entry as it is recorded: the record, and the state or call that it is about. It must not throw.</summary>
    public Func<RotationRecord, string, Task>? Watch { get; init; }
}
