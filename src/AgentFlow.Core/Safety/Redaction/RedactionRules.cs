using AgentFlow.Safety.Redaction;

namespace AgentFlow.Safety;

/// <summary>Which rules a session applies. Immutable; <c>with</c> makes a variant.</summary>
public sealed record RedactionRules
{
    /// <summary>Secrets and personal data, without network addresses.</summary>
    public static RedactionRules Default { get; } = new();

    /// <summary>Whether e-mail addresses, phone numbers, cards and bank accounts are redacted.</summary>
    public bool Pii { get; init; } = true;

    /// <summary>Whether public IPv4 and IPv6 addresses are redacted.</summary>
    public bool IpAddresses { get; init; }

    /// <summary>The whole table, also the rows that the options switch off.</summary>
    public static IReadOnlyList<RedactionRule> Table => RuleTable.All;
}
