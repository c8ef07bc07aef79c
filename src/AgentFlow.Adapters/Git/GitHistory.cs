using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using AgentFlow.Faults;
using AgentFlow.Safety.Scanning;

namespace AgentFlow.Adapters.Git;

/// <summary>
/// A history by two git processes, whatever its length: one lists commits and the contents that they brought, the other hands those
/// contents over one after the other. Whole contents, not differences: a key block is seen in one piece, UTF-16 is text, and what an
/// attribute calls binary is looked at all the same.
/// </summary>
public sealed class GitHistory : ISourceHistory
{
    private const int Ahead = 512;

    // Porcelain obeys the user's settings; each that changes what is listed is said here.
    private static readonly string[] s_log =
    [
        "-c", "log.showRoot=true", "log", "--reverse", "--raw", "-z", "-c", "--no-abbrev", "--no-renames", "--no-color", "--no-notes", "--no-show-signature", "--no-ext-diff",
        "--no-relative", "--no-mailmap", "--ignore-submodules=none", "--format=tformat:%x02%H",
    ];

    /// <inheritdoc/>
    public async IAsyncEnumerable<HistoryText> ReadAsync(string folder, IReadOnlyList<string> ranges, Func<string, ValueTask> note, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(ranges);
        ArgumentNullException.ThrowIfNull(note);
        RefuseOptions(ranges);
        string root = await RootAsync(folder, note, cancellationToken).ConfigureAwait(false);
        bool part = !string.Equals(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), root, StringComparison.Ordinal);
        string[] revisions = ranges.Count == 0 ? ["--all"] : ["--end-of-options", .. ranges];
        string[] paths = part ? ["--", "."] : ["--"];
        using GitProcess log = GitProcess.Start(folder, [.. s_log, .. part ? (string[])["--full-history"] : [], .. revisions, .. paths]);
        using GitProcess objects = GitProcess.Start(folder, ["cat-file", "--batch"], input: true);
        await using CancellationTokenRegistration stop = cancellationToken.Register(() =>
        {
            log.Kill();
            objects.Kill();
        });
        Channel<HistoryEntry> asked = Channel.CreateBounded<HistoryEntry>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task asking = AskAsync(log, objects, asked.Writer, linked.Token);
        try
        {
            using BatchReader batch = new(objects.Output);
            CommitHead head = CommitHead.None;
            await foreach (HistoryEntry entry in asked.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                Stream? content = Next(batch, cancellationToken);
                if (content is null)
                {
                    await note($"Object {entry.Object[..8]} ({entry.Path ?? "commit"}) is not in this clone and was not searched.").ConfigureAwait(false);
                    continue;
                }

                if (entry.Path is null)
                {
                    head = CommitHead.Read(content);
                    yield return new(entry.Commit, head.Author, head.At, null, root, new MemoryStream(head.Message, writable: false));
                }
                else
                {
                    yield return new(entry.Commit, head.Author, head.At, entry.Path, root, content);
                }
            }

            await asking.ConfigureAwait(false);
        }
        finally
        {
            await linked.CancelAsync().ConfigureAwait(false);
            log.Kill();
            objects.Kill();
            await asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Ended by a stop, git breaks off in the middle of an answer.
    private static Stream? Next(BatchReader batch, CancellationToken cancellationToken)
    {
        try
        {
            return batch.Next();
        }
        catch (AfFaultException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private static void RefuseOptions(IReadOnlyList<string> ranges)
    {
        foreach (string range in ranges)
        {
            if (range.Length == 0 || range[0] == '-' || range.Any(char.IsControl))
            {
                throw new AfFaultException(
                    FaultKind.InvalidArgument, FaultId.GitRangeRefused, $"'{range}' is not a revision or a range.", "Write it as git does, for example main..HEAD, v1.2 or HEAD~20..HEAD.", range);
            }
        }
    }

    private static async Task<string> RootAsync(string folder, Func<string, ValueTask> note, CancellationToken cancellationToken)
    {
        (int code, string output, string complaint) = await GitProcess.RunAsync(folder, ["rev-parse", "--is-shallow-repository", "--show-toplevel"], cancellationToken).ConfigureAwait(false);
        string[] lines = output.Split('\n', StringSplitOptions.TrimEntries);
        if (code != 0)
        {
            // A bare repository has no top folder.
            (int bare, string store, _) = await GitProcess.RunAsync(folder, ["rev-parse", "--is-shallow-repository", "--absolute-git-dir"], cancellationToken).ConfigureAwait(false);
            lines = bare == 0 && lines[0].Length > 0 ? store.Split('\n', StringSplitOptions.TrimEntries) : throw GitProcess.Failed("rev-parse", code, complaint);
        }

        if (lines[0] == "true")
        {
            await note("The clone is shallow: older commits are not here and were not searched (git fetch --unshallow).").ConfigureAwait(false);
        }

        return Path.TrimEndingDirectorySeparator(Path.GetFullPath(lines[1]));
    }

    private static async Task AskAsync(GitProcess log, GitProcess objects, ChannelWriter<HistoryEntry> asked, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            await foreach (HistoryEntry entry in HistoryEntry.ReadAsync(NulText.ReadAsync(log.Output, cancellationToken), cancellationToken).ConfigureAwait(false))
            {
                await asked.WriteAsync(entry, cancellationToken).ConfigureAwait(false);
                await objects.Input.WriteAsync(Encoding.ASCII.GetBytes(entry.Object + "\n"), cancellationToken).ConfigureAwait(false);
                await objects.Input.FlushAsync(cancellationToken).ConfigureAwait(false);
            }

            objects.Input.Close();
            await log.EndAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            failure = exception;
            throw;
        }
        finally
        {
            asked.Complete(failure);
        }
    }
}
