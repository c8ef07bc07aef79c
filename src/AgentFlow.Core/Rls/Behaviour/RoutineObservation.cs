using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Principals;

namespace AgentFlow.Rls.Behaviour;

/// <summary>What came of calling one function of the API for a tenant that is not the caller's.</summary>
/// <param name="Routine">The function.</param>
/// <param name="Principal">The caller; null when it was not called.</param>
/// <param name="Leaked">Rows or values about the foreign tenant.</param>
/// <param name="Reason">Why it was not called; null when it was.</param>
public sealed record RoutineObservation(RlsRoutine Routine, RlsPrincipal? Principal, long Leaked, string? Reason);
