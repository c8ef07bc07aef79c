using System.Management.Automation;
using AgentFlow.Faults;

namespace AgentFlow.Cmdlets.Pipeline;

/// <summary>The one place where a fault becomes an ErrorRecord.</summary>
internal static class ErrorRecords
{
    /// <summary>Makes the record; every text passes <paramref name="redact"/>, and the exception is rebuilt so that no original text stays behind.</summary>
    public static ErrorRecord From(AfFaultException fault, object? target, Func<string, string> redact)
    {
        AfFaultException clean = new(fault.Kind, fault.Id, redact(fault.Message), redact(fault.Fix), fault.Target is { } named ? redact(named) : null) { RetryAfter = fault.RetryAfter };
        return new(clean, clean.Id, Category(clean.Kind), target ?? clean.Target)
        {
            ErrorDetails = new(clean.Message) { RecommendedAction = clean.Fix },
        };
    }

    /// <summary>Wraps an exception that nobody foresaw. Its text was not written by the module, so only its redacted form is kept.</summary>
    public static AfFaultException Unforeseen(Exception exception) => new(
        FaultKind.Internal,
        FaultId.InternalError,
        $"AgentFlow.PS met an error that it did not foresee ({exception.GetType().Name}: {exception.Message})",
        "Run the command again with -Debug for the place in the code and report it with its error id.");

    /// <summary>True when going on with the next input object makes no sense.</summary>
    public static bool IsTerminating(FaultKind kind) => kind is FaultKind.Authentication or FaultKind.Guard or FaultKind.InvalidState or FaultKind.Internal;

    private static ErrorCategory Category(FaultKind kind) => kind switch
    {
        FaultKind.Authentication => ErrorCategory.AuthenticationError,
        FaultKind.Permission => ErrorCategory.PermissionDenied,
        FaultKind.NotFound => ErrorCategory.ObjectNotFound,
        FaultKind.Conflict => ErrorCategory.ResourceExists,
        FaultKind.InvalidArgument => ErrorCategory.InvalidArgument,
        FaultKind.RateLimited => ErrorCategory.LimitsExceeded,
        FaultKind.Unavailable => ErrorCategory.ResourceUnavailable,
        FaultKind.Timeout => ErrorCategory.OperationTimeout,
        FaultKind.Connection => ErrorCategory.ConnectionError,
        FaultKind.InvalidData => ErrorCategory.InvalidData,
        FaultKind.Guard => ErrorCategory.SecurityError,
        FaultKind.InvalidState => ErrorCategory.InvalidOperation,
        _ => ErrorCategory.NotSpecified,
    };
}
