using System.Diagnostics;
using System.Globalization;

namespace AgentFlow.PS.Tests.Shell;

public sealed class ShellTerminalTests : IDisposable
{
    private const string ControlC = "\x03";
    private const string ControlD = "\x04";
    // A second, and what a busy machine adds to it; whatever is not stopped runs for a minute or without end.
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(3);

    /// <summary>Milliseconds; the engine needs some tens of them to start its first program.</summary>
    public static TheoryData<int> Moments => new(0, 5, 10, 20, 30, 50, 80);

    private readonly string _folder = Directory.CreateTempSubdirectory("afsh-tty-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_session_completes_runs_remembers_and_ends()
    {
        using PseudoTerminal terminal = Start();
        Assert.Contains("daily work belongs in pwsh", await terminal.ShowsAsync("> "), StringComparison.Ordinal);
        terminal.Type("Get-Modul\t");
        await terminal.ShowsAsync("Get-Module");
        terminal.Type("\x15$Host.UI.WriteEr\t");
        await terminal.ShowsAsync("WriteErrorLine(");
        terminal.Type("\x15'answer', (6 *\r");
        await terminal.ShowsAsync(">> ");
        terminal.Type("7)\r");
        await terminal.ShowsAsync("\r\n42");
        terminal.Type("$null = 'my password'\r");
        await terminal.ShowsAsync("> ");
        terminal.Type("\x1b[A\x1b[A\x1b[H");
        await terminal.ShowsAsync("'answer', (6 *");
        terminal.Type(ControlC + "exit 9\r");
        Assert.Equal(9, await terminal.ExitCodeAsync());
        Assert.Equal(["'answer', (6 *\\n7)", "exit 9"], File.ReadAllLines(Path.Combine(_folder, "AgentFlow", "afsh_history")));
    }

    /// <summary>The words are put together so that the echo of the typed line is not taken for the output.</summary>
    public static TheoryData<string> Programs => new(
        "'run' + 'ning'; while ($true) {}",
        "try { 'run' + 'ning'; while ($true) {} } finally { 'clean' + 'ed' }",
        "& sh -c 'echo run\"\"ning; exec sleep 60'",
        "& dotnet --info | ForEach-Object { 'run' + 'ning'; while ($true) {} }");

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Control_C_stops_what_runs_at_once_and_the_shell_lives_on(string program)
    {
        using PseudoTerminal terminal = Start("-NoLogo");
        Assert.EndsWith($"PS {_folder}> ", await PressAsync(terminal, program, 0, ControlC), StringComparison.Ordinal);
    }

    // On a busy machine a key is handled late and may stop what is typed next; so nothing is.
    [Theory]
    [MemberData(nameof(Moments))]
    public async Task Control_C_stops_a_program_at_every_moment_of_its_start(int milliseconds)
    {
        using PseudoTerminal terminal = Start("-NoLogo");
        Assert.EndsWith($"PS {_folder}> ", await PressAsync(terminal, "'run' + 'ning'; & sleep 61", milliseconds, ControlC + ControlC), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_is_not_shown_and_a_question_can_be_broken_off()
    {
        using PseudoTerminal terminal = Start("-NoLogo");
        await terminal.ShowsAsync("> ");
        terminal.Type("$s = $Host.UI.ReadLineAsSecureString(); \"length $($s.Length)\"\r");
        await terminal.ShowsAsync("\r\n");
        terminal.Type("hunx\x7f" + "ter2\r");
        Assert.DoesNotContain("hun", await terminal.ShowsAsync("length 7"), StringComparison.Ordinal);
        terminal.Type("$Host.UI.Write('Na' + 'me: '); $Host.UI.ReadLine(); 'not ' + 'reached'\r");
        await terminal.ShowsAsync("Name: ");
        terminal.Type("half" + ControlC);
        Assert.DoesNotContain("not reached", await terminal.ShowsAsync("> "), StringComparison.Ordinal);
        terminal.Type("'al' + 'ive'\r");
        await terminal.ShowsAsync("alive");
        terminal.Type("exit\r");
        Assert.Equal(0, await terminal.ExitCodeAsync());
    }

    [Fact]
    public async Task Colour_progress_and_choices_are_for_a_terminal()
    {
        File.WriteAllText(Path.Combine(_folder, "s.ps1"), """
            [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param()
            $record = [System.Management.Automation.ProgressRecord]::new(1, 'Waiting', 'for it'); $record.PercentComplete = 50; $PSCmdlet.WriteProgress($record)
            $PSCmdlet.WriteWarning('careful')
            if ($PSCmdlet.ShouldProcess('x', 'Remove')) { 'removed' }
            $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new([Exception]::new('expired'), 'AfX', 'AuthenticationError', $null))
            exit 4
            """);
        using PseudoTerminal terminal = Start("./s.ps1");
        await terminal.ShowsAsync("Waiting  [##########          ]  50 %  for it");
        Assert.Contains("\r\x1b[K", await terminal.ShowsAsync("\x1b[33;1mWARNING: careful"), StringComparison.Ordinal);
        await terminal.ShowsAsync("(default is \"Y\"): ");
        terminal.Type("?\r");
        await terminal.ShowsAsync("N - Skip this operation");
        await terminal.ShowsAsync("(default is \"Y\"): ");
        terminal.Type("y\r");
        await terminal.ShowsAsync("removed");
        await terminal.ShowsAsync("\x1b[31;1ms.ps1: \x1b[31;1mexpired");
        Assert.Equal(4, await terminal.ExitCodeAsync());
    }

    [Fact]
    public async Task Control_C_ends_a_script_after_its_finally_blocks()
    {
        File.WriteAllText(Path.Combine(_folder, "s.ps1"), "try { 'run' + 'ning'; while ($true) {} } finally { [Console]::Out.WriteLine('cleaned') }");
        using PseudoTerminal terminal = Start("./s.ps1");
        await terminal.ShowsAsync("running");
        long pressed = Stopwatch.GetTimestamp();
        terminal.Type(ControlC);
        await terminal.ShowsAsync("cleaned");
        Assert.Equal(1, await terminal.ExitCodeAsync());
        Assert.InRange(Stopwatch.GetElapsedTime(pressed), TimeSpan.Zero, AtOnce);
    }

    [Fact]
    public async Task Control_C_leaves_a_program_that_cleans_up_alone()
    {
        File.WriteAllText(Path.Combine(_folder, "s.ps1"), "try { 'run' + 'ning'; while ($true) {} } finally { & sh -c 'sleep 0.7; echo clean\"\"ed' }");
        using PseudoTerminal terminal = Start("./s.ps1");
        await terminal.ShowsAsync("running");
        terminal.Type(ControlC);
        await terminal.ShowsAsync("cleaned");
        Assert.Equal(1, await terminal.ExitCodeAsync());
    }

    [Fact]
    public async Task A_request_to_terminate_ends_the_program_that_runs_too()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        File.WriteAllText(Path.Combine(_folder, "s.ps1"), "& sh -c 'echo $$ > pid.tmp; mv pid.tmp pid; exec sleep 62'");
        using ShellProcess shell = ShellProcess.Start(_folder, "./s.ps1");
        string pid = Path.Combine(_folder, "pid");
        WaitFor(pid);
        using Process program = Process.GetProcessById(int.Parse(File.ReadAllText(pid), CultureInfo.InvariantCulture));
        await TerminateAsync(shell);
        Assert.NotEqual(0, (await shell.EndAsync()).ExitCode);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(AtOnce, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_request_to_terminate_lets_finally_blocks_run()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        string cleaned = Path.Combine(_folder, "cleaned");
        string started = Path.Combine(_folder, "started");
        File.WriteAllText(Path.Combine(_folder, "s.ps1"), $"try {{ [IO.File]::WriteAllText('{started}', ''); while ($true) {{}} }} finally {{ [IO.File]::WriteAllText('{cleaned}', '') }}");
        using ShellProcess shell = ShellProcess.Start(_folder, "./s.ps1");
        WaitFor(started);
        await TerminateAsync(shell);
        ShellResult result = await shell.EndAsync();
        Assert.NotEqual(0, result.ExitCode);
        Assert.True(File.Exists(cleaned));
    }

    private static async Task<string> PressAsync(PseudoTerminal terminal, string program, int milliseconds, string keys)
    {
        await terminal.ShowsAsync("> ");
        terminal.Type(program + "\r");
        await terminal.ShowsAsync("running");
        await Task.Delay(milliseconds, TestContext.Current.CancellationToken);
        long pressed = Stopwatch.GetTimestamp();
        terminal.Type(keys);
        string shown = await terminal.ShowsAsync("> ");
        Assert.InRange(Stopwatch.GetElapsedTime(pressed), TimeSpan.Zero, AtOnce);
        return shown;
    }

    private void WaitFor(string file)
    {
        using FileSystemWatcher watcher = new(_folder) { EnableRaisingEvents = true };
        while (!File.Exists(file))
        {
            watcher.WaitForChanged(WatcherChangeTypes.All, 1000);
        }
    }

    private static async Task TerminateAsync(ShellProcess shell)
    {
        using Process kill = Process.Start("kill", ["-TERM", $"{shell.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private PseudoTerminal Start(string arguments = "")
    {
        Assert.SkipUnless(PseudoTerminal.WhyNot is null, PseudoTerminal.WhyNot ?? string.Empty);
        return PseudoTerminal.Start(_folder, arguments);
    }
}
