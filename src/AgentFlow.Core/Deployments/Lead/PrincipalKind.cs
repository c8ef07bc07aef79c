namespace AgentFlow.Deployments.Lead;

/// <summary>In whose place rows were looked for.</summary>
public enum PrincipalKind
{
    /// <summary>A member of the test tenant; the counter-proof that the way of looking works.</summary>
    Own,

    /// <summary>A member of another tenant who is none of the test tenant.</summary>
    OtherTenant,

    /// <summary>A visitor without a session.</summary>
    Anonymous,
}
