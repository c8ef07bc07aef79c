using System.Diagnostics;

namespace AgentFlow.Adapters.Tests.Git;

/// <summary>A repository in a temporary folder, made with the real git.</summary>
internal sealed class TestRepository : IDisposable
{
    public TestRepository(string? folder = null)
    {
        Folder = folder ?? Directory.CreateTempSubdirectory("af-git-").FullName;
        Directory.CreateDirectory(Folder);
        Git("init", "-q", "-b", "main", ".");
        Git("config", "user.email", "ada@example.com");
        Git("config", "user.name", "Ada Example");
        Git("config", "commit.gpgsign", "false");
    }

    public string Folder { get; }

    public void Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public void Write(string name, byte[] content)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    public string Commit(string message)
    {
        Git("add", "-A");
        Git("commit", "-q", "--allow-empty", "-m", message);
        return Git("rev-parse", "HEAD").Trim();
    }

    public string Git(params string[] arguments)
    {
        ProcessStartInfo start = new("git") { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        Array.ForEach(arguments, start.ArgumentList.Add);
        foreach (string name in new[] { "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE" })
        {
            start.Environment.Remove(name);
        }

        using Process git = Process.Start(start)!;
        string output = git.StandardOutput.ReadToEnd();
        string complaint = git.StandardError.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0 ? output : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {complaint}");
    }

    public void Dispose()
    {
        foreach (string file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            if (File.GetAttributes(file).HasFlag(FileAttributes.ReadOnly) && new FileInfo(file).LinkTarget is null)
            {
                File.SetAttributes(file, FileAttributes.Normal);
            }
        }

        Directory.Delete(Folder, recursive: true);
    }
}
