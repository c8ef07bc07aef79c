using AgentFlow.Shell.LineEditing;

namespace AgentFlow.PS.Tests.Shell;

public sealed class HistoryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("afsh-history-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_repetition_of_the_latest_line_is_not_kept()
    {
        History history = new(["a"]);
        Assert.False(history.Add("a"));
        Assert.True(history.Add("b"));
        Assert.True(history.Add("a"));
    }

    [Fact]
    public void Lines_come_back_as_they_were()
    {
        string[] lines = ["Get-Module", "if (1) {\n  'x'\n}", @"a \n b \\ c", "日本 😀", @"end\"];
        HistoryFile file = new(Path.Combine(_folder, "new", "history"));
        Assert.Empty(file.Load());
        Assert.All(lines, line => Assert.True(file.Append(line)));
        Assert.Equal(lines, file.Load());
    }

    [Fact]
    public void Only_the_owner_can_read_the_file()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Unix file modes; on Windows the profile folder's own access list holds.");
            return;
        }

        string path = Path.Combine(_folder, "history");
        File.WriteAllText(path, "old\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        Assert.True(new HistoryFile(path).Append("new"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal(["old", "new"], new HistoryFile(path).Load());
    }

    [Fact]
    public void A_long_file_is_cut_to_its_latest_lines()
    {
        string path = Path.Combine(_folder, "history");
        File.WriteAllLines(path, Enumerable.Range(0, 2500).Select(i => $"line {i}"));
        IReadOnlyList<string> lines = new HistoryFile(path).Load();
        Assert.Equal((1000, "line 2499"), (lines.Count, lines[^1]));
        Assert.Equal(1000, File.ReadAllLines(path).Length);
    }

    [Fact]
    public void A_line_with_a_secret_is_never_written()
    {
        string path = Path.Combine(_folder, "history");
        HistoryFile file = new(path);
        foreach (string line in SecretLines())
        {
            Assert.False(file.Append(line), line);
        }

        Assert.False(File.Exists(path));
    }

    [Fact]
    public void Ordinary_lines_are_written()
    {
        HistoryFile file = new(Path.Combine(_folder, "history"));
        string[] lines =
        [
            "Get-AfDeployment -Id dpl_5NwTQ7exampleexample1234", "Test-AfDeployment -Target production | Where-Object Outcome -ne Pass", "git show 62249be0f7a9c3d1e5b7a9c3d1e5b7a9c3d1e5b7",
            "Find-AfMissingEnv -Path ./build.log", "$task = 1; task_sk_run", "Test-AfRoute -Uri https://www.example.com/login?x=a@b:c", "risk_report",
        ];
        Assert.All(lines, line => Assert.True(file.Append(line), line));
    }

    // Fake keys are put together here: the repository holds nothing that looks like a live one.
    private static IEnumerable<string> SecretLines()
    {
        string tail = new('x', 24);
        return
        [
            "$s = ConvertTo-SecureString 'abc' -AsPlainText -Force", "Connect-It -Password abc", "$env:API_TOKEN = 'abc'", "$clientSecret = 'abc'", "Set-It -ApiKey abc", "curl -H 'Authorization: Bearer abc'",
            "$k = 'sk_" + "live_" + tail + "'", "$k='whsec_" + tail + "'", "foo ghp_" + tail, "foo github_" + "pat_" + tail, "foo AK" + "IA" + tail.ToUpperInvariant(), "foo ey" + "J" + tail + "." + tail,
            "psql postgresql://app:hunter2@db.example.com/app", "-----BEGIN " + "PRIVATE KEY-----", "sb_" + "secret_" + tail,
        ];
    }
}
