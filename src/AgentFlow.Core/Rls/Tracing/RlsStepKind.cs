namespace AgentFlow.Rls.Tracing;

/// <summary>The rungs of the ladder, in the order in which a request climbs them.</summary>
public enum RlsStepKind
{
    /// <summary>The API offers the schema at all.</summary>
    SchemaExposed,

    /// <summary>The role may look into the schema.</summary>
    SchemaUsage,

    /// <summary>The role holds the command on the table, or on enough of its columns.</summary>
    Grant,

    /// <summary>Reading the columns that a filter and an answer need.</summary>
    ReadGrant,

    /// <summary>Row security is on, and for whom.</summary>
    RowSecurity,

    /// <summary>Policies that apply to this role and command.</summary>
    Policies,

    /// <summary>One policy's USING for the row.</summary>
    PolicyUsing,

    /// <summary>All USING together: the row is within reach.</summary>
    Using,

    /// <summary>One policy's WITH CHECK for the new row.</summary>
    PolicyCheck,

    /// <summary>All WITH CHECK together: the new row may be written.</summary>
    WithCheck,

    /// <summary>SELECT policies on the written row, for an answer that gives it back.</summary>
    Returning,

    /// <summary>The caller's membership in the tenant of the row.</summary>
    Membership,

    /// <summary>The tenant that the row names.</summary>
    RowTenant,

    /// <summary>What PostgreSQL itself answers to the read.</summary>
    Observed,

    /// <summary>Allowed or denied, and where.</summary>
    Verdict,
}
