using AgentFlow.Adapters.Git;

namespace AgentFlow.Adapters.Tests.Git;

/// <summary>Which files a folder has, by a real git.</summary>
public sealed class GitTreeTests : IDisposable
{
    private readonly TestRepository _repository = new();
    private readonly List<string> _notes = [];

    [Fact]
    public async Task Tracked_and_new_files_count_and_ignored_ones_do_not()
    {
        _repository.Write(".gitignore", "*.log\n/dist/\n!keep.log\n");
        _repository.Write("src/.gitignore", "generated.ts\n");
        _repository.Write("src/a.ts", "a");
        _repository.Write("src/generated.ts", "g");
        _repository.Write("keep.log", "k");
        _repository.Write("drop.log", "d");
        _repository.Write("dist/x.js", "x");
        _repository.Write("grün und rot.txt", "u");
        _repository.Git("add", "-A");
        _repository.Write("new.ts", "n");
        File.Delete(Path.Combine(_repository.Folder, "keep.log"));

        Assert.Equal([".gitignore", "grün und rot.txt", "new.ts", "src/.gitignore", "src/a.ts"], await ListAsync());
        Assert.Equal([".gitignore", "a.ts"], await ListAsync("src"));
        Assert.Empty(_notes);
    }

    [Fact]
    public async Task A_tracked_file_counts_although_it_is_ignored_too()
    {
        _repository.Write(".env", "A=1");
        _repository.Git("add", "-A");
        _repository.Write(".gitignore", ".env\n");

        Assert.Contains(".env", await ListAsync());
    }

    [Fact]
    public async Task A_folder_that_is_ignored_and_named_is_searched_and_that_is_said()
    {
        _repository.Write(".gitignore", "dist/\n");
        _repository.Write("dist/x.js", "x");

        Assert.Equal(["x.js"], await ListAsync("dist"));
        Assert.Contains("ignores the folder itself", Assert.Single(_notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submodules_nested_repositories_and_worktrees_follow_their_own_rules()
    {
        using TestRepository library = new();
        library.Write("lib.ts", "l");
        library.Write(".gitignore", "*.tmp\n");
        library.Commit("library");
        _repository.Write("a.ts", "a");
        _repository.Git("-c", "protocol.file.allow=always", "submodule", "add", "-q", library.Folder, "vendor/lib");
        _repository.Commit("with a submodule");
        _repository.Write("vendor/lib/x.tmp", "t");
        _repository.Write("vendor/lib/new.ts", "n");
        TestRepository nested = new(Path.Combine(_repository.Folder, "nested"));
        nested.Write("n.ts", "n");
        string tree = Path.Combine(_repository.Folder, "trees", "other");
        _repository.Git("worktree", "add", "-q", tree, "-b", "other");

        string[] files = await ListAsync();

        Assert.Equal(
            [".gitmodules", "a.ts", "nested/n.ts", "trees/other/.gitmodules", "trees/other/a.ts", "vendor/lib/.gitignore", "vendor/lib/lib.ts", "vendor/lib/new.ts"], files);
        Assert.Equal([".gitmodules", "a.ts"], await ListAsync(Path.Combine("trees", "other")));
        Assert.Empty(await ListAsync(Path.Combine("trees", "other", "vendor", "lib")));
    }

    [Fact]
    public async Task Links_are_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a right there");
        _repository.Write("a.ts", "a");
        File.CreateSymbolicLink(Path.Combine(_repository.Folder, "b.ts"), "a.ts");
        Directory.CreateSymbolicLink(Path.Combine(_repository.Folder, "round"), ".");
        _repository.Git("add", "-A");

        Assert.Equal(["a.ts"], await ListAsync());
    }

    [Fact]
    public async Task Without_a_repository_all_files_count()
    {
        string folder = Directory.CreateTempSubdirectory("af-plain-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "sub", ".git"));
            File.WriteAllText(Path.Combine(folder, "sub", ".git", "config"), "c");
            File.WriteAllText(Path.Combine(folder, "sub", "a.txt"), "a");
            File.WriteAllText(Path.Combine(folder, ".hidden"), "h");
            File.WriteAllText(Path.Combine(folder, "empty"), string.Empty);

            Assert.Equal([".hidden", "sub/a.txt"], await ListAsync(folder));
            Assert.Contains("no git repository", Assert.Single(_notes), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task The_repository_cannot_make_git_run_a_program()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the trap is a shell script");
        string trap = Path.Combine(_repository.Folder, "trap.sh");
        _repository.Write("trap.sh", $"#!/bin/sh\ntouch '{_repository.Folder}/sprung'\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(trap, (UnixFileMode)0x1ED);
        }

        _repository.Write("a.ts", "a");
        _repository.Commit("first");
        _repository.Git("config", "core.fsmonitor", trap);
        _repository.Git("config", "core.pager", trap);
        _repository.Git("config", "diff.external", trap);

        Assert.Contains("a.ts", await ListAsync());
        await foreach (AgentFlow.Safety.Scanning.HistoryText text in new GitHistory().ReadAsync(_repository.Folder, [], _ => ValueTask.CompletedTask, TestContext.Current.CancellationToken))
        {
            Assert.NotNull(text.Content);
        }

        Assert.False(File.Exists(Path.Combine(_repository.Folder, "sprung")), "the trap was run");
    }

    public void Dispose() => _repository.Dispose();

    private async Task<string[]> ListAsync(string part = "")
    {
        string folder = Path.Combine(_repository.Folder, part);
        List<string> files = [];
        await foreach (string file in new GitTree().ListAsync(folder, note => { _notes.Add(note); return ValueTask.CompletedTask; }, TestContext.Current.CancellationToken))
        {
            files.Add(Path.GetRelativePath(folder, file).Replace('\\', '/'));
        }

        return [.. files.Order(StringComparer.Ordinal)];
    }
}
