using AgentFlow.Rls.Tenancy;

namespace AgentFlow.Rls.Behaviour;

/// <summary>One relation of the plan.</summary>
/// <param name="Relation">What is read.</param>
/// <param name="Mode">How.</param>
/// <param name="Rows">Its estimated rows.</param>
/// <param name="PerRowHelper">Signature of a routine that a policy calls for every row; null without one.</param>
/// <param name="Reason">Why it is not read whole; null when it is.</param>
public sealed record ReadStep(TenantRelation Relation, ReadMode Mode, double Rows, string? PerRowHelper, string? Reason);
