using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace AgentFlow.Adapters.Tests.Http;

/// <summary>Stands where the sockets would be: plays answers in order (the last one for good) and notes what was really sent.</summary>
internal sealed class ScriptedWire(params Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>[] script) : HttpMessageHandler
{
    private int _next;

    /// <summary>What was sent: method, address, Authorization, User-Agent.</summary>
    public ConcurrentQueue<SentRequest> Sent { get; } = new();

    public static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Answer(int status, string body = "{}", params (string Name, string Value)[] headers) => (request, _) =>
    {
        HttpResponseMessage response = new((HttpStatusCode)status) { RequestMessage = request, Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach ((string name, string value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return Task.FromResult(response);
    };

    public static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Break(Exception exception) => (_, _) => Task.FromException<HttpResponseMessage>(exception);

    public static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Hang() => async (_, cancellationToken) =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        throw new InvalidOperationException();
    };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Sent.Enqueue(new(request.Method.Method, request.RequestUri!, request.Headers.Authorization?.ToString(), request.Headers.UserAgent.ToString(), request.Headers.ToString()));
        int at = Math.Min(Interlocked.Increment(ref _next) - 1, script.Length - 1);
        return script[at](request, cancellationToken);
    }

    internal sealed record SentRequest(string Method, Uri Address, string? Authorization, string UserAgent, string Headers);
}
