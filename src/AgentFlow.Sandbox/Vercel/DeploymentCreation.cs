using System.Globalization;
using System.Text.Json.Nodes;
using AgentFlow.Sandbox.GitHub;
using AgentFlow.Sandbox.Hosting;

namespace AgentFlow.Sandbox.Vercel;

/// <summary>
/// <c>POST /v13/deployments</c>: a redeploy of an existing deployment or a build of a git reference, for a project that exists.
/// There is no idempotency key: the same request twice makes two deployments.
/// </summary>
internal sealed class DeploymentCreation(VercelPart vercel, SandboxState sandbox, VercelErrors errors)
{
    private const long BuildMilliseconds = 1_500;

    public Answer Create(Call call)
    {
        if (call.BodyObject is not { } body || Text(body, "name") is not { } name)
        {
            return errors.BadRequest("missing required property `name`.");
        }

        string? target = Text(body, "target");
        if (target is not (null or "production" or "preview"))
        {
            return errors.BadRequest("`target` should be equal to one of the allowed values \"production, preview\".");
        }

        target = target == "preview" ? null : target;
        VercelDeployment? original = null;
        if (Text(body, "deploymentId") is { } from && (original = vercel.Find(call, from)) is null)
        {
            return errors.NotFound("Deployment");
        }

        if (original is not null)
        {
            return body["withLatestCommit"]?.GetValue<bool>() == true && original.Branch is { } branch && vercel.GitHub.Resolve(branch) is { } latest
                ? Begin(original.ProjectId, target, "redeploy", latest, branch, original.RepositoryId, Meta(body))
                : Begin(original.ProjectId, target, "redeploy", Commit(original), original.Branch, original.RepositoryId, Meta(body));
        }

        VercelProject? project = VercelGate.IsTeam(call) ? vercel.State.Project(Text(body, "project") ?? name) : null;
        if (project is null)
        {
            // The real service would make a project here; this one refuses, as nothing in the runbook may.
            return errors.NotFound("Project");
        }

        return body["gitSource"] is JsonObject source ? FromGit(project, target, source, body) : errors.BadRequest("either `files`, `deploymentId` or `gitSource` is needed.");
    }

    private static string? Text(JsonObject body, string name) => body[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static Dictionary<string, string> Meta(JsonObject body) =>
        body["meta"] is JsonObject meta ? meta.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value!.ToString()) : [];

    private static GitHubCommit? Commit(VercelDeployment original) => original.CommitSha is null ? null : new(original.CommitSha, null, original.CommitMessage ?? string.Empty, "octo-maintainer", DateTimeOffset.UnixEpoch);

    private Answer FromGit(VercelProject project, string? target, JsonObject source, JsonObject body)
    {
        string? branch = Text(source, "ref");
        string? repository = source["repoId"]?.ToString() ?? (Text(source, "org") == project.Link?.Owner && Text(source, "repo") == project.Link?.Repository ? project.Link?.RepositoryId.ToString(CultureInfo.InvariantCulture) : null);
        if (project.Link is null || repository != project.Link.RepositoryId.ToString(CultureInfo.InvariantCulture))
        {
            return errors.BadRequest("the repository is not the one that the project is connected to.");
        }

        GitHubCommit? commit = vercel.GitHub.Resolve(Text(source, "sha") ?? branch ?? string.Empty);
        return commit is null
            ? errors.BadRequest("the git reference could not be found.")
            : Begin(project.Id, target, "api-trigger-git-deploy", commit, branch, project.Link.RepositoryId, Meta(body));
    }

    private Answer Begin(string projectId, string? target, string source, GitHubCommit? commit, string? branch, long? repository, Dictionary<string, string> meta)
    {
        VercelState state = vercel.State;
        // One millisecond apart at least: paging tells deployments apart by their time.
        long now = Math.Max(sandbox.NowMilliseconds, state.Deployments[0].CreatedAt + 1);
        string id = VercelIds.Deployment($"made at run time {state.Deployments.Count} {now}");
        VercelDeployment deployment = new()
        {
            Id = id,
            Url = sandbox.Ports.Take(id) ?? Evict(id),
            ProjectId = projectId,
            ProjectName = state.Project(projectId)!.Name,
            Target = target,
            Source = source,
            State = "QUEUED",
            CreatedAt = now,
            FinishesAt = now + BuildMilliseconds,
            CommitSha = commit?.Sha,
            CommitMessage = commit?.Message,
            Branch = branch,
            RepositoryId = commit is null ? null : repository,
            ExtraMeta = meta,
        };
        state.Deployments.Insert(0, deployment);
        return Answer.Ok(new DeploymentJson(sandbox, state).Full(deployment, false));
    }

    // Each deployment needs a port and there are only so many: the oldest that no address points at gives its own away.
    private string Evict(string id)
    {
        VercelDeployment oldest = vercel.State.Deployments.Last(one => sandbox.Ports.IsHeldBy(one.Url, one.Id) && !vercel.State.AliasesOf(one).Any());
        return sandbox.Ports.Replace(oldest.Id, id);
    }
}
