using System.Security.Cryptography;
using System.Text;
using AgentFlow.Sandbox.Hosting;
using AgentFlow.Sandbox.Scenarios;

namespace AgentFlow.Sandbox.GitHub;

/// <summary>One organisation's repositories with one history, as GitHub holds them.</summary>
internal sealed class GitHubState
{
    public const string Owner = "agentflow-example";
    public const string Name = "agentflow";
    public const string MainBranch = "main";
    public const string FeatureBranch = "feature/lead-scoring";
    public const long OwnerId = 98_765_432;
    public const long RepositoryId = 712_345_001;

    /// <summary>A repository that bears the pinned one's name in the wrong-repository scenario.</summary>
    public const long ImpostorId = 899_000_111;

    private const int MainLength = 320;

    private readonly Dictionary<string, GitHubCommit> _commits = new(StringComparer.Ordinal);

    /// <summary>Makes the same history every time; only the dates move with the clock.</summary>
    public GitHubState(SandboxState sandbox)
    {
        Repositories = sandbox.Has(Trait.WrongRepository) ? [new(RepositoryId, Name + "-archived"), new(ImpostorId, Name)]
            : sandbox.Has(Trait.RenamedRepository) ? [new(RepositoryId, Name + "-web", Name)]
            : [new(RepositoryId, Name)];
        DateTimeOffset now = sandbox.Time.GetUtcNow();
        string? head = null;
        for (int i = 0; i < MainLength; i++)
        {
            head = Add($"main {i}", head, sandbox.Canary.In($"Improve lead intake, step {i + 1}"), now.AddHours((i - MainLength) * 5));
        }

        Branches[MainBranch] = head!;
        string? side = _commits[head!].Parent;
        for (int i = 0; i < 3; i++)
        {
            side = Add($"feature {i}", side, sandbox.Canary.In($"Score leads by reply time, part {i + 1}"), now.AddHours(i - 4));
        }

        Branches[FeatureBranch] = side!;
    }

    public IReadOnlyList<GitHubRepository> Repositories { get; }

    /// <summary>Branch name to head commit.</summary>
    public SortedDictionary<string, string> Branches { get; } = new(StringComparer.Ordinal);

    public string MainHead => Branches[MainBranch];

    public static string Hash(string text)
    {
#pragma warning disable CA5350 // Git names its objects by SHA-1.
        return Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
    }

    public GitHubCommit? Find(string sha) => _commits.GetValueOrDefault(sha);

    /// <summary>A branch, a full SHA or an unambiguous beginning of one.</summary>
    public GitHubCommit? Resolve(string reference)
    {
        string name = reference.StartsWith("heads/", StringComparison.Ordinal) ? reference["heads/".Length..] : reference;
        if (Branches.TryGetValue(name, out string? sha))
        {
            return _commits[sha];
        }

        GitHubCommit[] found = reference.Length >= 7 ? [.. _commits.Values.Where(commit => commit.Sha.StartsWith(reference, StringComparison.Ordinal)).Take(2)] : [];
        return found.Length == 1 ? found[0] : null;
    }

    /// <summary>The commit and everything before it, newest first.</summary>
    public IEnumerable<GitHubCommit> History(GitHubCommit from)
    {
        for (GitHubCommit? at = from; at is not null; at = at.Parent is null ? null : _commits[at.Parent])
        {
            yield return at;
        }
    }

    private string Add(string seed, string? parent, string message, DateTimeOffset at)
    {
        string sha = Hash("commit " + seed);
        _commits[sha] = new(sha, parent, message, "octo-maintainer", at);
        return sha;
    }
}
