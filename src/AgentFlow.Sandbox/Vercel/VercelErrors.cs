using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Hosting;

namespace AgentFlow.Sandbox.Vercel;

/// <summary>Refusals in Vercel's shape (vercel.com/docs/rest-api/errors).</summary>
internal sealed class VercelErrors(Canary canary)
{
    public Answer NotFound(string what) => Make(StatusCodes.Status404NotFound, "not_found", $"{what} not found.");

    public Answer BadRequest(string why) => Make(StatusCodes.Status400BadRequest, "bad_request", $"Invalid request: {why}");

    public Answer Conflict(string why) => Make(StatusCodes.Status409Conflict, "conflict", why);

    public Answer Forbidden(string why, string? flag = null) => Make(StatusCodes.Status403Forbidden, "forbidden", why, flag);

    public Answer Make(int status, string code, string message, string? flag = null)
    {
        JsonObject error = new() { ["code"] = code, ["message"] = canary.In(message) };
        if (flag is not null)
        {
            error[flag] = true;
        }

        return new(status, new JsonObject { ["error"] = error });
    }
}
