namespace AgentFlow.PS.Tests.Shell;

public sealed class ShellProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("afsh-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Long_text_breaks_between_words()
    {
        ShellResult result = await ShellProcess.RunAsync(_folder, string.Empty, "-NonInteractive", "-Command", "[pscustomobject]@{ A = 1; B = 2; C = 3; D = 4; Text = ('lighthouse ' * 40).Trim() }");
        string[] lines = [.. result.Output.Split('\n').Select(line => line.Trim()).Where(line => line.Contains("light", StringComparison.Ordinal))];
        Assert.True(lines.Length > 2, result.Output);
        Assert.All(lines, line => Assert.EndsWith("lighthouse", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_script_gets_its_arguments_its_own_path_and_the_machine()
    {
        string path = Script("it's.ps1", """
            [CmdletBinding()]
            param([ValidateSet('Demo', 'Test')][string] $Target, [int] $Count, [switch] $Fast, [switch] $Slow, [Parameter(ValueFromRemainingArguments)][string[]] $Rest)
            "$Target $Count $Fast $Slow $($Rest -join '|')"
            $PSScriptRoot
            $PSCommandPath
            "$($IsWindows -or $IsLinux -or $IsMacOS) $env:AFSH_TEST"
            $env:AFSH_TEST = 'set'
            $env:AFSH_TEST
            [Console]::Out.WriteLine('console')
            $Host.UI.WriteLine('host')
            try { throw 'oops' } catch { "caught $_" } finally { 'finally' }
            """);
        ShellResult result = await RunAsync("./it's.ps1", "-Target", "Test", "-Count:3", "-Fast", "-Slow:$false", "a b", "$x;'y");
        Assert.Equal(string.Empty, result.Error);
        Assert.Equal(["Test 3 True False a b|$x;'y", Path.GetDirectoryName(path)!, path, "True ", "set", "console", "host", "caught oops", "finally"], result.Lines);
        Assert.Equal(0, result.ExitCode);
    }

    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("function f { exit 8 }; f; 'not reached'", 8)]
    [InlineData("dotnet --bogus-option; 'after'", 0)]
    [InlineData("dotnet --bogus-option; exit $LASTEXITCODE", 1)]
    [InlineData("Not-ACommand; 'after'", 0)]
    [InlineData("throw 'bad'", 1)]
    [InlineData("$ErrorActionPreference = 'Stop'; Not-ACommand; 'not reached'", 1)]
    [InlineData("param([ValidateSet('a')] $x = 'b', [Parameter(Mandatory)] $y)", 1)]
    [InlineData("if (", 1)]
    [InlineData("& $PSScriptRoot/inner.ps1; \"inner $LASTEXITCODE\"", 0)]
    public async Task A_script_ends_with_the_exit_code_that_pwsh_gives(string script, int expected)
    {
        Script("inner.ps1", "exit 5");
        Script("s.ps1", script);
        ShellResult result = await RunAsync("-NonInteractive", "./s.ps1");
        Assert.Equal(expected, result.ExitCode);
        Assert.DoesNotContain("not reached", result.Output, StringComparison.Ordinal);
        Assert.Equal(script.Contains("'after'", StringComparison.Ordinal), result.Output.Contains("after", StringComparison.Ordinal));
        Assert.Equal(script.Contains("inner", StringComparison.Ordinal), result.Output.Contains("inner 5", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("exit 12", 12)]
    [InlineData("throw 'bad'", 1)]
    [InlineData("Not-ACommand", 1)]
    [InlineData("Not-ACommand; 'fine'", 0)]
    [InlineData("dotnet --bogus-option", 1)]
    [InlineData("if (", 1)]
    public async Task A_command_ends_with_the_exit_code_that_pwsh_gives(string command, int expected) =>
        Assert.Equal(expected, (await RunAsync("-Command", command)).ExitCode);

    [Fact]
    public async Task A_wrong_command_line_is_told_from_a_failure()
    {
        ShellResult missing = await RunAsync("./none.ps1");
        Assert.Equal(64, missing.ExitCode);
        Assert.Contains("'./none.ps1' does not exist", missing.Error, StringComparison.Ordinal);
        ShellResult bogus = await RunAsync("-Bogus");
        Assert.Equal(64, bogus.ExitCode);
        Assert.Contains("-Bogus", bogus.Error, StringComparison.Ordinal);
        Assert.Contains("Usage: afsh", bogus.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_before_exit_is_not_lost()
    {
        Script("s.ps1", "[pscustomobject]@{ Name = 'x'; Outcome = 'Pass' }; exit 3");
        ShellResult result = await RunAsync("./s.ps1");
        Assert.Equal(3, result.ExitCode);
        Assert.Equal(["", "Name Outcome", "---- -------", "x    Pass"], result.Lines.Select(line => line.TrimEnd()));
    }

    [Fact]
    public async Task Errors_go_to_standard_error_and_other_streams_to_the_output_without_escape_sequences()
    {
        Script("s.ps1", """
            [CmdletBinding()] param()
            $PSCmdlet.WriteWarning('careful'); $PSCmdlet.WriteVerbose('detail'); $PSCmdlet.WriteDebug('hidden')
            $progress = [System.Management.Automation.ProgressRecord]::new(1, 'Working', 'half'); $progress.PercentComplete = 50; $PSCmdlet.WriteProgress($progress)
            $Host.UI.Write([ConsoleColor]::Red, [ConsoleColor]::Black, 'red'); $Host.UI.WriteLine()
            "$($PSStyle.Bold)bold$($PSStyle.Reset)"
            $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new([Exception]::new('expired'), 'AfTokenExpired', 'AuthenticationError', $null))
            throw 'ended'
            """);
        ShellResult result = await RunAsync("./s.ps1", "-Verbose");
        Assert.Equal(["WARNING: careful", "VERBOSE: detail", "red", "bold"], result.Lines);
        Assert.Contains("s.ps1: expired", result.Error, StringComparison.Ordinal);
        Assert.Contains("| ended", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\x1b', result.Error);
    }

    [Fact]
    public async Task Native_programs_take_and_give_text()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Uses cat and sh.");
        Script("s.ps1", """
            'one', 'two' | & cat
            [pscustomobject]@{ A = 1 } | & cat
            $x = & sh -c 'echo out; echo err >&2; exit 3'
            "[$x] $LASTEXITCODE"
            "long $('x' * 500)" > out.txt
            'more' >> out.txt
            & cat out.txt
            """);
        ShellResult result = await RunAsync("./s.ps1");
        Assert.Equal(["one", "two", "", "A", "-", "1", "", "[out] 3", "long " + new string('x', 500), "more"], result.Lines.Select(line => line.TrimEnd()));
        Assert.Equal("err\n", result.Error);
    }

    [Fact]
    public async Task Piped_input_reaches_whoever_reads_it()
    {
        Script("s.ps1", "process { \"got $_\" } end { $input }");
        Script("input.ps1", "$input | ForEach-Object { \"line $_\" }");
        Assert.Equal(["line a", "line b"], (await ShellProcess.RunAsync(_folder, "a\nb\n", "./input.ps1")).Lines);
        Assert.Equal(["<a>"], (await ShellProcess.RunAsync(_folder, "a\n", "-c", "$input | ForEach-Object { \"<$_>\" }")).Lines);
    }

    [Fact]
    public async Task Redirected_lines_run_one_after_the_other()
    {
        ShellResult result = await ShellProcess.RunAsync(_folder, "1+1\nif ($true) {\n'in'\n}\nNot-ACommand\n'last'\nexit 6\n'not reached'\n");
        Assert.Equal(["2", "in", "last"], result.Lines);
        Assert.Equal(6, result.ExitCode);
        Assert.Equal(1, (await ShellProcess.RunAsync(_folder, "'x'\nNot-ACommand\n", "-Command", "-")).ExitCode);
    }

    [Fact]
    public async Task A_question_without_an_operator_is_an_error()
    {
        Script("s.ps1", """
            function Ask { param([Parameter(Mandatory)] $Name) 'not reached' }
            function Change { [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param() if ($PSCmdlet.ShouldProcess('x')) { 'not reached' } }
            $questions = @(
                { $Host.UI.ReadLine() }, { $Host.UI.ReadLineAsSecureString() }, { $Host.UI.PromptForCredential('', '', '', '') }, { $Host.UI.RawUI.ReadKey() }, { Change },
                { $Host.UI.PromptForChoice('Sure?', 'Really?', [System.Management.Automation.Host.ChoiceDescription[]]@('&Yes', '&No'), 0) }, { Ask }
            )
            foreach ($question in $questions) { try { & $question; 'not reached' } catch { "$_" } }
            Change
            """);
        ShellResult result = await ShellProcess.RunAsync(_folder, "y\ny\n", "-NonInteractive", "./s.ps1");
        Assert.Equal(7, result.Lines.Count);
        Assert.All(result.Lines.Take(6), line => Assert.Contains("-NonInteractive", line, StringComparison.Ordinal));
        // Here the engine puts its own message before the host's.
        Assert.Contains("missing mandatory parameters: Name", result.Lines[6], StringComparison.Ordinal);
        Assert.Contains("-NonInteractive", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_may_come_from_redirected_input()
    {
        ShellResult result = await ShellProcess.RunAsync(_folder, "x\n3\nn\n", "-Command", """
            function f { [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param([Parameter(Mandatory)][int] $Count) "count $Count"; if ($PSCmdlet.ShouldProcess('x')) { 'done' } else { 'declined' } }; f
            """);
        Assert.Contains("count 3", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("declined", result.Lines[^1], StringComparison.Ordinal);
        Assert.Contains("'x' is no value of type Int32", result.Error, StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync("-Command", "$Host.UI.ReadLine()")).ExitCode);
    }

    [Fact]
    public async Task An_absent_cmdlet_says_so_and_can_be_caught()
    {
        ShellResult result = await RunAsync("-Command", "try { 1, 2 | Select-Object -First 1 } catch [System.Management.Automation.CommandNotFoundException] { \"$_\" }; [bool](Get-Command Select-Object -ErrorAction Ignore); dir");
        Assert.Contains("Utility and Management", result.Lines[0], StringComparison.Ordinal);
        Assert.Equal("False", result.Lines[1]);
        Assert.StartsWith("Get-ChildItem: ", result.Error, StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public async Task Modules_bring_their_views_help_and_the_place_of_the_packed_module()
    {
        string module = Directory.CreateDirectory(Path.Combine(_folder, "Probe", "en-US")).Parent!.FullName;
        File.WriteAllText(Path.Combine(module, "Probe.psd1"), "@{ ModuleVersion = '1.2.3'; RootModule = 'Probe.psm1'; FormatsToProcess = 'Probe.Format.ps1xml'; FunctionsToExport = 'Get-Probe' }");
        File.WriteAllText(Path.Combine(module, "Probe.psm1"), """
            function Get-Probe {
                <# .SYNOPSIS
                Probes. #>
                'a', 'bb' | ForEach-Object { [pscustomobject]@{ PSTypeName = 'Probe.Record'; Name = $_; Hidden = 1; Outcome = 'Pass' } }
            }
            """);
        File.WriteAllText(Path.Combine(module, "en-US", "about_Probe.help.txt"), "TOPIC\n    about_Probe\n\nSHORT DESCRIPTION\n    Tells of probes.\n");
        File.WriteAllText(Path.Combine(module, "Probe.Format.ps1xml"), """
            <Configuration><ViewDefinitions><View><Name>Probe</Name><ViewSelectedBy><TypeName>Probe.Record</TypeName></ViewSelectedBy><TableControl>
              <TableHeaders><TableColumnHeader><Label>Result</Label><Width>8</Width></TableColumnHeader><TableColumnHeader><Width>6</Width></TableColumnHeader></TableHeaders>
              <TableRowEntries><TableRowEntry><TableColumnItems><TableColumnItem><PropertyName>Outcome</PropertyName></TableColumnItem><TableColumnItem><PropertyName>Name</PropertyName></TableColumnItem></TableColumnItems></TableRowEntry></TableRowEntries>
            </TableControl></View></ViewDefinitions></Configuration>
            """);
        ShellResult result = await RunAsync("-Command", "Import-Module ./Probe; Get-Probe; (Get-Help Get-Probe).Synopsis.Trim(); Get-Help about_Probe; ($env:PSModulePath -split [IO.Path]::PathSeparator)[0]");
        Assert.Equal(string.Empty, result.Error);
        string[] lines = [.. result.Lines.Select(line => line.TrimEnd())];
        Assert.Equal(["", "Result   Name", "------   ----", "Pass     a", "Pass     bb", "Probes."], lines[..6]);
        Assert.Contains("Tells of probes.", result.Output, StringComparison.Ordinal);
        Assert.EndsWith($"{Path.DirectorySeparatorChar}artifacts", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Telemetry_is_off_and_the_engine_is_the_real_one()
    {
        ShellResult result = await RunAsync("-c", "$env:POWERSHELL_TELEMETRY_OPTOUT; $PSVersionTable.PSVersion -ge '7.6'; $PSVersionTable.PSEdition; $Host.Name");
        Assert.Equal(["1", "True", "Core", "AgentFlow.Shell"], result.Lines);
    }

    private string Script(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private Task<ShellResult> RunAsync(params string[] arguments) => ShellProcess.RunAsync(_folder, string.Empty, arguments);
}
