using System.Globalization;
using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Hosting;

namespace AgentFlow.Sandbox.GitHub;

/// <summary>Refusals in GitHub's shape.</summary>
internal sealed class GitHubErrors(Canary canary)
{
    public Answer NotFound() => Make(StatusCodes.Status404NotFound, "Not Found");

    public Answer NoCommit(string reference) => Make(StatusCodes.Status422UnprocessableEntity, $"No commit found for SHA: {reference}");

    public Answer Make(int status, string message) => new(status, new JsonObject
    {
        ["message"] = canary.In(message),
        ["documentation_url"] = "https://docs.github.com/rest",
        ["status"] = status.ToString(CultureInfo.InvariantCulture),
    });
}
