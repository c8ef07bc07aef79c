using System.Globalization;
using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Hosting;
using AgentFlow.Sandbox.Vercel;

namespace AgentFlow.Sandbox.GitHub;

/// <summary>The deployments and statuses that Vercel's app writes into the repository.</summary>
internal sealed class DeploymentRoutes(GitHubPart github, Lazy<GitHubJson> lazyJson, GitHubErrors errors)
{
    private GitHubJson Json => lazyJson.Value;

    public void Map(ProviderRoutes routes)
    {
        RepositoryRoutes.OnBoth(routes, github, lazyJson, errors, "/deployments", List);
        RepositoryRoutes.OnBoth(routes, github, lazyJson, errors, "/deployments/{deployment}", (call, repository) => Find(call) is { } deployment ? Answer.Ok(Write(repository, deployment)) : errors.NotFound());
        RepositoryRoutes.OnBoth(routes, github, lazyJson, errors, "/deployments/{deployment}/statuses", Statuses);
    }

    // GitHub numbers them; any number that stays the same will do.
    private static long Id(VercelDeployment deployment) => 1_000_000_000 + (Convert.ToInt64(GitHubState.Hash(deployment.Id)[..7], 16) % 900_000_000);

    private static string Environment(VercelDeployment deployment) => deployment.Target == "production" ? "Production" : "Preview";

    private static string Date(long milliseconds) => GitHubJson.Date(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));

    private IEnumerable<VercelDeployment> All() => github.VercelDeployments().Where(one => one.CommitSha is not null && github.State.Repositories.Any(repository => repository.Id == one.RepositoryId));

    private VercelDeployment? Find(Call call) => All().FirstOrDefault(one => Id(one).ToString(CultureInfo.InvariantCulture) == call.Path("deployment"));

    private Answer List(Call call, GitHubRepository repository)
    {
        IEnumerable<VercelDeployment> found = All().Where(one => one.RepositoryId == repository.Id);
        if (call.Query("sha") is { } sha and not "none")
        {
            found = found.Where(one => one.CommitSha == sha);
        }

        if (call.Query("ref") is { } reference and not "none")
        {
            found = found.Where(one => one.CommitSha == reference || one.Branch == reference);
        }

        if (call.Query("environment") is { } environment and not "none")
        {
            found = found.Where(one => Environment(one) == environment);
        }

        return GitHubPage.Cut(call, Json.ById(repository, "/deployments"), found, one => Write(repository, one));
    }

    private JsonObject Write(GitHubRepository repository, VercelDeployment deployment)
    {
        string url = $"{Json.Api(repository)}/deployments/{Id(deployment)}";
        return new()
        {
            ["url"] = url,
            ["id"] = Id(deployment),
            ["node_id"] = $"DE_{Id(deployment)}",
            ["sha"] = deployment.CommitSha,
            ["ref"] = deployment.CommitSha,
            ["task"] = "deploy",
            ["payload"] = new JsonObject(),
            ["original_environment"] = Environment(deployment),
            ["environment"] = Environment(deployment),
            ["description"] = null,
            ["creator"] = Json.User("vercel[bot]", 35_613_825, "Bot"),
            ["created_at"] = Date(deployment.CreatedAt),
            ["updated_at"] = Date(deployment.ReadyAt ?? deployment.CreatedAt),
            ["statuses_url"] = $"{url}/statuses",
            ["repository_url"] = Json.Api(repository),
            ["transient_environment"] = false,
            ["production_environment"] = deployment.Target == "production",
        };
    }

    // Newest first.
    private Answer Statuses(Call call, GitHubRepository repository)
    {
        if (Find(call) is not { } deployment)
        {
            return errors.NotFound();
        }

        List<(string State, long At)> states = [];
        if (deployment.IsOver)
        {
            states.Add((deployment.State switch { "READY" => "success", "ERROR" => "failure", _ => "inactive" }, deployment.ReadyAt ?? deployment.CreatedAt + 60_000));
        }

        states.Add(("pending", deployment.CreatedAt));
        string url = $"{Json.Api(repository)}/deployments/{Id(deployment)}";
        return GitHubPage.Cut(call, Json.ById(repository, $"/deployments/{Id(deployment)}/statuses"), states, state => new JsonObject
        {
            ["url"] = $"{url}/statuses/{Id(deployment) + state.At % 1000}",
            ["id"] = Id(deployment) + (state.At % 1000),
            ["node_id"] = $"DES_{Id(deployment)}",
            ["state"] = state.State,
            ["creator"] = Json.User("vercel[bot]", 35_613_825, "Bot"),
            ["description"] = string.Empty,
            ["environment"] = Environment(deployment),
            ["target_url"] = $"http://{deployment.Url}",
            ["environment_url"] = $"http://{deployment.Url}",
            ["log_url"] = $"http://{deployment.Url}",
            ["created_at"] = Date(state.At),
            ["updated_at"] = Date(state.At),
            ["deployment_url"] = url,
            ["repository_url"] = Json.Api(repository),
        });
    }
}
