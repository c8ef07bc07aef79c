using AgentFlow.Faults;

namespace AgentFlow.Rotation;

/// <summary>Faults after which the outcome of a write is not known, or that pass by themselves.</summary>
internal static class Transient
{
    public static bool Is(FaultKind kind) => kind is FaultKind.RateLimited or FaultKind.Unavailable or FaultKind.Timeout or FaultKind.Connection or FaultKind.InvalidData;
}
