using System.Runtime.CompilerServices;
using AgentFlow.Faults;
using AgentFlow.Safety.Scanning;

namespace AgentFlow.Adapters.Git;

/// <summary>
/// The files of a folder as git sees them: tracked, and untracked but not ignored, with nested repositories and submodules by their own
/// rules. Where there is no repository, all files.
/// </summary>
public sealed class GitTree : ISourceTree
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListAsync(string folder, Func<string, ValueTask> note, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(note);
        if (await WhyNotGitAsync(folder, cancellationToken).ConfigureAwait(false) is { } why)
        {
            await note($"All files of {folder} are searched: {why}.").ConfigureAwait(false);
            foreach (string file in FolderWalk.Files(folder))
            {
                yield return file;
            }

            yield break;
        }

        List<string> nested = [];
        using GitProcess git = GitProcess.Start(folder, ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", "."]);
        await using CancellationTokenRegistration stop = cancellationToken.Register(git.Kill);
        string last = string.Empty;
        await foreach (string name in NulText.ReadAsync(git.Output, cancellationToken).ConfigureAwait(false))
        {
            // A conflict lists a file once per side.
            if (name == last)
            {
                continue;
            }

            last = name;
            string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(folder, name)));
            FileInfo file = new(path);
            if (file.Exists)
            {
                if ((file.Attributes & FileAttributes.ReparsePoint) == 0)
                {
                    yield return path;
                }
            }
            else if (path.Length > folder.Length && Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null)
            {
                nested.Add(path);
            }
            else if (name.Contains('\uFFFD', StringComparison.Ordinal))
            {
                await note($"The name of {path} is not UTF-8; it is not searched.").ConfigureAwait(false);
            }
        }

        await git.EndAsync(cancellationToken).ConfigureAwait(false);
        foreach (string inner in nested.Distinct(StringComparer.Ordinal))
        {
            await foreach (string file in ListAsync(inner, note, cancellationToken).ConfigureAwait(false))
            {
                yield return file;
            }
        }
    }

    // Null when git answers for this folder.
    private static async Task<string?> WhyNotGitAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            (int code, string output, string complaint) = await GitProcess.RunAsync(folder, ["rev-parse", "--is-inside-work-tree"], cancellationToken).ConfigureAwait(false);
            if (code != 0)
            {
                return complaint.Contains("ownership", StringComparison.Ordinal) ? "git refuses a repository of another user (safe.directory), so .gitignore is not known" : "it is in no git repository";
            }

            if (output.Trim() != "true")
            {
                return "it is not in a work tree";
            }

            // Somebody who names an ignored folder means it.
            (int ignored, _, _) = await GitProcess.RunAsync(folder, ["check-ignore", "--quiet", "--", "."], cancellationToken).ConfigureAwait(false);
            return ignored == 0 ? "its repository ignores the folder itself" : null;
        }
        catch (AfFaultException fault) when (fault.Id == FaultId.GitMissing)
        {
            return "git is not installed, so .gitignore is not known";
        }
    }
}
