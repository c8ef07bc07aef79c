using System.Web;

namespace AgentFlow.RotationHost;

/// <summary>A place before each request leaves and one after its answer has come, below everything that the product does with it.</summary>
internal sealed class DeadlyWire(DeathPlaces places) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string call = await NameAsync(request, cancellationToken);
        string after = places.Before(call, CallLabel.Reads(call));
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        places.After(after);
        return response;
    }

    // The query protocol of AWS says in a form what it asks for.
    private static async Task<string> NameAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string? action = null;
        if (request.Content is { Headers.ContentType.MediaType: "application/x-www-form-urlencoded" } form)
        {
            await form.LoadIntoBufferAsync(cancellationToken);
            action = HttpUtility.ParseQueryString(await form.ReadAsStringAsync(cancellationToken))["Action"];
        }

        return CallLabel.Of(request.Method.Method, request.RequestUri!.AbsolutePath, action);
    }
}
