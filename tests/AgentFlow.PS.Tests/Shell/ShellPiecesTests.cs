using System.Management.Automation;
using System.Management.Automation.Host;
using AgentFlow.Shell;
using Microsoft.Extensions.Time.Testing;

namespace AgentFlow.PS.Tests.Shell;

public sealed class ShellPiecesTests
{
    [Theory]
    [InlineData("abc", 3)]
    [InlineData("\x1b[31mabc\x1b[0m", 3)]
    [InlineData("\x1b]8;;https://example.com\x1b\\abc\x1b]8;;\a", 3)]
    [InlineData("日本", 4)]
    [InlineData("e\u0301", 1)]
    [InlineData("😀", 2)]
    [InlineData("\x1b", 0)]
    [InlineData("\x1b[", 0)]
    public void Columns_of_a_text(string text, int expected) => Assert.Equal(expected, ScreenText.Width(text));

    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "ab…")]
    [InlineData("日本語", 5, "日…")]
    [InlineData("abc", 0, "")]
    public void A_text_is_cut_to_columns(string text, int columns, string expected)
    {
        string fitted = ScreenText.Fit(text, columns);
        Assert.Equal(expected, fitted);
        Assert.True(ScreenText.Width(fitted) <= columns);
    }

    [Fact]
    public void The_progress_bar_is_one_line_drawn_ten_times_a_second_and_vanishes()
    {
        FakeTimeProvider clock = new();
        VirtualScreen screen = new(60);
        ProgressBar bar = new(screen, static () => 60, clock);
        bar.Update(Record(1, 40));
        Assert.Equal("Deploying  [########            ]  40 %  step 40", screen.Rows[0]);
        bar.Update(Record(1, 50));
        Assert.EndsWith("step 40", screen.Rows[0], StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromMilliseconds(100));
        bar.Update(Record(1, 60));
        Assert.EndsWith("step 60", screen.Rows[0], StringComparison.Ordinal);
        bar.Hide();
        Assert.Equal("", Assert.Single(screen.Rows));
        Assert.Equal((0, 0), screen.Cursor);
    }

    [Fact]
    public void A_completed_activity_gives_way_to_the_one_around_it()
    {
        VirtualScreen screen = new(80);
        ProgressBar bar = new(screen, static () => 80, new FakeTimeProvider());
        bar.Update(Record(1, 10));
        bar.Update(Record(2, 20));
        ProgressRecord done = Record(2, 100);
        done.RecordType = ProgressRecordType.Completed;
        bar.Update(done);
        Assert.EndsWith("step 10", screen.Rows[0], StringComparison.Ordinal);
        done = Record(1, 100);
        done.RecordType = ProgressRecordType.Completed;
        bar.Update(done);
        Assert.Equal("", screen.Rows[0]);
    }

    [Fact]
    public void A_long_status_never_wraps()
    {
        ProgressRecord record = new(1, "Deploying", new('x', 500)) { PercentComplete = 100, SecondsRemaining = 5, CurrentOperation = "two\nlines" };
        Assert.True(ScreenText.Width(ProgressBar.Format(record, 79)) <= 79);
        Assert.Contains("[####################]", ProgressBar.Format(record, 79), StringComparison.Ordinal);
        Assert.DoesNotContain("\n", ProgressBar.Format(record, 1000), StringComparison.Ordinal);
    }

    [Fact]
    public void Choices_are_found_by_key_and_label()
    {
        ChoiceKeys keys = new([new("&Yes", "do it"), new("Yes to &All", "all"), new("No&", "stop"), new("Plain", "p")], defaultChoice: 0);
        Assert.Equal("<[Y] Yes>  [A] Yes to All  [No] No  [Plain] Plain  [?] Help (default is \"Y\"): ", keys.Line("<", ">"));
        Assert.Equal([0, 0, 1, 1, 2, 3, 0, -1, -1], new[] { "y", "YES", "a", "yes to all", "no", "plain", "", "x", "?" }.Select(keys.Find));
        Assert.Equal("Y - do it", keys.Help().First());
        Assert.Equal(-1, new ChoiceKeys([new ChoiceDescription("&Yes")], defaultChoice: -1).Find(string.Empty));
    }

    [Fact]
    public void The_nearest_repository_upwards_holds_the_module()
    {
        string root = Directory.CreateTempSubdirectory("afsh-locate-").FullName;
        try
        {
            string inside = Directory.CreateDirectory(Path.Combine(root, "repository", "src", "bin")).FullName;
            string outside = Directory.CreateDirectory(Path.Combine(root, "elsewhere")).FullName;
            Assert.Null(ModuleLocator.FindModuleFolder(outside, outside));
            Directory.CreateDirectory(Path.Combine(root, "repository", "module"));
            File.WriteAllText(Path.Combine(root, "repository", "module", "AgentFlow.PS.psd1"), "@{}");
            string artifacts = Path.Combine(root, "repository", "artifacts");
            Assert.Equal(artifacts, ModuleLocator.FindModuleFolder(inside, outside));
            Assert.Equal(artifacts, ModuleLocator.FindModuleFolder(outside, inside));
            Assert.Null(ModuleLocator.FindManifest(artifacts));
            string manifest = Path.Combine(Directory.CreateDirectory(Path.Combine(artifacts, "AgentFlow.PS")).FullName, "AgentFlow.PS.psd1");
            File.WriteAllText(manifest, "@{}");
            Assert.Equal(manifest, ModuleLocator.FindManifest(artifacts));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public void Absent_commands_are_explained_and_others_are_not()
    {
        Assert.Contains("pwsh", AbsentCommands.Explain("select-object"), StringComparison.Ordinal);
        Assert.Contains("[IO.File]::ReadAllText", AbsentCommands.Explain("Get-Content"), StringComparison.Ordinal);
        Assert.Null(AbsentCommands.Explain("Get-AfDeployment"));
    }

    private static ProgressRecord Record(int activity, int percent) => new(activity, "Deploying", $"step {percent}") { PercentComplete = percent };
}
