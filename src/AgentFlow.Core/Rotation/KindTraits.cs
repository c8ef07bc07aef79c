namespace AgentFlow.Rotation;

/// <summary>What the flow must know about a kind.</summary>
public sealed record KindTraits
{
    /// <summary>Names of the parts that variables may carry.</summary>
    public required IReadOnlyList<string> Parts { get; init; }

    /// <summary>The value is made or given here and set where it belongs; setting it again changes nothing.</summary>
    public bool MadeHere { get; init; }

    /// <summary>Another value of the same rotation ends the one before at once, for both belong to one id.</summary>
    public bool ReplacesInPlace { get; init; }

    /// <summary>The operator makes the value.</summary>
    public bool OperatorMakes { get; init; }

    /// <summary>The operator revokes the old credential.</summary>
    public bool OperatorRevokes { get; init; }

    /// <summary>The provider can disable the old credential and take that back.</summary>
    public bool CanQuiesce { get; init; }

    /// <summary>The provider tells when a credential was last used.</summary>
    public bool TellsUse { get; init; }

    /// <summary>How long after the promotion the provider may repeat deliveries or report use late.</summary>
    public TimeSpan RetryWindow { get; init; }

    /// <summary>What the operator does to make the value; null when nothing.</summary>
    public string? MakeCard { get; init; }

    /// <summary>What the operator does to revoke the old one; null when nothing.</summary>
    public string? RevokeCard { get; init; }
}
