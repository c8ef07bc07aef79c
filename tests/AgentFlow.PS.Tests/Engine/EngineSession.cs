using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using AgentFlow.TestKit;

namespace AgentFlow.PS.Tests.Engine;

/// <summary>One runspace of the real engine with the packed module imported. Not shared between tests that run at once.</summary>
public sealed class EngineSession : IDisposable
{
    private readonly Runspace _runspace;

    /// <param name="import">Imports the packed module.</param>
    /// <param name="host">The program around the engine; one without a screen by default.</param>
    public EngineSession(bool import = true, PSHost? host = null)
    {
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }

        _runspace = host is null ? RunspaceFactory.CreateRunspace(state) : RunspaceFactory.CreateRunspace(host, state);
        _runspace.Open();
        if (import)
        {
            EngineResult result = Run("param($path) Import-Module $path", ("path", PackedModule.Manifest));
            Assert.Empty(result.Errors);
        }
    }

    /// <summary>Gives the module's commands another clock in this runspace; before a context is connected.</summary>
    public void UseTime(TimeProvider time)
    {
        EngineResult result = Run(
            "param($time) (Get-Command Get-AfContext).ImplementingType.Assembly.GetType('AgentFlow.Cmdlets.Session.RunspaceState').GetMethod('Current').Invoke($null, @()).Time = $time",
            ("time", time));
        Assert.Empty(result.Errors);
    }

    /// <summary>Runs a script to its end and keeps every stream.</summary>
    public EngineResult Run(string script, params (string Name, object? Value)[] parameters)
    {
        using PowerShell shell = Create(script, parameters);
        return Collect(shell, () => shell.Invoke());
    }

    /// <summary>Starts a script and gives the running shell, for tests that stop it.</summary>
    public PowerShell Create(string script, params (string Name, object? Value)[] parameters)
    {
        PowerShell shell = PowerShell.Create(_runspace);
        shell.AddScript(script);
        foreach ((string name, object? value) in parameters)
        {
            shell.AddParameter(name, value);
        }

        return shell;
    }

    /// <summary>Runs <paramref name="invoke"/> and gathers the streams of <paramref name="shell"/>; a terminating error is the last error.</summary>
    public static EngineResult Collect(PowerShell shell, Func<IEnumerable<PSObject>> invoke)
    {
        List<PSObject> output = [];
        ErrorRecord? terminating = null;
        try
        {
            output.AddRange(invoke());
        }
        catch (RuntimeException exception)
        {
            terminating = exception.ErrorRecord;
        }

        return new()
        {
            Output = output,
            Errors = terminating is null ? [.. shell.Streams.Error] : [.. shell.Streams.Error, terminating],
            Terminating = terminating,
            Warnings = [.. shell.Streams.Warning.Select(record => record.Message)],
            Verbose = [.. shell.Streams.Verbose.Select(record => record.Message)],
            Debug = [.. shell.Streams.Debug.Select(record => record.Message)],
            Information = [.. shell.Streams.Information.Select(record => record.ToString())],
            Progress = [.. shell.Streams.Progress],
        };
    }

    public void Dispose() => _runspace.Dispose();
}
