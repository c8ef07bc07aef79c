namespace AgentFlow.Deployments.Lead;

/// <summary>The tenant's usage counter in the same view as the rows, with what other leads can have added to it.</summary>
public sealed record UsageReading
{
    /// <summary>Sum of the counter over all its periods; 0 without a row.</summary>
    public required decimal Value { get; init; }

    /// <summary>Units attributed to this very lead; null when the table does not say to which lead a unit belongs.</summary>
    public decimal? Attributed { get; init; }

    /// <summary>Leads of the tenant other than this one.</summary>
    public required long OtherLeads { get; init; }

    /// <summary>Finished qualifications of those other leads.</summary>
    public required long OtherFinished { get; init; }
}
