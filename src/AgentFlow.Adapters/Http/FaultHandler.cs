using AgentFlow.Faults;
using Polly.Timeout;

namespace AgentFlow.Adapters.Http;

/// <summary>Outermost: past it there are successes, faults and the caller's own cancellation, for typed clients and SDKs alike.</summary>
internal sealed class FaultHandler(HttpLimits limits, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ServiceEndpoint endpoint = RequestMarks.EndpointOf(request);
        request.Options.Set(RequestMarks.Started, time.GetTimestamp());
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not AfFaultException && !cancellationToken.IsCancellationRequested)
        {
            throw exception switch
            {
                TimeoutRejectedException or OperationCanceledException => HttpFaults.TimedOut(endpoint, request, limits),
                HttpRequestException or IOException => HttpFaults.Unreachable(endpoint, request, exception),
                _ => exception,
            };
        }

        if (response.IsSuccessStatusCode || endpoint.AnswersAreData)
        {
            return response;
        }

        using (response)
        {
            ErrorCode error = response.Content is HeldContent held ? ErrorCode.Read(held.Bytes.Span) : default;
            throw HttpFaults.FromStatus(endpoint, request, response, error, time.GetUtcNow());
        }
    }
}
