namespace AgentFlow.Rls.Tenancy;

/// <summary>Where a relation carries its tenant.</summary>
public enum TenantPath
{
    /// <summary>In a column of its own.</summary>
    Column,

    /// <summary>In the first segment of a path column, as storage objects do.</summary>
    Folder,

    /// <summary>In the row that a foreign key points to.</summary>
    Parent,
}
