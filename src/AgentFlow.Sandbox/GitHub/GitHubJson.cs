using System.Globalization;
using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Hosting;
using AgentFlow.Sandbox.Scenarios;

namespace AgentFlow.Sandbox.GitHub;

/// <summary>GitHub's objects with all the addresses that they carry.</summary>
internal sealed class GitHubJson(SandboxState sandbox, string api)
{
    private const string Web = "https://github.invalid";

    private static readonly string[] s_plainAddresses = ["contributors", "deployments", "downloads", "events", "forks", "hooks", "languages", "merges", "stargazers", "subscribers", "subscription", "tags", "teams"];

    private static readonly (string Name, string Suffix)[] s_templateAddresses =
    [
        ("archive", "/{archive_format}{/ref}"), ("assignees", "/assignees{/user}"), ("blobs", "/git/blobs{/sha}"), ("branches", "/branches{/branch}"), ("collaborators", "/collaborators{/collaborator}"),
        ("comments", "/comments{/number}"), ("commits", "/commits{/sha}"), ("compare", "/compare/{base}...{head}"), ("contents", "/contents/{+path}"), ("git_commits", "/git/commits{/sha}"),
        ("git_refs", "/git/refs{/sha}"), ("git_tags", "/git/tags{/sha}"), ("issue_comment", "/issues/comments{/number}"), ("issue_events", "/issues/events{/number}"), ("issues", "/issues{/number}"),
        ("keys", "/keys{/key_id}"), ("labels", "/labels{/name}"), ("milestones", "/milestones{/number}"), ("notifications", "/notifications{?since,all,participating}"), ("pulls", "/pulls{/number}"),
        ("releases", "/releases{/id}"), ("statuses", "/statuses/{sha}"), ("trees", "/git/trees{/sha}"),
    ];

    public static string Date(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public string Api(GitHubRepository repository) => $"{api}/repos/{repository.FullName}";

    public string ById(GitHubRepository repository, string rest) => $"{api}/repositories/{repository.Id}{rest}";

    public JsonObject User(string login, long id, string type = "User") => new()
    {
        ["login"] = login,
        ["id"] = id,
        ["node_id"] = $"U_{id}",
        ["avatar_url"] = $"{Web}/avatars/{id}",
        ["gravatar_id"] = string.Empty,
        ["url"] = $"{api}/users/{login}",
        ["html_url"] = $"{Web}/{login}",
        ["followers_url"] = $"{api}/users/{login}/followers",
        ["following_url"] = $"{api}/users/{login}/following{{/other_user}}",
        ["gists_url"] = $"{api}/users/{login}/gists{{/gist_id}}",
        ["starred_url"] = $"{api}/users/{login}/starred{{/owner}}{{/repo}}",
        ["subscriptions_url"] = $"{api}/users/{login}/subscriptions",
        ["organizations_url"] = $"{api}/users/{login}/orgs",
        ["repos_url"] = $"{api}/users/{login}/repos",
        ["events_url"] = $"{api}/users/{login}/events{{/privacy}}",
        ["received_events_url"] = $"{api}/users/{login}/received_events",
        ["type"] = type,
        ["site_admin"] = false,
    };

    public JsonObject Maintainer() => User("octo-maintainer", 4242);

    public JsonObject Me()
    {
        JsonObject me = Maintainer();
        (string Name, JsonNode? Value)[] more =
        [
            ("name", sandbox.Canary.In("Octo Maintainer")), ("company", null), ("blog", string.Empty), ("location", null), ("email", null), ("hireable", null), ("bio", sandbox.Canary.In("Keeps the lights on")),
            ("public_repos", 2), ("public_gists", 0), ("followers", 3), ("following", 4), ("created_at", "2020-01-02T03:04:05Z"), ("updated_at", "2026-01-02T03:04:05Z"),
        ];
        foreach ((string name, JsonNode? value) in more)
        {
            me[name] = value;
        }

        return me;
    }

    public JsonObject Repository(GitHubRepository repository)
    {
        string url = Api(repository);
        string web = $"{Web}/{repository.FullName}";
        string pushed = Date(sandbox.Time.GetUtcNow().AddHours(-2));
        bool isBroad = sandbox.Has(Trait.BroadToken);
        JsonObject json = new()
        {
            ["id"] = repository.Id,
            ["node_id"] = $"R_{repository.Id}",
            ["name"] = repository.Name,
            ["full_name"] = repository.FullName,
            ["owner"] = User(GitHubState.Owner, GitHubState.OwnerId, "Organization"),
            ["private"] = true,
            ["visibility"] = "private",
            ["html_url"] = web,
            ["description"] = sandbox.Canary.In("Qualifies leads"),
            ["fork"] = false,
            ["url"] = url,
            ["git_url"] = $"git://github.invalid/{repository.FullName}.git",
            ["ssh_url"] = $"git@github.invalid:{repository.FullName}.git",
            ["clone_url"] = $"{web}.git",
            ["svn_url"] = web,
            ["mirror_url"] = null,
            ["homepage"] = null,
            ["language"] = "TypeScript",
            ["size"] = 2048,
            ["default_branch"] = GitHubState.MainBranch,
            ["license"] = null,
            ["created_at"] = "2024-03-01T09:00:00Z",
            ["updated_at"] = pushed,
            ["pushed_at"] = pushed,
            ["permissions"] = new JsonObject { ["admin"] = isBroad, ["maintain"] = isBroad, ["push"] = isBroad, ["triage"] = isBroad, ["pull"] = true },
        };
        foreach (string name in s_plainAddresses)
        {
            json[name + "_url"] = $"{url}/{name}";
        }

        foreach ((string name, string suffix) in s_templateAddresses)
        {
            json[name + "_url"] = url + suffix;
        }

        foreach (string count in (string[])["forks_count", "stargazers_count", "watchers_count", "open_issues_count", "forks", "open_issues", "watchers", "subscribers_count", "network_count"])
        {
            json[count] = 0;
        }

        foreach (string flag in (string[])["has_issues", "has_projects", "has_wiki", "has_pages", "has_discussions", "archived", "disabled"])
        {
            json[flag] = flag == "has_issues";
        }

        return json;
    }

    public JsonObject Commit(GitHubRepository repository, GitHubCommit commit)
    {
        string url = Api(repository);
        string web = $"{Web}/{repository.FullName}";
        return new()
        {
            ["url"] = $"{url}/commits/{commit.Sha}",
            ["sha"] = commit.Sha,
            ["node_id"] = $"C_{commit.Sha[..12]}",
            ["html_url"] = $"{web}/commit/{commit.Sha}",
            ["comments_url"] = $"{url}/commits/{commit.Sha}/comments",
            ["commit"] = new JsonObject
            {
                ["url"] = $"{url}/git/commits/{commit.Sha}",
                ["author"] = Signature(commit),
                ["committer"] = Signature(commit),
                ["message"] = commit.Message,
                ["comment_count"] = 0,
                ["tree"] = Tree(repository, commit),
                ["verification"] = Unsigned(),
            },
            ["author"] = Maintainer(),
            ["committer"] = Maintainer(),
            ["parents"] = Parents(repository, commit, "commits"),
        };
    }

    /// <summary>The bare git object, without files and accounts.</summary>
    public JsonObject GitCommit(GitHubRepository repository, GitHubCommit commit) => new()
    {
        ["sha"] = commit.Sha,
        ["node_id"] = $"C_{commit.Sha[..12]}",
        ["url"] = $"{Api(repository)}/git/commits/{commit.Sha}",
        ["html_url"] = $"{Web}/{repository.FullName}/commit/{commit.Sha}",
        ["author"] = Signature(commit),
        ["committer"] = Signature(commit),
        ["message"] = commit.Message,
        ["tree"] = Tree(repository, commit),
        ["parents"] = Parents(repository, commit, "git/commits"),
        ["verification"] = Unsigned(),
    };

    public JsonObject File(GitHubRepository repository, GitHubCommit commit)
    {
        string web = $"{Web}/{repository.FullName}";
        return new()
        {
            ["sha"] = GitHubState.Hash("blob " + commit.Sha),
            ["filename"] = $"app/leads/step-{commit.Sha[..6]}.ts",
            ["status"] = "modified",
            ["additions"] = 3,
            ["deletions"] = 1,
            ["changes"] = 4,
            ["blob_url"] = $"{web}/blob/{commit.Sha}/app/leads/step-{commit.Sha[..6]}.ts",
            ["raw_url"] = $"{web}/raw/{commit.Sha}/app/leads/step-{commit.Sha[..6]}.ts",
            ["contents_url"] = $"{Api(repository)}/contents/app/leads/step-{commit.Sha[..6]}.ts?ref={commit.Sha}",
            ["patch"] = sandbox.Canary.In("@@ -1,3 +1,5 @@"),
        };
    }

    private static JsonObject Unsigned() => new() { ["verified"] = false, ["reason"] = "unsigned", ["signature"] = null, ["payload"] = null, ["verified_at"] = null };

    private JsonObject Tree(GitHubRepository repository, GitHubCommit commit) => new() { ["sha"] = commit.TreeSha, ["url"] = $"{Api(repository)}/git/trees/{commit.TreeSha}" };

    private JsonArray Parents(GitHubRepository repository, GitHubCommit commit, string kind) => commit.Parent is null
        ? []
        : new(new JsonObject { ["sha"] = commit.Parent, ["url"] = $"{Api(repository)}/{kind}/{commit.Parent}", ["html_url"] = $"{Web}/{repository.FullName}/commit/{commit.Parent}" });

    private JsonObject Signature(GitHubCommit commit) => new()
    {
        ["name"] = sandbox.Canary.In("Octo Maintainer"),
        ["email"] = "octo@agentflow.invalid",
        ["date"] = Date(commit.At),
    };
}
