namespace AgentFlow.Sandbox.Scenarios;

/// <summary>A named state of the rehearsed world.</summary>
/// <param name="Name">Kebab case; several joined by '+' play together.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Traits">What differs from a healthy world.</param>
internal sealed record Scenario(string Name, string Summary, params Trait[] Traits)
{
    public bool Has(Trait trait) => Traits.Contains(trait);
}
