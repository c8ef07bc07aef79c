namespace AgentFlow.Deployments.Lead;

/// <summary>How many rows of the lead one principal sees.</summary>
/// <param name="Principal">Who looked.</param>
/// <param name="Visible">Rows by table; a table that the role may not read counts as 0.</param>
public sealed record PrincipalView(PrincipalKind Principal, IReadOnlyDictionary<string, long> Visible)
{
    /// <summary>Rows in all.</summary>
    public long Total => Visible.Values.Sum();
}
