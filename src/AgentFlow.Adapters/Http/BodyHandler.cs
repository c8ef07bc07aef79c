using System.Security.Cryptography;

namespace AgentFlow.Adapters.Http;

/// <summary>Reads bodies whole and bounded inside the attempt, so that a body that breaks off or drips is an attempt that failed.</summary>
internal sealed class BodyHandler(HttpLimits limits) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        bool failed = !response.IsSuccessStatusCode;
        if (!failed && RequestMarks.IsStreamed(request))
        {
            return response;
        }

        try
        {
            ServiceEndpoint endpoint = RequestMarks.EndpointOf(request);
            bool cut = failed || endpoint.AnswersAreData;
            int most = failed && !endpoint.AnswersAreData ? limits.MostErrorBytes : limits.MostBytes;
            HeldContent content = await ReadAsync(response.Content, most, cut, request, cancellationToken).ConfigureAwait(false);
            response.Content.Dispose();
            response.Content = content;
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static async Task<HeldContent> ReadAsync(HttpContent source, int most, bool cut, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        long? announced = source.Headers.ContentLength;
        if (announced > most && !cut)
        {
            throw HttpFaults.TooLarge(RequestMarks.EndpointOf(request), request, most);
        }

        // One byte more than is needed: a body of the announced length ends without growing, and a longer one shows.
        byte[] buffer = new byte[Math.Min(most, announced ?? 16 * 1024) + 1];
        int filled = 0;
        await using Stream stream = await source.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            if (filled == buffer.Length)
            {
                if (filled > most)
                {
                    return cut ? new(buffer, most, source.Headers.ContentType) : throw HttpFaults.TooLarge(RequestMarks.EndpointOf(request), request, most);
                }

                byte[] larger = new byte[(int)Math.Min(most + 1L, buffer.Length * 2L)];
                buffer.AsSpan().CopyTo(larger);
                CryptographicOperations.ZeroMemory(buffer);
                buffer = larger;
            }

            int read = await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return new(buffer, filled, source.Headers.ContentType);
            }

            filled += read;
        }
    }
}
