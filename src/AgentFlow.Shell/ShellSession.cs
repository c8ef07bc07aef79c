using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using AgentFlow.Shell.Commands;
using AgentFlow.Shell.Completing;
using AgentFlow.Shell.LineEditing;
using Microsoft.PowerShell;

namespace AgentFlow.Shell;

/// <summary>One runspace of the engine and the pipelines that run in it, one at a time (nested ones within it).</summary>
internal sealed class ShellSession : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Stack<Pipeline> _running = new();
    private readonly ManualResetEventSlim _idle = new(initialState: true);
    private readonly ManualResetEventSlim _stopping = new();
    private readonly Runspace _runspace;
    private readonly ShellHostUI _ui;

    /// <summary>Starts the engine.</summary>
    /// <param name="host">Receives <c>exit</c>.</param>
    /// <param name="ui">Receives everything that is written.</param>
    /// <param name="moduleFolder">Goes in front of PSModulePath; null for none.</param>
    public ShellSession(ShellHost host, ShellHostUI ui, string? moduleFolder)
    {
        Host = host;
        _ui = ui;
        InitialSessionState state = InitialSessionState.CreateDefault2();
        // The engine's help function pages through Select-Object, which is not here.
        state.Commands.Remove("help", typeof(SessionStateFunctionEntry));
        state.Commands.Add(new SessionStateAliasEntry("help", "Get-Help"));
        state.Commands.Add(new SessionStateCmdletEntry("Out-File", typeof(OutFileCommand), helpFileName: null));
        state.Commands.Add(new SessionStateCmdletEntry("Out-String", typeof(OutStringCommand), helpFileName: null));
        if (OperatingSystem.IsWindows())
        {
            // What pwsh ships as its default there; the engine alone would refuse every script.
            state.ExecutionPolicy = ExecutionPolicy.RemoteSigned;
        }

        _runspace = RunspaceFactory.CreateRunspace(host, state);
        // Its own thread has the engine's deep stack, and the main thread stays free.
        _runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        _runspace.Open();
        Runspace.DefaultRunspace = _runspace;
        Completion = new EngineCompletion(_runspace);
        _runspace.SessionStateProxy.InvokeCommand.CommandNotFoundAction = AbsentCommands.OnCommandNotFound;
        if (moduleFolder is not null)
        {
            string known = Environment.GetEnvironmentVariable("PSModulePath") ?? string.Empty;
            Environment.SetEnvironmentVariable("PSModulePath", moduleFolder + Path.PathSeparator + known);
        }
    }

    /// <summary>The host that this session's engine sees.</summary>
    public ShellHost Host { get; }

    /// <summary>The engine's <c>$?</c> after the last text that went to the history; the engine keeps it over all others.</summary>
    public bool LastSucceeded => _runspace.SessionStateProxy.GetVariable("?") is true;

    /// <summary>The engine's <c>$LASTEXITCODE</c>; 0 when nothing has set it.</summary>
    public int LastExitCode => _runspace.SessionStateProxy.GetVariable("global:LASTEXITCODE") is int code ? code : 0;

    /// <summary>Completes text in this session.</summary>
    public ICompletionSource Completion { get; }

    /// <summary>Something runs that <see cref="Stop"/> would stop.</summary>
    public bool IsRunning
    {
        get
        {
            lock (_gate)
            {
                return _running.Count > 0;
            }
        }
    }

    /// <summary>Runs text as typed at a prompt, with <paramref name="input"/> as its <c>$input</c>.</summary>
    public RunOutcome RunText(string text, IEnumerable<string>? input = null, bool addToHistory = false) =>
        Run(CreatePipeline(text, addToHistory), input);

    /// <summary>Imports a module by its manifest; an error is shown.</summary>
    public RunOutcome ImportModule(string manifest)
    {
        Pipeline pipeline = CreatePipeline(null, addToHistory: false);
        Command import = new("Import-Module");
        import.Parameters.Add("Name", manifest);
        pipeline.Commands.Add(import);
        return Run(pipeline, null);
    }

    /// <summary>A module, or null when it is not imported.</summary>
    public PSModuleInfo? FindModule(string name)
    {
        using Pipeline pipeline = CreatePipeline(null, addToHistory: false);
        Command command = new("Get-Module");
        command.Parameters.Add("Name", name);
        pipeline.Commands.Add(command);
        return Invoke(pipeline) is [{ BaseObject: PSModuleInfo module }, ..] ? module : null;
    }

    /// <summary>The text of the <c>prompt</c> function; "PS> " when it fails or is stopped.</summary>
    // The second of two quick Ctrl+C comes when what the first one stopped has ended already, and finds this.
    public string Prompt() => TryPrompt() ?? TryPrompt() ?? "PS> ";

    /// <summary>Asks what runs to stop; returns at once. False when nothing runs.</summary>
    public bool Stop()
    {
        lock (_gate)
        {
            if (!_running.TryPeek(out Pipeline? pipeline))
            {
                return false;
            }

            _stopping.Set();
            pipeline.StopAsync();
            return true;
        }
    }

    /// <summary>Waits for a request to stop what runs; false when the time is over first.</summary>
    public bool WaitForStop(TimeSpan patience) => _stopping.Wait(patience);

    /// <summary>Waits until nothing runs; false when the time is over first.</summary>
    public bool WaitUntilIdle(TimeSpan patience) => _idle.Wait(patience);

    /// <inheritdoc/>
    public void Dispose()
    {
        _runspace.Dispose();
        _idle.Dispose();
        _stopping.Dispose();
    }

    private Pipeline CreatePipeline(string? text, bool addToHistory)
    {
        bool nested = IsRunning;
        return text is null
            ? (nested ? _runspace.CreateNestedPipeline() : _runspace.CreatePipeline())
            : nested ? _runspace.CreateNestedPipeline(text, addToHistory)
            : _runspace.CreatePipeline(text, addToHistory);
    }

    private string? TryPrompt()
    {
        using Pipeline pipeline = CreatePipeline("prompt", addToHistory: false);
        try
        {
            Collection<PSObject> parts = Invoke(pipeline);
            return pipeline.PipelineStateInfo.State == PipelineState.Completed ? string.Concat(parts) : null;
        }
        catch (RuntimeException)
        {
            return null;
        }
    }

    private RunOutcome Run(Pipeline pipeline, IEnumerable<string>? input)
    {
        using (pipeline)
        {
            pipeline.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
            pipeline.Commands.Add(new Command("Out-Default", isScript: false, useLocalScope: true));
            try
            {
                if (input is null)
                {
                    Invoke(pipeline);
                }
                else
                {
                    InvokeFed(pipeline, input);
                }

                // A stop ends Invoke without an exception.
                return pipeline.PipelineStateInfo.State == PipelineState.Stopped ? RunOutcome.Stopped : RunOutcome.Completed;
            }
            catch (PipelineStoppedException)
            {
                return RunOutcome.Stopped;
            }
            catch (RuntimeException error)
            {
                Report(error);
                return RunOutcome.Failed;
            }
            finally
            {
                _ui.ResetProgress();
            }
        }
    }

    private Collection<PSObject> Invoke(Pipeline pipeline) => Tracked(pipeline, pipeline.Invoke);

    // The script reads $input while the lines arrive, so they are written from a thread of their own.
    private void InvokeFed(Pipeline pipeline, IEnumerable<string> input) => Tracked(pipeline, () =>
    {
        using ManualResetEventSlim ended = new();
        pipeline.StateChanged += (_, change) =>
        {
            if (change.PipelineStateInfo.State is PipelineState.Completed or PipelineState.Failed or PipelineState.Stopped)
            {
                ended.Set();
            }
        };
        Thread feeder = new(() => Feed(pipeline, input)) { IsBackground = true, Name = "Standard input" };
        pipeline.InvokeAsync();
        feeder.Start();
        ended.Wait();
        return pipeline.PipelineStateInfo.Reason is Exception reason ? throw reason : true;
    });

    private static void Feed(Pipeline pipeline, IEnumerable<string> input)
    {
        try
        {
            foreach (string line in input)
            {
                pipeline.Input.Write(line);
            }

            pipeline.Input.Close();
        }
        catch (PipelineClosedException)
        {
            // The script ended before its input did.
        }
    }

    private T Tracked<T>(Pipeline pipeline, Func<T> run)
    {
        lock (_gate)
        {
            _running.Push(pipeline);
            _idle.Reset();
            _stopping.Reset();
        }

        try
        {
            return run();
        }
        catch (InvalidPipelineStateException) when (_stopping.IsSet)
        {
            // The stop came before the start.
            throw new PipelineStoppedException();
        }
        finally
        {
            lock (_gate)
            {
                _running.Pop();
                if (_running.Count == 0)
                {
                    _idle.Set();
                }
            }
        }
    }

    private void Report(RuntimeException error)
    {
        using IDisposable scope = _ui.ErrorScope();
        using Pipeline pipeline = CreatePipeline(null, addToHistory: false);
        pipeline.Commands.Add(new Command("Out-Default", isScript: false, useLocalScope: true));
        pipeline.Commands[0].Parameters.Add("InputObject", error.ErrorRecord);
        try
        {
            Invoke(pipeline);
        }
        catch (RuntimeException)
        {
            // A broken view must not hide the error itself.
            _ui.WriteErrorLine(error.Message);
        }
    }
}
