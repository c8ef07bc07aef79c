namespace AgentFlow.Faults;

/// <summary>Why an outside call or an input failed, in the terms of HTTP where they fit; maps to one ErrorCategory.</summary>
public enum FaultKind
{
    /// <summary>401: the credential is missing, malformed or expired.</summary>
    Authentication,

    /// <summary>403: the credential is valid but lacks the scope.</summary>
    Permission,

    /// <summary>404.</summary>
    NotFound,

    /// <summary>409: it exists already or changed under us.</summary>
    Conflict,

    /// <summary>400, 422, or input that we refuse ourselves.</summary>
    InvalidArgument,

    /// <summary>429 after the bounded retries.</summary>
    RateLimited,

    /// <summary>5xx after the bounded retries.</summary>
    Unavailable,

    /// <summary>The time allowed ran out.</summary>
    Timeout,

    /// <summary>DNS, TLS or socket.</summary>
    Connection,

    /// <summary>A body that is not what the contract says.</summary>
    InvalidData,

    /// <summary>A safety rule refuses; there is no way around it in this call.</summary>
    Guard,

    /// <summary>State on this machine does not allow it: no context, a locked file, a missing program.</summary>
    InvalidState,

    /// <summary>A defect of this module.</summary>
    Internal,
}
