namespace AgentFlow.Rls.Tenancy;

/// <summary>How one membership column says that the membership counts.</summary>
public enum ActiveRuleKind
{
    /// <summary>The column, as text, equals the value.</summary>
    Equal,

    /// <summary>The boolean column is true.</summary>
    True,

    /// <summary>The boolean column is not true.</summary>
    NotTrue,

    /// <summary>The column is null (deleted_at, suspended_at).</summary>
    Null,

    /// <summary>The column is not null (accepted_at).</summary>
    NotNull,

    /// <summary>The timestamp is null or still to come (expires_at).</summary>
    Future,
}
