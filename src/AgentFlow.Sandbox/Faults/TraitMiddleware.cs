using System.Globalization;
using System.Text;
using AgentFlow.Sandbox.Hosting;
using AgentFlow.Sandbox.Recording;
using AgentFlow.Sandbox.Scenarios;
using Microsoft.AspNetCore.Http.Features;

namespace AgentFlow.Sandbox.Faults;

/// <summary>Plays what befalls every credential for the providers whose parts do not look at it themselves: an expired token, a used-up rate limit.</summary>
internal sealed class TraitMiddleware(RequestDelegate next, SandboxState sandbox, FaultBodies bodies)
{
    private const int RetrySeconds = 60;

    private static readonly string[] s_json = ["stripe", "supabase"];
    private static readonly string[] s_aws = ["iam", "sts", "ses"];

    public Task InvokeAsync(HttpContext http)
    {
        string provider = http.Features.GetRequiredFeature<RequestRecord>().Provider;
        bool isAws = s_aws.Contains(provider);
        if (!isAws && !s_json.Contains(provider))
        {
            return next(http);
        }

        return sandbox.Has(Trait.ExpiredToken) ? RefuseAsync(http, provider, isAws ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized)
            : sandbox.Has(Trait.RateLimited) ? RefuseAsync(http, provider, StatusCodes.Status429TooManyRequests)
            : next(http);
    }

    private async Task RefuseAsync(HttpContext http, string provider, int status)
    {
        http.Response.StatusCode = status;
        if (status == StatusCodes.Status429TooManyRequests)
        {
            http.Response.Headers.RetryAfter = RetrySeconds.ToString(CultureInfo.InvariantCulture);
        }

        (string type, string body) = bodies.For(provider, status);
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        http.Response.ContentType = type;
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted).ConfigureAwait(false);
    }
}
