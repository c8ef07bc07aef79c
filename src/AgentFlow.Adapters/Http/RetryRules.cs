using System.Net;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace AgentFlow.Adapters.Http;

/// <summary>When and how an attempt is repeated: only what may be repeated, a bounded number of times, with jitter, and as late as the system asks.</summary>
internal sealed class RetryRules(HttpLimits limits, TimeProvider time)
{
    public RetryStrategyOptions<HttpResponseMessage> Options(bool answersAreData) => new()
    {
        MaxRetryAttempts = answersAreData ? 1 : limits.Retries,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = limits.FirstWait,
        MaxDelay = limits.LongestWait,
        ShouldHandle = arguments => ValueTask.FromResult(ShouldRepeat(arguments.Context, arguments.Outcome, answersAreData)),
        DelayGenerator = arguments => ValueTask.FromResult(arguments.Outcome.Result is { } response ? AskedWait.Read(response, time.GetUtcNow()) : null),
    };

    private bool ShouldRepeat(ResilienceContext context, Outcome<HttpResponseMessage> outcome, bool answersAreData)
    {
        if (context.CancellationToken.IsCancellationRequested || context.GetRequestMessage() is not { } request || !RequestMarks.MayRepeat(request))
        {
            return false;
        }

        if (outcome.Result is not { } response)
        {
            return outcome.Exception is HttpRequestException or IOException || (!answersAreData && outcome.Exception is TimeoutRejectedException);
        }

        bool mayPass = AskedWait.IsRateLimit(response) || response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.InternalServerError
            or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
        return mayPass && !answersAreData && (AskedWait.Read(response, time.GetUtcNow()) is not { } wait || Fits(wait, request));
    }

    // A wait that the total would cut off is not begun: the caller gets the wait itself, at once.
    private bool Fits(TimeSpan wait, HttpRequestMessage request) => wait <= limits.LongestAskedWait
        && request.Options.TryGetValue(RequestMarks.Started, out long started) && time.GetElapsedTime(started) + wait < limits.Total;
}
