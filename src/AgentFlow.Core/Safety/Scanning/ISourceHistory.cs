namespace AgentFlow.Safety.Scanning;

/// <summary>Reads what commits brought into a repository.</summary>
public interface ISourceHistory
{
    /// <summary>Every text that is new in a commit, oldest first, each content once: commit messages and files. A text must be read before the next is asked for.</summary>
    /// <param name="folder">Full path of a folder in the repository; only what is below it counts.</param>
    /// <param name="ranges">Revisions and ranges as git writes them; empty for all that any reference reaches.</param>
    /// <param name="note">Told what the operator should know, such as a shallow clone.</param>
    /// <param name="cancellationToken">A stop.</param>
    /// <exception cref="Faults.AfFaultException">AfGitMissing, AfGitFailed, AfGitRangeRefused.</exception>
    IAsyncEnumerable<HistoryText> ReadAsync(string folder, IReadOnlyList<string> ranges, Func<string, ValueTask> note, CancellationToken cancellationToken);
}
