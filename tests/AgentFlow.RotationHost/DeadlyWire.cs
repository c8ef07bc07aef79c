namespace AgentFlow.RotationHost;

/// <summary>A place before each request leaves and one after its answer has come, below everything that the product does with it.</summary>
internal sealed class DeadlyWire(DeathCounter counter) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        counter.Place();
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        counter.Place();
        return response;
    }
}
