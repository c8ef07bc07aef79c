using System.Text;
using AgentFlow.Adapters.Git;
using AgentFlow.Faults;
using AgentFlow.Safety.Scanning;

namespace AgentFlow.Adapters.Tests.Git;

/// <summary>What commits brought, by a real git.</summary>
public sealed class GitHistoryTests : IDisposable
{
    private readonly TestRepository _repository = new();
    private readonly List<string> _notes = [];

    [Fact]
    public async Task Every_content_comes_once_with_the_commit_that_brought_it_oldest_first()
    {
        _repository.Write("a.ts", "one");
        string first = _repository.Commit("first message");
        _repository.Write("a.ts", "two");
        string second = _repository.Commit("second\n\nwith a body");
        File.Delete(Path.Combine(_repository.Folder, "a.ts"));
        string third = _repository.Commit("removed");
        _repository.Write("back.ts", "one");
        string fourth = _repository.Commit("back");

        Assert.Equal(
            [(first, null, "first message\n"), (first, "a.ts", "one"), (second, null, "second\n\nwith a body\n"), (second, "a.ts", "two"), (third, null, "removed\n"), (fourth, null, "back\n")],
            await ReadAsync());
        Assert.Equal([(second, null, "second\n\nwith a body\n"), (second, "a.ts", "two")], await ReadAsync("HEAD~3..HEAD~2"));
        Assert.Empty(_notes);
    }

    [Fact]
    public async Task Merges_renames_subfolders_branches_and_stashes_are_covered()
    {
        _repository.Write("a.ts", "base\n");
        _repository.Write("sub/s.ts", "sub");
        _repository.Commit("base");
        _repository.Git("checkout", "-q", "-b", "side");
        _repository.Write("a.ts", "base\nside\n");
        _repository.Commit("side");
        _repository.Git("checkout", "-q", "main");
        _repository.Write("a.ts", "main\nbase\n");
        _repository.Commit("main");
        _repository.Git("merge", "-q", "--no-commit", "side");
        _repository.Write("a.ts", "main\nbase\nonly in the merge\nside\n");
        string merge = _repository.Commit("merge");
        _repository.Git("mv", "a.ts", "renamed.ts");
        _repository.Write("renamed.ts", "main\nbase\nonly in the merge\nside\nchanged\n");
        string rename = _repository.Commit("rename");
        _repository.Write("sub/s.ts", "stashed");
        _repository.Git("stash", "-q");
        _repository.Git("branch", "-q", "-D", "side");

        (string Commit, string? Path, string Text)[] all = await ReadAsync();

        Assert.Contains(all, text => text.Commit == merge && text is { Path: "a.ts" } && text.Text.Contains("only in the merge", StringComparison.Ordinal));
        Assert.Contains(all, text => text.Commit == rename && text.Path == "renamed.ts");
        Assert.Contains(all, text => text.Text == "base\nside\n");
        Assert.Contains(all, text => text.Text == "stashed");
        Assert.All(await ReadAsync("main", folder: Path.Combine(_repository.Folder, "sub")), text => Assert.True(text.Path is null or "sub/s.ts"));
    }

    [Fact]
    public async Task Settings_of_the_user_change_nothing()
    {
        _repository.Write("a b\tc.ts", "one");
        string first = _repository.Commit("first");
        foreach ((string name, string value) in new[]
        {
            ("log.showRoot", "false"), ("log.showSignature", "true"), ("color.ui", "always"), ("diff.renames", "copies"), ("core.quotePath", "true"), ("log.decorate", "full"), ("diff.noprefix", "true"),
            ("diff.relative", "true"), ("format.pretty", "oneline"), ("log.abbrevCommit", "true"),
        })
        {
            _repository.Git("config", name, value);
        }

        _repository.Write(".gitattributes", "* -diff binary\n");
        Assert.Equal([(first, null, "first\n"), (first, "a b\tc.ts", "one")], await ReadAsync("HEAD"));
    }

    [Fact]
    public async Task Wide_text_and_large_files_come_whole()
    {
        byte[] large = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("line of a file\n", 200_000)));
        _repository.Write("wide.log", Encoding.Unicode.GetBytes("wide"));
        _repository.Write("large.txt", large);
        _repository.Commit("files");

        (string Commit, string? Path, string Text)[] all = await ReadAsync();

        Assert.Contains(all, text => text.Path == "wide.log" && text.Text == Encoding.UTF8.GetString(Encoding.Unicode.GetBytes("wide")));
        Assert.Contains(all, text => text.Path == "large.txt" && text.Text.Length == large.Length);
    }

    [Fact]
    public async Task What_the_reader_leaves_is_skipped()
    {
        _repository.Write("a.txt", new string('a', 100_000));
        _repository.Write("b.txt", "b");
        _repository.Commit("files");
        List<string> paths = [];
        await foreach (HistoryText text in new GitHistory().ReadAsync(_repository.Folder, [], NoteAsync, TestContext.Current.CancellationToken))
        {
            paths.Add($"{text.Path}:{text.Content.ReadByte()}:{text.Author}:{text.At is not null}");
        }

        Assert.Equal([":102:Ada Example:True", "a.txt:97:Ada Example:True", "b.txt:98:Ada Example:True"], paths);
    }

    [Fact]
    public async Task A_shallow_clone_says_that_it_is_one()
    {
        _repository.Write("a.ts", "one");
        _repository.Commit("first");
        _repository.Write("a.ts", "two");
        _repository.Commit("second");
        string clone = Directory.CreateTempSubdirectory("af-shallow-").FullName;
        _repository.Git("-c", "protocol.file.allow=always", "clone", "-q", "--depth", "1", new Uri(_repository.Folder).AbsoluteUri, Path.Combine(clone, "c"));

        (string Commit, string? Path, string Text)[] all = await ReadAsync(folder: Path.Combine(clone, "c"));

        Assert.Contains(all, text => text.Text == "two");
        Assert.Contains("shallow", Assert.Single(_notes), StringComparison.Ordinal);
        Directory.Delete(clone, recursive: true);
    }

    [Theory]
    [InlineData("--output=/tmp/af-never")]
    [InlineData("-p")]
    [InlineData("")]
    [InlineData("a\nb")]
    public async Task An_option_is_no_range(string range)
    {
        _repository.Commit("first");

        Assert.Equal(FaultId.GitRangeRefused, (await Assert.ThrowsAsync<AfFaultException>(() => ReadAsync(range))).Id);
    }

    [Fact]
    public async Task An_unknown_revision_and_a_folder_without_repository_are_faults()
    {
        _repository.Commit("first");
        string plain = Directory.CreateTempSubdirectory("af-plain-").FullName;

        AfFaultException unknown = await Assert.ThrowsAsync<AfFaultException>(() => ReadAsync("nowhere..HEAD"));
        AfFaultException none = await Assert.ThrowsAsync<AfFaultException>(() => ReadAsync(folder: plain));

        Assert.Equal((FaultId.GitFailed, FaultId.GitFailed), (unknown.Id, none.Id));
        Assert.Contains("git log", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("not a git repository", none.Message, StringComparison.Ordinal);
        Directory.Delete(plain);
    }

    [Fact]
    public async Task A_stop_ends_git()
    {
        for (int i = 0; i < 30; i++)
        {
            _repository.Write($"f{i}.txt", new string((char)('a' + (i % 26)), 200_000));
        }

        _repository.Commit("files");
        using CancellationTokenSource stop = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (HistoryText text in new GitHistory().ReadAsync(_repository.Folder, [], NoteAsync, stop.Token))
            {
                stop.Cancel();
            }
        });
    }

    public void Dispose() => _repository.Dispose();

    private ValueTask NoteAsync(string note)
    {
        _notes.Add(note);
        return ValueTask.CompletedTask;
    }

    private async Task<(string Commit, string? Path, string Text)[]> ReadAsync(string? range = null, string? folder = null)
    {
        List<(string, string?, string)> texts = [];
        await foreach (HistoryText text in new GitHistory().ReadAsync(folder ?? _repository.Folder, range is null ? [] : [range], NoteAsync, TestContext.Current.CancellationToken))
        {
            using MemoryStream copy = new();
            text.Content.CopyTo(copy);
            texts.Add((text.Commit, text.Path, Encoding.UTF8.GetString(copy.ToArray())));
        }

        return [.. texts];
    }
}
