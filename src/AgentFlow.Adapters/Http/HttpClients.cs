using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.Timeout;

namespace AgentFlow.Adapters.Http;

/// <summary>
/// The one way to the outside over HTTP: faults → total timeout → retries → attempt timeout → redirects → credential → bounded body → sockets.
/// Composed when the first client is asked for; all clients share its connections.
/// </summary>
public sealed class HttpClients : IAsyncDisposable
{
    private const string ApiChain = "api";
    private const string DataChain = "data";

    private readonly HttpLimits _limits;
    private readonly TimeProvider _time;
    private readonly Func<HttpMessageHandler> _wire;
    private readonly Lazy<ServiceProvider> _services;

    /// <summary>Composes nothing yet.</summary>
    public HttpClients(TimeProvider time, HttpLimits? limits = null)
        : this(time, limits, wire: null)
    {
    }

    internal HttpClients(TimeProvider time, HttpLimits? limits, Func<HttpMessageHandler>? wire)
    {
        _time = time;
        _limits = limits ?? new();
        _wire = wire ?? Sockets;
        _services = new(Compose);
    }

    /// <summary>The clock that waits and time limits run on.</summary>
    public TimeProvider Time => _time;

    /// <summary>The bounds of every call.</summary>
    public HttpLimits Limits => _limits;

    /// <summary>A client whose relative addresses are below the endpoint's. Anything but a success arrives as an AfFaultException.</summary>
    public HttpClient Create(ServiceEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return new(CreateHandler(endpoint), disposeHandler: false)
        {
            BaseAddress = endpoint.BaseAddress,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = _limits.MostBytes,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
    }

    /// <summary>The same chain for an SDK that brings its own client.</summary>
    public HttpMessageHandler CreateHandler(ServiceEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        IHttpMessageHandlerFactory factory = _services.Value.GetRequiredService<IHttpMessageHandlerFactory>();
        return new EndpointHandler(endpoint, factory.CreateHandler(endpoint.AnswersAreData ? DataChain : ApiChain));
    }

    /// <summary>Closes all connections.</summary>
    public ValueTask DisposeAsync() => _services.IsValueCreated ? _services.Value.DisposeAsync() : ValueTask.CompletedTask;

    private ServiceProvider Compose()
    {
        ServiceCollection services = new();
        AddChain(services, ApiChain, answersAreData: false);
        AddChain(services, DataChain, answersAreData: true);
        return services.BuildServiceProvider();
    }

    private void AddChain(ServiceCollection services, string name, bool answersAreData)
    {
        IHttpClientBuilder chain = services.AddHttpClient(name)
            .RemoveAllLoggers()
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(_wire)
            .AddHttpMessageHandler(() => new FaultHandler(_limits, _time));
        chain.AddResilienceHandler(name, pipeline =>
        {
            pipeline.TimeProvider = _time;
            pipeline.AddTimeout(new TimeoutStrategyOptions { Timeout = _limits.Total })
                .AddRetry(new RetryRules(_limits, _time).Options(answersAreData))
                .AddTimeout(new TimeoutStrategyOptions { Timeout = _limits.Attempt });
        });
        chain.AddHttpMessageHandler(() => new RedirectHandler())
            .AddHttpMessageHandler(() => new CredentialHandler())
            .AddHttpMessageHandler(() => new BodyHandler(_limits));
    }

    // The factory's handlers never expire here; the pool itself notices that a name has moved.
    private static SocketsHttpHandler Sockets() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ConnectTimeout = TimeSpan.FromSeconds(10),
        MaxResponseHeadersLength = 64,
        ActivityHeadersPropagator = null,
        EnableMultipleHttp2Connections = true,
        Proxy = new DirectLoopbackProxy(),
    };
}
