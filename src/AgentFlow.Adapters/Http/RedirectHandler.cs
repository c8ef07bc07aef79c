using System.Net;

namespace AgentFlow.Adapters.Http;

/// <summary>Follows a moved object on its own origin (a renamed repository) and nothing else; a redirect elsewhere is a fault, and no token goes there.</summary>
internal sealed class RedirectHandler : DelegatingHandler
{
    private const int Most = 3;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ServiceEndpoint endpoint = RequestMarks.EndpointOf(request);
        Uri first = request.RequestUri!;
        try
        {
            for (int hop = 0; ; hop++)
            {
                HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
                if (endpoint.AnswersAreData || !IsRedirect(response.StatusCode))
                {
                    return response;
                }

                Uri? next = response.Headers.Location is { } location ? new(request.RequestUri!, location) : null;
                response.Dispose();
                bool safe = request.Method == HttpMethod.Get || request.Method == HttpMethod.Head;
                if (next is null || !safe || hop == Most || !endpoint.Owns(next))
                {
                    throw HttpFaults.Redirected(endpoint, request, elsewhere: next is not null && !endpoint.Owns(next));
                }

                request.RequestUri = next;
            }
        }
        finally
        {
            // A further attempt starts where the caller asked.
            request.RequestUri = first;
        }
    }

    private static bool IsRedirect(HttpStatusCode status) => status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
}
