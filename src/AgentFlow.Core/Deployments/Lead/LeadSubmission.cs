namespace AgentFlow.Deployments.Lead;

/// <summary>One synthetic lead on its way in.</summary>
public sealed record LeadSubmission
{
    /// <summary>The deployment's origin.</summary>
    public required Uri Origin { get; init; }

    /// <summary>Sent as <c>Idempotency-Key</c>; the same for every run within a minute.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>The members of the JSON body; dots make objects. Nothing in it is about a person.</summary>
    public required IReadOnlyDictionary<string, string> Fields { get; init; }
}
