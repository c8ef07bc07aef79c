namespace AgentFlow.Sandbox.App.Leads;

/// <summary>Where the app keeps its leads.</summary>
internal interface ILeadTables
{
    /// <summary>Writes the lead and gives its id.</summary>
    Task<Guid> InsertAsync(NewLead lead, CancellationToken cancellationToken);

    /// <summary>Begins the qualification; false when the lead is gone.</summary>
    Task<bool> BeginAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Ends the qualification with everything that belongs to it.</summary>
    Task FinishAsync(Guid id, LeadOutcome outcome, CancellationToken cancellationToken);
}
