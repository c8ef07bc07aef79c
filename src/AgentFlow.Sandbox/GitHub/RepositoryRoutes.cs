using System.Globalization;
using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Hosting;

namespace AgentFlow.Sandbox.GitHub;

/// <summary>Repositories, commits, branches and comparisons; every path also by repository id, as GitHub's own Link headers write it.</summary>
internal sealed class RepositoryRoutes(GitHubPart github, Lazy<GitHubJson> lazyJson, GitHubErrors errors)
{
    private const int MostCompared = 250;

    private GitHubJson Json => lazyJson.Value;

    public void Map(ProviderRoutes routes)
    {
        OnBoth(routes, github, lazyJson, errors, string.Empty, (_, repository) => Answer.Ok(Json.Repository(repository)));
        OnBoth(routes, github, lazyJson, errors, "/commits", Commits);
        OnBoth(routes, github, lazyJson, errors, "/commits/{sha}/branches-where-head", WhereHead);
        OnBoth(routes, github, lazyJson, errors, "/commits/{**reference}", Commit);
        OnBoth(routes, github, lazyJson, errors, "/git/commits/{sha}", GitCommit);
        OnBoth(routes, github, lazyJson, errors, "/branches", Branches);
        OnBoth(routes, github, lazyJson, errors, "/branches/{**branch}", Branch);
        OnBoth(routes, github, lazyJson, errors, "/compare/{**basehead}", Compare);
    }

    /// <summary>Maps a read below a repository by name and by id; an unknown repository is not found, a renamed one has moved.</summary>
    public static void OnBoth(ProviderRoutes routes, GitHubPart github, Lazy<GitHubJson> json, GitHubErrors errors, string path, Func<Call, GitHubRepository, Answer> read)
    {
        routes.On("GET", "/repos/{owner}/{repo}" + path, call =>
        {
            (string owner, string name) = (call.Path("owner"), call.Path("repo"));
            GitHubRepository? repository = owner.Equals(GitHubState.Owner, StringComparison.OrdinalIgnoreCase)
                ? github.State.Repositories.FirstOrDefault(one => name.Equals(one.Name, StringComparison.OrdinalIgnoreCase) || name.Equals(one.FormerName, StringComparison.OrdinalIgnoreCase))
                : null;
            return repository is null ? errors.NotFound()
                : name.Equals(repository.FormerName, StringComparison.OrdinalIgnoreCase) ? Moved(call, repository, json.Value)
                : read(call, repository);
        });
        routes.On("GET", "/repositories/{id}" + path, call => github.State.Repositories.FirstOrDefault(one => one.Id.ToString(CultureInfo.InvariantCulture) == call.Path("id")) is { } repository
            ? read(call, repository)
            : errors.NotFound());
    }

    private static Answer Moved(Call call, GitHubRepository repository, GitHubJson json)
    {
        string[] segments = call.Http.Request.Path.Value!.Split('/', 6);
        string address = json.ById(repository, segments.Length > 5 ? "/" + segments[5] : string.Empty) + call.Http.Request.QueryString;
        return new(StatusCodes.Status301MovedPermanently, new JsonObject { ["message"] = "Moved Permanently", ["url"] = address, ["documentation_url"] = "https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects" })
        {
            Headers = [KeyValuePair.Create("Location", address)],
        };
    }

    private Answer Commits(Call call, GitHubRepository repository)
    {
        string reference = call.Query("sha") ?? GitHubState.MainBranch;
        if (github.State.Resolve(reference) is not { } from)
        {
            return errors.NotFound();
        }

        IEnumerable<GitHubCommit> found = github.State.History(from);
        if (Date(call, "since") is { } since)
        {
            found = found.Where(commit => commit.At >= since);
        }

        if (Date(call, "until") is { } until)
        {
            found = found.Where(commit => commit.At <= until);
        }

        if (call.Query("author") is { } author)
        {
            found = found.Where(commit => commit.AuthorLogin == author);
        }

        return GitHubPage.Cut(call, Json.ById(repository, "/commits"), found, commit => Json.Commit(repository, commit));
    }

    private static DateTimeOffset? Date(Call call, string name) =>
        DateTimeOffset.TryParse(call.Query(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at) ? at : null;

    private Answer Commit(Call call, GitHubRepository repository)
    {
        string reference = call.Path("reference");
        if (github.State.Resolve(reference) is not { } commit)
        {
            return errors.NoCommit(reference);
        }

        JsonObject body = Json.Commit(repository, commit);
        body["stats"] = new JsonObject { ["additions"] = 3, ["deletions"] = 1, ["total"] = 4 };
        body["files"] = new JsonArray(Json.File(repository, commit));
        return Answer.Ok(body);
    }

    // The git object answers to its whole id only.
    private Answer GitCommit(Call call, GitHubRepository repository) => github.State.Find(call.Path("sha")) is { } commit ? Answer.Ok(Json.GitCommit(repository, commit)) : errors.NotFound();

    private Answer WhereHead(Call call, GitHubRepository repository)
    {
        string sha = call.Path("sha");
        return github.State.Find(sha) is null
            ? errors.NoCommit(sha)
            : Answer.Ok(new JsonArray([.. github.State.Branches.Where(branch => branch.Value == sha).Select(branch => Brief(repository, branch))]));
    }

    private JsonObject Brief(GitHubRepository repository, KeyValuePair<string, string> branch) => new()
    {
        ["name"] = branch.Key,
        ["commit"] = new JsonObject { ["sha"] = branch.Value, ["url"] = $"{Json.Api(repository)}/commits/{branch.Value}" },
        ["protected"] = branch.Key == GitHubState.MainBranch,
    };

    private Answer Branches(Call call, GitHubRepository repository) =>
        GitHubPage.Cut(call, Json.ById(repository, "/branches"), github.State.Branches.Where(branch => call.Query("protected") is not "true" || branch.Key == GitHubState.MainBranch), branch => Brief(repository, branch));

    private Answer Branch(Call call, GitHubRepository repository)
    {
        string name = call.Path("branch");
        if (!github.State.Branches.TryGetValue(name, out string? head))
        {
            return errors.Make(StatusCodes.Status404NotFound, "Branch not found");
        }

        string url = $"{Json.Api(repository)}/branches/{name}";
        return Answer.Ok(new JsonObject
        {
            ["name"] = name,
            ["commit"] = Json.Commit(repository, github.State.Find(head)!),
            ["_links"] = new JsonObject { ["self"] = url, ["html"] = $"https://github.invalid/{repository.FullName}/tree/{name}" },
            ["protected"] = name == GitHubState.MainBranch,
            ["protection"] = new JsonObject { ["enabled"] = name == GitHubState.MainBranch, ["required_status_checks"] = new JsonObject { ["enforcement_level"] = "off", ["contexts"] = new JsonArray(), ["checks"] = new JsonArray() } },
            ["protection_url"] = $"{url}/protection",
        });
    }

    private Answer Compare(Call call, GitHubRepository repository)
    {
        string[] ends = call.Path("basehead").Split("...");
        if (ends.Length != 2 || github.State.Resolve(ends[0]) is not { } start || github.State.Resolve(ends[1]) is not { } head)
        {
            return errors.NotFound();
        }

        HashSet<string> before = [.. github.State.History(start).Select(commit => commit.Sha)];
        GitHubCommit[] ahead = [.. github.State.History(head).TakeWhile(commit => !before.Contains(commit.Sha)).Reverse()];
        HashSet<string> after = [.. github.State.History(head).Select(commit => commit.Sha)];
        GitHubCommit[] behind = [.. github.State.History(start).TakeWhile(commit => !after.Contains(commit.Sha))];
        GitHubCommit mergeBase = github.State.History(start).First(commit => after.Contains(commit.Sha));
        bool isPaged = call.Query("page") is not null || call.Query("per_page") is not null;
        (int page, int size) = isPaged ? GitHubPage.Read(call) : (1, MostCompared);
        string web = $"https://github.invalid/{repository.FullName}/compare/{call.Path("basehead")}";
        string url = $"{Json.Api(repository)}/compare/{call.Path("basehead")}";
        Answer answer = Answer.Ok(new JsonObject
        {
            ["url"] = url,
            ["html_url"] = web,
            ["permalink_url"] = web,
            ["diff_url"] = web + ".diff",
            ["patch_url"] = web + ".patch",
            ["base_commit"] = Json.Commit(repository, start),
            ["merge_base_commit"] = Json.Commit(repository, mergeBase),
            ["status"] = ahead.Length == 0 ? behind.Length == 0 ? "identical" : "behind" : behind.Length == 0 ? "ahead" : "diverged",
            ["ahead_by"] = ahead.Length,
            ["behind_by"] = behind.Length,
            ["total_commits"] = ahead.Length,
            // Without paging only the last 250 commits come.
            ["commits"] = new JsonArray([.. (isPaged ? ahead.Skip((page - 1) * size).Take(size) : ahead.TakeLast(MostCompared)).Select(commit => Json.Commit(repository, commit))]),
            ["files"] = new JsonArray([.. ahead.Take(page == 1 ? 300 : 0).Select(commit => Json.File(repository, commit))]),
        });
        return isPaged ? answer with { Headers = GitHubPage.Links(call, Json.ById(repository, $"/compare/{call.Path("basehead")}"), page, (ahead.Length + size - 1) / size) } : answer;
    }
}
