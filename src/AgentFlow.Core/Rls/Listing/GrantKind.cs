namespace AgentFlow.Rls.Listing;

/// <summary>What a privilege is held on.</summary>
public enum GrantKind
{
    Schema,
    Table,
    Column,
    View,
    Sequence,
    Function,

    /// <summary>What objects that are made later will grant.</summary>
    Default,
}
