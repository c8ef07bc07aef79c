using System.Management.Automation.Language;
using AgentFlow.Shell;

namespace AgentFlow.PS.Tests.Shell;

public sealed class ShellOptionsTests
{
    [Fact]
    public void Nothing_means_a_prompt() => Assert.Equal(ShellMode.Interactive, ShellOptions.Parse([]).Mode);

    [Theory]
    [InlineData("-Command")]
    [InlineData("-c")]
    [InlineData("-COM")]
    [InlineData("--command")]
    public void The_rest_of_the_line_is_the_command(string name)
    {
        ShellOptions options = ShellOptions.Parse(["-NonInteractive", name, "Get-Module", "-Name", "x"]);
        Assert.Equal((ShellMode.Command, "Get-Module -Name x", true), (options.Mode, options.CommandText, options.NonInteractive));
    }

    [Fact]
    public void Everything_behind_a_script_is_its_own()
    {
        ShellOptions options = ShellOptions.Parse(["-noni", "-nol", "./build.ps1", "Demo", "-NonInteractive", "-Command"]);
        Assert.Equal((ShellMode.Script, "./build.ps1", true, true), (options.Mode, options.ScriptPath, options.NonInteractive, options.NoLogo));
        Assert.Equal(["Demo", "-NonInteractive", "-Command"], options.ScriptArguments);
    }

    [Fact]
    public void A_script_may_be_named_by_File() => Assert.Equal("-odd.ps1", ShellOptions.Parse(["-f", "-odd.ps1"]).ScriptPath);

    [Theory]
    [InlineData("-?", "Help")]
    [InlineData("-h", "Help")]
    [InlineData("--help", "Help")]
    [InlineData("-v", "Version")]
    [InlineData("-Bogus", "Invalid")]
    [InlineData("-No", "Invalid")]
    [InlineData("-Command", "Invalid")]
    [InlineData("-File", "Invalid")]
    [InlineData("--", "Invalid")]
    public void Single_arguments(string argument, string expected)
    {
        ShellOptions options = ShellOptions.Parse([argument]);
        Assert.Equal(expected, options.Mode.ToString());
        Assert.Equal(options.Mode == ShellMode.Invalid, options.Problem.Length > 0);
    }

    [Theory]
    [InlineData("'/a/b.ps1'")]
    [InlineData("'/a/b.ps1' 'Demo' -Count '3' -Fast", "Demo", "-Count", "3", "-Fast")]
    [InlineData("'/a/b.ps1' -Name:'x y' -Fast:$True -Slow:$False", "-Name:x y", "-Fast:true", "-Slow:$false")]
    [InlineData("'/a/b.ps1' -Name: '-5' -Next", "-Name:", "-5", "-Next")]
    [InlineData("'/a/b.ps1' '-1' '--flag' '-a.b' '' '-' '$x' '; exit' 'it''s'", "-1", "--flag", "-a.b", "", "-", "$x", "; exit", "it's")]
    [InlineData("'/a/b.ps1' -Name:'a:b'';c'", "-Name:a:b';c")]
    public void A_script_is_called_with_literal_strings(string expected, params string[] arguments) =>
        Assert.Equal(". " + expected, ScriptCall.Compose("/a/b.ps1", arguments, piped: false));

    [Theory]
    [InlineData("\u2018; Get-Process; \u2019")]
    [InlineData("'; exit 9 #")]
    [InlineData("-Name:\u2019;1")]
    [InlineData("-Name;1")]
    [InlineData("a\nb")]
    [InlineData("`$(1)")]
    public void No_argument_becomes_code(string argument)
    {
        Ast call = Parser.ParseInput(ScriptCall.Compose("/a/b.ps1", [argument], piped: false), out _, out ParseError[] errors);
        Assert.Empty(errors);
        Assert.Single(call.FindAll(static node => node is PipelineBaseAst, searchNestedScriptBlocks: true));
        Assert.Empty(call.FindAll(static node => node is SubExpressionAst or VariableExpressionAst, searchNestedScriptBlocks: true));
    }
}
