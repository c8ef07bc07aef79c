namespace AgentFlow.Adapters.Http;

/// <summary>What a client tells the pipeline about one request.</summary>
internal static class RequestMarks
{
    /// <summary>The system that it goes to; every request carries it.</summary>
    public static readonly HttpRequestOptionsKey<ServiceEndpoint> Endpoint = new("AgentFlow.Endpoint");

    /// <summary>The body is read by the caller as it arrives.</summary>
    public static readonly HttpRequestOptionsKey<bool> Streamed = new("AgentFlow.Streamed");

    /// <summary>Sending it twice is the same as sending it once, although its method does not say so.</summary>
    public static readonly HttpRequestOptionsKey<bool> Repeatable = new("AgentFlow.Repeatable");

    /// <summary>When the first attempt began, as a timestamp of the pipeline's clock.</summary>
    public static readonly HttpRequestOptionsKey<long> Started = new("AgentFlow.Started");

    public static ServiceEndpoint EndpointOf(HttpRequestMessage request) => request.Options.TryGetValue(Endpoint, out ServiceEndpoint? endpoint)
        ? endpoint
        : throw new InvalidOperationException("A request reached the pipeline without its endpoint.");

    public static bool IsStreamed(HttpRequestMessage request) => request.Options.TryGetValue(Streamed, out bool streamed) && streamed;

    public static bool MayRepeat(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get || request.Method == HttpMethod.Head || request.Method == HttpMethod.Options
        || (request.Options.TryGetValue(Repeatable, out bool repeatable) && repeatable);

    /// <summary>The operation for people: method and path, without the query.</summary>
    public static string Operation(HttpRequestMessage request) => $"{request.Method} {request.RequestUri?.AbsolutePath}";
}
