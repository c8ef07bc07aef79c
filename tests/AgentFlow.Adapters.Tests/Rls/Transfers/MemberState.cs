namespace AgentFlow.Adapters.Tests.Rls.Transfers;

/// <summary>How a transfer's memberships say that they count.</summary>
public enum MemberState
{
    /// <summary>Every membership counts.</summary>
    None,

    /// <summary>A text column with a check.</summary>
    Status,

    /// <summary>A column of an enum type.</summary>
    EnumState,

    /// <summary>A boolean <c>is_active</c>.</summary>
    Flag,

    /// <summary>A null <c>deleted_at</c>.</summary>
    DeletedAt,

    /// <summary>A set <c>accepted_at</c>.</summary>
    AcceptedAt,
}
