using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AgentFlow.Adapters.Http;
using AgentFlow.Deployments;

namespace AgentFlow.Adapters.Vercel.BuildLogs;

/// <summary>One deployment's build log, parsed from the socket's own pieces: memory holds one piece and the lines in it.</summary>
internal sealed class BuildLog(VercelApi api, string deploymentId)
{
    private const int FirstBuffer = 64 * 1024;

    /// <summary>All lines that are there now.</summary>
    public async IAsyncEnumerable<BuildLogLine> ReadAsync(BuildLogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        VercelPath path = api.Scoped(VercelPath.Of("v3", "deployments", deploymentId, "events")
            .With("direction", "forward").With("follow", "0").With("limit", "-1").With("builds", "1").With("since", query.Since).With("until", query.Until));
        using HttpRequestMessage request = new(HttpMethod.Get, path.ToString());
        request.Headers.Accept.ParseAdd("application/stream+json");
        request.Headers.Accept.ParseAdd("application/json;q=0.9");
        using HttpResponseMessage response = await api.OpenAsync(request, cancellationToken).ConfigureAwait(false);
        await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        BuildEventReader reader = new();
        List<BuildLogLine> lines = [];
        byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            int filled = 0;
            for (bool isLast = false; !isLast;)
            {
                if (filled == buffer.Length)
                {
                    buffer = Grow(buffer, request);
                }

                int read = await FillAsync(body, buffer.AsMemory(filled), request, cancellationToken).ConfigureAwait(false);
                isLast = read == 0;
                filled += read;
                (int used, bool isBroken) = Parse(reader, buffer.AsSpan(0, filled), isLast, lines);
                foreach (BuildLogLine line in lines)
                {
                    yield return line;
                }

                lines.Clear();
                if (isBroken)
                {
                    throw api.Malformed(request, isLast ? "a log that breaks off" : "something other than build events");
                }

                buffer.AsSpan(used, filled - used).CopyTo(buffer);
                filled -= used;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static (int Used, bool IsBroken) Parse(BuildEventReader reader, ReadOnlySpan<byte> piece, bool isLast, List<BuildLogLine> lines)
    {
        // No body at all is a log without lines.
        if (isLast && reader.IsWhole && piece.Trim(" \r\n\t"u8).IsEmpty)
        {
            return (piece.Length, false);
        }

        try
        {
            return (reader.Read(piece, isLast, lines), false);
        }
        catch (JsonException)
        {
            return (0, true);
        }
    }

    private byte[] Grow(byte[] full, HttpRequestMessage request)
    {
        if (full.Length >= api.Clients.Limits.MostBytes)
        {
            throw HttpFaults.TooLarge(api.Endpoint, request, api.Clients.Limits.MostBytes);
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full, clearArray: true);
        return larger;
    }

    private async ValueTask<int> FillAsync(Stream body, Memory<byte> space, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpLimits limits = api.Clients.Limits;
        using CancellationTokenSource silence = new(limits.Silence, api.Clients.Time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            return await body.ReadAsync(space, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw HttpFaults.TimedOut(api.Endpoint, request, limits with { Total = limits.Silence });
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or InvalidDataException)
        {
            throw HttpFaults.Unreachable(api.Endpoint, request, exception);
        }
    }
}
