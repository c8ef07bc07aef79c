using System.Net.Http.Headers;

namespace AgentFlow.Adapters.Http;

/// <summary>Compares a system's clock with ours through the Date header, which counts whole seconds.</summary>
internal static class ServerClock
{
    /// <summary>Their clock minus ours in whole seconds; zero within the second that the header and the way there and back leave open. Null without the header.</summary>
    public static TimeSpan? Skew(HttpResponseHeaders headers, DateTimeOffset sentAt, DateTimeOffset receivedAt)
    {
        if (headers.Date is not { } theirs)
        {
            return null;
        }

        TimeSpan ahead = theirs - receivedAt;
        TimeSpan behind = sentAt - theirs.AddSeconds(1);
        TimeSpan skew = ahead > TimeSpan.Zero ? ahead : behind > TimeSpan.Zero ? -behind : TimeSpan.Zero;
        return TimeSpan.FromSeconds(Math.Round(skew.TotalSeconds));
    }
}
