using AgentFlow.Shell.LineEditing;

namespace AgentFlow.PS.Tests.Shell;

public sealed class CompletionTests : IDisposable
{
    private readonly VirtualScreen _screen = new(40);
    private readonly LineBuffer _buffer = new();
    private int _asked;
    private int _menus;

    public void Dispose() => _screen.Dispose();

    [Fact]
    public void One_candidate_is_put_in_and_the_next_tab_asks_anew()
    {
        CompletionCycle cycle = Cycle("Get-Module");
        Type("Get-M");
        Advance(cycle);
        Assert.Equal("Get-Module", _buffer.Text);
        Advance(cycle);
        Assert.Equal(2, _asked);
        Assert.Equal(0, _menus);
    }

    [Fact]
    public void The_first_tab_puts_in_what_all_share_and_the_second_lists_them()
    {
        CompletionCycle cycle = Cycle("Get-AfDeployment", "Get-AfBuildLog", "Get-AfContext");
        Type("get-a");
        Advance(cycle);
        Assert.Equal("Get-Af", _buffer.Text);
        Advance(cycle);
        Assert.Equal("Get-AfDeployment", _buffer.Text);
        Assert.Equal(1, _menus);
        Assert.Contains(_screen.Rows, row => row.Contains("Get-AfBuildLog", StringComparison.Ordinal));
        Advance(cycle);
        Assert.Equal("Get-AfBuildLog", _buffer.Text);
        Advance(cycle);
        Advance(cycle);
        Assert.Equal("Get-AfDeployment", _buffer.Text);
        Advance(cycle, backwards: true);
        Assert.Equal("Get-AfContext", _buffer.Text);
        Assert.Equal((1, 1), (_menus, _asked));
    }

    [Fact]
    public void Without_anything_shared_the_first_candidate_is_put_in()
    {
        CompletionCycle cycle = Cycle("-Name", "-Count");
        Type("Do-It -");
        Advance(cycle);
        Assert.Equal("Do-It -Name", _buffer.Text);
        Advance(cycle);
        Assert.Equal("Do-It -Count", _buffer.Text);
    }

    [Fact]
    public void What_stands_behind_the_cursor_stays()
    {
        CompletionCycle cycle = Cycle("Get-Module");
        Type("Get-M | Out-Null");
        for (int i = 0; i < " | Out-Null".Length; i++)
        {
            _buffer.Left();
        }

        Advance(cycle);
        Assert.Equal("Get-Module| | Out-Null", _buffer.Text.Insert(_buffer.Cursor, "|"));
    }

    [Fact]
    public void Nothing_to_put_in_changes_nothing()
    {
        Type("Xyz");
        Advance(new(new Source(() => null), _screen, static () => 40));
        Assert.Equal("Xyz", _buffer.Text);
    }

    [Theory]
    [InlineData(20, 10, "aa    cc    ee\r\nbb    dddd\r\n")]
    [InlineData(5, 10, "aa\r\nbb\r\ncc\r\ndddd\r\nee\r\n")]
    [InlineData(5, 2, "aa\r\nbb\r\n… and 3 more\r\n")]
    [InlineData(2, 1, "…\r\n… and 4 more\r\n")]
    public void The_menu_fills_columns_downwards_and_counts_the_rest(int width, int rows, string expected)
    {
        string menu = CompletionMenu.Layout(["aa", "bb", "cc", "dddd", "ee"], width, rows);
        Assert.Equal(expected, menu);
        Assert.All(menu.Split("\r\n").Where(line => !line.StartsWith('…')), line => Assert.True(line.Length <= width, line));
    }

    private void Type(string text) => _buffer.Insert(text);

    private void Advance(CompletionCycle cycle, bool backwards = false) => cycle.Advance(_buffer, backwards, () => _menus++);

    private CompletionCycle Cycle(params string[] candidates) => new(
        new Source(() =>
        {
            _asked++;
            int start = _buffer.Text.LastIndexOf(' ', Math.Max(_buffer.Cursor - 1, 0)) + 1;
            return new() { Start = start, Length = _buffer.Cursor - start, Candidates = [.. candidates.Select(name => (name, name))] };
        }),
        _screen,
        static () => 40);

    private sealed class Source(Func<Completions?> complete) : ICompletionSource
    {
        public Completions? Complete(string text, int cursor) => complete();
    }
}
