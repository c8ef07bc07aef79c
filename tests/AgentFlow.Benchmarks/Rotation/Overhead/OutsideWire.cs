using System.Diagnostics;

namespace AgentFlow.Benchmarks.Rotation.Overhead;

/// <summary>Measures each call at the socket, its whole answer included.</summary>
internal sealed class OutsideWire(OutsideTime time) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        long begun = Stopwatch.GetTimestamp();
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        time.Add(Stopwatch.GetElapsedTime(begun));
        return response;
    }
}
