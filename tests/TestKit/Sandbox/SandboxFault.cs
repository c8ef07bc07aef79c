namespace AgentFlow.TestKit.Sandbox;

/// <summary>A fault for the sandbox to inject.</summary>
/// <param name="Kind">latency, status, reset, truncate, malform, drip, lost, late, twice, crashBefore or crashAfter.</param>
public sealed record SandboxFault(string Kind)
{
    /// <summary>null befalls every provider and the app.</summary>
    public string? Provider { get; init; }

    public string? Method { get; init; }

    public string? PathContains { get; init; }

    /// <summary>The whole path; each <c>*</c> stands for one of its parts.</summary>
    public string? PathLike { get; init; }

    public string? BodyContains { get; init; }

    public int? Milliseconds { get; init; }

    public int? Status { get; init; }

    public int? RetryAfterSeconds { get; init; }

    /// <summary>Whom the crashes kill.</summary>
    public int? ProcessId { get; init; }

    /// <summary>How many requests it befalls; null befalls all.</summary>
    public int? Times { get; init; }
}
