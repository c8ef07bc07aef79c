using System.Diagnostics;
using AgentFlow.PS.Tests.Engine;

namespace AgentFlow.PS.Tests.Sandbox;

public sealed class SandboxCommandTests : IDisposable
{
    private readonly EngineSession _session = new();

    [Fact]
    public void It_starts_connects_and_stops_without_a_trace()
    {
        EngineResult result = _session.Run("$box = Start-AfSandbox -NoDatabase; $box; $box | Connect-AfContext | ForEach-Object IsSandbox; $box | Stop-AfSandbox");
        Assert.Empty(result.Errors);
        dynamic box = result.Output[0].BaseObject;
        Assert.Equal(true, result.Output[1].BaseObject);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById((int)box.Id));
        Assert.False(File.Exists((string)box.ConfigPath));
    }

    [Fact]
    public void An_unknown_scenario_is_one_clear_error()
    {
        EngineResult result = _session.Run("Start-AfSandbox no-such-scenario -NoDatabase");
        Assert.Equal("AfSandboxNotStarted", result.ErrorId);
        Assert.Contains("no-such-scenario", result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_starts_nothing()
    {
        EngineResult result = _session.Run("Start-AfSandbox -WhatIf; Stop-AfSandbox -WhatIf");
        Assert.Empty(result.Output);
        Assert.Empty(result.Errors);
    }

    [Fact]
    public void Tab_completes_scenarios_without_starting_anything()
    {
        EngineResult result = _session.Run("[System.Management.Automation.CommandCompletion]::CompleteInput('Start-AfSandbox mis', 19, $null).CompletionMatches | ForEach-Object CompletionText");
        Assert.Contains("missing-env", result.Output.Select(item => item.ToString()));
        Assert.DoesNotContain("healthy", result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void Without_the_program_beside_the_module_it_says_how_to_get_it()
    {
        string copy = Directory.CreateTempSubdirectory("af-copy-").FullName;
        try
        {
            CopyModule(TestKit.PackedModule.Folder, copy);
            using EngineSession other = new(import: false);
            EngineResult result = other.Run("param($path) Import-Module $path; Start-AfSandbox", ("path", Path.Combine(copy, "AgentFlow.PS.psd1")));
            Assert.Equal("AfSandboxMissing", result.ErrorId);
        }
        finally
        {
            // Windows keeps the assemblies of an imported module until this process ends.
            if (!OperatingSystem.IsWindows())
            {
                Directory.Delete(copy, recursive: true);
            }
        }
    }

    public void Dispose()
    {
        _session.Run("Stop-AfSandbox");
        _session.Dispose();
    }

    private static void CopyModule(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(file => !file.Contains("sandbox", StringComparison.OrdinalIgnoreCase)))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
