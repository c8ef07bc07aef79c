using System.Security.Cryptography;
using System.Text;
using AgentFlow.Sandbox.Access;
using AgentFlow.Sandbox.App.Pages;
using AgentFlow.Sandbox.Hosting;
using AgentFlow.Sandbox.Scenarios;
using AgentFlow.Sandbox.Vercel;

namespace AgentFlow.Sandbox.App;

/// <summary>What Vercel's edge does before and around the app: stamps, protection, the firewall, its own error pages.</summary>
internal sealed class AppEdge(SandboxState sandbox, PageBodies bodies)
{
    /// <summary>Lets automation pass Deployment Protection; the config does not name it, as most do not.</summary>
    public IssuedToken Bypass { get; } = sandbox.Tokens.Issue("app", "bypass", string.Empty, 32);

    /// <summary>Answers in the app's place; false when the app itself is to answer.</summary>
    public async Task<bool> AnswerAsync(HttpContext http, VercelDeployment? deployment)
    {
        http.Response.Headers.Server = "Vercel";
        http.Response.Headers["x-vercel-id"] = $"fra1::{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        if (deployment is not { IsReady: true })
        {
            await ErrorAsync(http, StatusCodes.Status404NotFound, "DEPLOYMENT_NOT_FOUND", "The deployment could not be found on Vercel.").ConfigureAwait(false);
            return true;
        }

        if (sandbox.Has(Trait.Paused))
        {
            await ErrorAsync(http, StatusCodes.Status503ServiceUnavailable, "DEPLOYMENT_PAUSED", "This deployment is temporarily paused.").ConfigureAwait(false);
            return true;
        }

        if (sandbox.Has(Trait.Challenged))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            http.Response.Headers["x-vercel-mitigated"] = "challenge";
            await PageRoutes.SendAsync(http, bodies.Challenge()).ConfigureAwait(false);
            return true;
        }

        if (sandbox.Has(Trait.Protected) && !Passes(http))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            http.Response.Headers.SetCookie = "_vercel_sso_nonce=rehearsal; Max-Age=3600; Path=/; Secure; HttpOnly; SameSite=Lax";
            await PageRoutes.SendAsync(http, bodies.Protection()).ConfigureAwait(false);
            return true;
        }

        http.Response.Headers["x-deployment-id"] = Stamp(deployment);
        return false;
    }

    /// <summary>The id that the app believes to be.</summary>
    public string Stamp(VercelDeployment deployment)
    {
        string older = VercelIds.Deployment("production previous");
        return sandbox.Has(Trait.OldBuild) && deployment.Id != older ? older : deployment.Id;
    }

    private bool Passes(HttpContext http) => http.Request.Headers["x-vercel-protection-bypass"].ToString() is { Length: > 0 } given
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(Bypass.Value));

    private async Task ErrorAsync(HttpContext http, int status, string code, string text)
    {
        http.Response.StatusCode = status;
        http.Response.Headers["x-vercel-error"] = code;
        http.Response.ContentType = "text/plain; charset=utf-8";
        await http.Response.WriteAsync($"{sandbox.Canary.In(text)}\n\n{code}\n\n{http.Response.Headers["x-vercel-id"]}\n", http.RequestAborted).ConfigureAwait(false);
    }
}
