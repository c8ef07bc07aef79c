namespace AgentFlow.Adapters.Postgres.Lead;

/// <summary>Ends the transaction of a removal without a change.</summary>
internal sealed class RefusedRemovalException(string message, string fix) : Exception(message)
{
    public string Fix { get; } = fix;
}
