using AgentFlow.Faults;

namespace AgentFlow.Deployments.Routes;

/// <summary>Asks the application for one page as a signed-out visitor: no cookies, no credentials, redirects not followed.</summary>
public interface IRouteProbe
{
    /// <summary>One GET; transient failures are retried within bounds. Any status is an answer.</summary>
    /// <exception cref="AfFaultException">There was no answer: DNS, TLS, socket, timeout, or not HTTP.</exception>
    Task<RouteAnswer> GetAsync(RouteRequest request, CancellationToken cancellationToken);
}
