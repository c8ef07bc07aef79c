using AgentFlow.Deployments.Routes;

namespace AgentFlow.Adapters.App;

/// <summary>Asks the deployed application for pages over HTTP.</summary>
public sealed class RouteProbe(AppHttp app) : IRouteProbe
{
    /// <inheritdoc/>
    public async Task<RouteAnswer> GetAsync(RouteRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        using HttpRequestMessage message = new(HttpMethod.Get, request.Uri);
        message.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");
        return await app.SendAsync(message, request.Own, cancellationToken).ConfigureAwait(false);
    }
}
