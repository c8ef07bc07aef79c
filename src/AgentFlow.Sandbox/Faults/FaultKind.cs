namespace AgentFlow.Sandbox.Faults;

/// <summary>How a request goes wrong.</summary>
internal enum FaultKind
{
    /// <summary>The answer comes late.</summary>
    Latency,

    /// <summary>Another status with the provider's error body; 429 and 503 may carry Retry-After.</summary>
    Status,

    /// <summary>The connection is reset before the answer.</summary>
    Reset,

    /// <summary>The connection ends in the middle of the body, which is shorter than its Content-Length.</summary>
    Truncate,

    /// <summary>A complete answer whose JSON is broken.</summary>
    Malform,

    /// <summary>The body comes in small pieces with pauses.</summary>
    Drip,

    /// <summary>The provider acts, and not one byte of its answer comes.</summary>
    Lost,

    /// <summary>The provider acts only after a while, also when the client has given up meanwhile.</summary>
    Late,

    /// <summary>The request arrives twice; the second answer comes.</summary>
    Twice,

    /// <summary>The process that the rule names is killed (SIGKILL) before the provider acts.</summary>
    CrashBefore,

    /// <summary>The process that the rule names is killed (SIGKILL) after the provider has acted, before it hears of it.</summary>
    CrashAfter,
}
