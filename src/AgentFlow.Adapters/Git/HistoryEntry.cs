using System.Globalization;
using System.Runtime.CompilerServices;

namespace AgentFlow.Adapters.Git;

/// <summary>One object to read: a commit, for its message, or a content that a commit brought.</summary>
/// <param name="Commit">The commit.</param>
/// <param name="Object">Id of the object.</param>
/// <param name="Path">Path of the content; null for the commit itself.</param>
internal sealed record HistoryEntry(string Commit, string Object, string? Path)
{
    private const char Mark = '\u0002';

    /// <summary>
    /// Reads <c>git log --raw -z</c>: a marked commit id, then per change <c>:mode mode id id status</c> and a path; a merge has a colon,
    /// a mode and an id per parent more. Each content is given once, where it first came.
    /// </summary>
    public static async IAsyncEnumerable<HistoryEntry> ReadAsync(IAsyncEnumerable<string> words, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<UInt128> seen = [];
        string commit = string.Empty;
        string? content = null;
        await foreach (string raw in words.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            string word = content is null ? raw.TrimStart('\n') : raw;
            if (content is not null)
            {
                if (content.Length > 0 && seen.Add(Key(content)))
                {
                    yield return new(commit, content, word);
                }

                content = null;
            }
            else if (word.StartsWith(Mark))
            {
                commit = word[1..].Trim();
                yield return new(commit, commit, null);
            }
            else if (word.StartsWith(':'))
            {
                content = NewContent(word);
            }
        }
    }

    // Empty when there is nothing to read: removed, or a submodule's commit.
    private static string NewContent(string word)
    {
        int parents = word.Length - word.TrimStart(':').Length;
        string[] fields = word[parents..].Split(' ');
        string mode = fields[parents];
        string id = fields[(2 * parents) + 1];
        return mode is "160000" or "000000" || id.AsSpan().IndexOfAnyExcept('0') < 0 ? string.Empty : id;
    }

    private static UInt128 Key(string id) => UInt128.Parse(id.AsSpan(0, 32), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
