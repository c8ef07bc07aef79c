namespace AgentFlow.Deployments.Lead;

/// <summary>Fills the configured body of one lead.</summary>
internal static class LeadFields
{
    /// <summary>The members in order. The same key gives the same body, so that a repetition is one; the address is of the SES mailbox simulator.</summary>
    public static IReadOnlyDictionary<string, string> Of(LeadConfig lead, LeadKey key, string organizationId)
    {
        string email = $"success+{key.CorrelationId}@simulator.amazonses.com";
        return lead.Payload.ToDictionary(
            member => member.Key,
            member => member.Value
                .Replace("{correlationId}", key.CorrelationId, StringComparison.Ordinal)
                .Replace("{organizationId}", organizationId, StringComparison.Ordinal)
                .Replace("{email}", email, StringComparison.Ordinal));
    }

    /// <summary>True when the body carries the correlation id, without which its rows could not be told from others.</summary>
    public static bool AreTagged(LeadConfig lead) => lead.Payload.Values.Any(value => value.Contains("{correlationId}", StringComparison.Ordinal));
}
