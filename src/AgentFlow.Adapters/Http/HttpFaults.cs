using System.Net;
using AgentFlow.Faults;

namespace AgentFlow.Adapters.Http;

/// <summary>The one place where an answer or a failed call becomes a fault. Texts are ours; of the provider's words only a code that is plainly a code.</summary>
internal static class HttpFaults
{
    /// <summary>The fault of an answer that is not a success.</summary>
    public static AfFaultException FromStatus(ServiceEndpoint endpoint, HttpRequestMessage request, HttpResponseMessage response, ErrorCode error, DateTimeOffset now)
    {
        int status = (int)response.StatusCode;
        TimeSpan? wait = AskedWait.Read(response, now);
        string said = error.Code is { } code ? $"{status} ({code})" : $"{status}";
        string message = $"{endpoint.System} answered {said} to {RequestMarks.Operation(request)}.";
        (FaultKind kind, string id, string fix) = Classify(endpoint, response, error, wait);
        return new(kind, id, message, fix, Target(endpoint, request)) { RetryAfter = wait };
    }

    public static AfFaultException TimedOut(ServiceEndpoint endpoint, HttpRequestMessage request, HttpLimits limits) => new(
        FaultKind.Timeout,
        FaultId.ServiceTimeout,
        $"{endpoint.System} did not finish {RequestMarks.Operation(request)} within {limits.Total.TotalSeconds:0} s.",
        $"Run the command again; if it stays slow, see {endpoint.StatusPage ?? "the system's status"} and the network between here and {endpoint.BaseAddress.Host}.",
        Target(endpoint, request));

    public static AfFaultException Unreachable(ServiceEndpoint endpoint, HttpRequestMessage request, Exception exception)
    {
        string host = (request.RequestUri ?? endpoint.BaseAddress).Authority;
        (string what, string fix) = (exception as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => ($"The name {host} does not resolve", "Check the network and DNS of this machine, and HTTPS_PROXY if it needs a proxy."),
            HttpRequestError.SecureConnectionError => ($"{host} was reached, but no trusted TLS connection came about", "Check this machine's clock and trusted roots, and whether a proxy inspects TLS here."),
            HttpRequestError.ProxyTunnelError => ($"The proxy refused the way to {host}", "Check HTTPS_PROXY and NO_PROXY."),
            HttpRequestError.ResponseEnded => ($"{host} closed the connection before its answer was complete", "Run the command again."),
            HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError => ($"{host} did not answer in HTTP", "Check whether a proxy or captive portal answers in its place."),
            _ => ($"The connection to {host} failed", "Check the network, and HTTPS_PROXY if this machine needs a proxy."),
        };
        return new(FaultKind.Connection, FaultId.ServiceUnreachable, $"{what} ({RequestMarks.Operation(request)} of {endpoint.System}).", fix, Target(endpoint, request));
    }

    public static AfFaultException Malformed(ServiceEndpoint endpoint, string operation, string what) => new(
        FaultKind.InvalidData,
        FaultId.ResponseMalformed,
        $"{endpoint.System} answered {operation} with {what}.",
        $"Run the command again; if it stays so, {endpoint.System}'s API has changed or a proxy answers in its place.",
        $"{endpoint.System} {operation}");

    public static AfFaultException TooLarge(ServiceEndpoint endpoint, HttpRequestMessage request, int most) => new(
        FaultKind.InvalidData,
        FaultId.ResponseTooLarge,
        $"{endpoint.System} answered {RequestMarks.Operation(request)} with more than {most / 1024} KiB.",
        "Ask for less (a narrower filter or a single id).",
        Target(endpoint, request));

    public static AfFaultException Redirected(ServiceEndpoint endpoint, HttpRequestMessage request, bool elsewhere) => new(
        FaultKind.Guard,
        FaultId.ServiceRedirected,
        elsewhere
            ? $"{endpoint.System} redirects {RequestMarks.Operation(request)} to another host; the token was not sent there."
            : $"{endpoint.System} redirects {RequestMarks.Operation(request)} in a way that cannot be followed.",
        $"Check that {endpoint.BaseAddress.Authority} is really {endpoint.System}: a proxy or captive portal may answer in its place.",
        Target(endpoint, request));

    public static AfFaultException ForeignAddress(ServiceEndpoint endpoint, HttpRequestMessage request) => new(
        FaultKind.Guard,
        FaultId.ServiceRedirected,
        $"The token of {endpoint.System} is for {endpoint.BaseAddress.Authority} over TLS only; it was not sent to {request.RequestUri?.Authority}.",
        "Remove what points elsewhere from the endpoints of agentflow.json.",
        Target(endpoint, request));

    public static AfFaultException UnsendableToken(ServiceEndpoint endpoint) => new(
        FaultKind.Authentication,
        FaultId.CredentialRejected,
        $"The token for {endpoint.System} is empty or holds characters that no token has.",
        $"Store it again where {Reference(endpoint)} points, without quotes, spaces or line ends.",
        endpoint.System);

    private static (FaultKind Kind, string Id, string Fix) Classify(ServiceEndpoint endpoint, HttpResponseMessage response, ErrorCode error, TimeSpan? wait)
    {
        string reference = Reference(endpoint);
        string wayIn = endpoint.Token is null ? "See whether this address needs a credential." : $"Make a new {endpoint.System} token and store it where {reference} points; the one there is wrong, revoked or expired.";
        string scope = endpoint.NeededScope is { } needed ? $"Give the token of {reference}: {needed}." : $"Give the token of {reference} access to it.";
        if (AskedWait.IsRateLimit(response))
        {
            string until = wait is { } time ? $"Wait {Math.Ceiling(time.TotalSeconds):0} s" : "Wait a minute";
            return (FaultKind.RateLimited, FaultId.RateLimited, $"{until}, then run the command again; other users of {reference} share this limit.");
        }

        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => (FaultKind.Authentication, FaultId.CredentialRejected, wayIn),
            HttpStatusCode.Forbidden when error.InvalidToken => (FaultKind.Authentication, FaultId.CredentialRejected, wayIn),
            HttpStatusCode.Forbidden or HttpStatusCode.UnavailableForLegalReasons => (FaultKind.Permission, FaultId.ScopeMissing, scope),
            HttpStatusCode.PaymentRequired => (FaultKind.Permission, FaultId.RequestRefused, $"The plan of this {endpoint.System} account does not include it."),
            HttpStatusCode.NotFound or HttpStatusCode.Gone => (FaultKind.NotFound, FaultId.ResourceNotFound,
                $"Check the id in the command and in agentflow.json, and that the token of {reference} may see it: what a token may not see is answered as not found."),
            HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed or HttpStatusCode.PreconditionRequired => (FaultKind.Conflict, FaultId.ResourceConflict,
                "It exists already or was changed at the same time: read it again, then repeat the command."),
            HttpStatusCode.RequestTimeout => (FaultKind.Timeout, FaultId.ServiceTimeout, "Run the command again."),
            >= HttpStatusCode.InternalServerError => (FaultKind.Unavailable, FaultId.ServiceUnavailable,
                $"See {endpoint.StatusPage ?? "the system's status"} and run the command again when it is well."),
            >= HttpStatusCode.BadRequest => (FaultKind.InvalidArgument, FaultId.RequestRefused, "Check the ids and names in the command and in agentflow.json; the system does not accept one of them."),
            _ => (FaultKind.InvalidData, FaultId.ResponseMalformed, "Run the command again; if it stays so, a proxy may answer in the system's place."),
        };
    }

    private static string Reference(ServiceEndpoint endpoint) => endpoint.TokenReference ?? $"the {endpoint.System} token";

    private static string Target(ServiceEndpoint endpoint, HttpRequestMessage request) => $"{endpoint.System} {RequestMarks.Operation(request)}";
}
