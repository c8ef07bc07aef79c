using System.Net.Http.Headers;
using AgentFlow.Safety;

namespace AgentFlow.Adapters.Http;

/// <summary>Puts the credential on a request at the last moment, only for the endpoint's own origin, and takes it off again.</summary>
internal sealed class CredentialHandler : DelegatingHandler
{
    private static readonly ProductInfoHeaderValue s_agent = new("AgentFlow.PS", typeof(CredentialHandler).Assembly.GetName().Version?.ToString(3));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ServiceEndpoint endpoint = RequestMarks.EndpointOf(request);
        request.Headers.UserAgent.Clear();
        request.Headers.UserAgent.Add(s_agent);
        foreach ((string name, string value) in endpoint.Headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (endpoint.Token is null)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        Uri address = request.RequestUri!;
        if (!endpoint.Owns(address) || !(address.Scheme == Uri.UriSchemeHttps || address.IsLoopback))
        {
            throw HttpFaults.ForeignAddress(endpoint, request);
        }

        using Lease lease = new(request, endpoint.Token());
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    // A request outlives its send inside responses and exceptions; the token must not.
    private readonly struct Lease : IDisposable
    {
        private readonly HttpRequestMessage _request;

        public Lease(HttpRequestMessage request, Secret token)
        {
            // Checked here: the framework's own complaint about a bad header quotes it.
            if (!token.Use(static bytes => !bytes.IsEmpty && !bytes.ContainsAnyExceptInRange((byte)0x21, (byte)0x7E)))
            {
                throw HttpFaults.UnsendableToken(RequestMarks.EndpointOf(request));
            }

            _request = request;
            request.Headers.Authorization = new("Bearer", token.Reveal());
        }

        public void Dispose() => _request.Headers.Authorization = null;
    }
}
