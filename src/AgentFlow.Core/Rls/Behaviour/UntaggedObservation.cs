using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Principals;

namespace AgentFlow.Rls.Behaviour;

/// <summary>How many rows of a view without a tenant column a principal without a tenant saw that the login sees too.</summary>
public sealed record UntaggedObservation(RlsRelation View, RlsPrincipal Principal, long Shared);
