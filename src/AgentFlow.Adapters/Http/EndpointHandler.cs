namespace AgentFlow.Adapters.Http;

/// <summary>Marks each request with its endpoint; the handlers behind it are shared by all systems and belong to the factory, whose tracking handler ignores disposal by an SDK.</summary>
internal sealed class EndpointHandler(ServiceEndpoint endpoint, HttpMessageHandler shared) : DelegatingHandler(shared)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Options.Set(RequestMarks.Endpoint, endpoint);
        return base.SendAsync(request, cancellationToken);
    }
}
