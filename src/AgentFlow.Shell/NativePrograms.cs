using System.ComponentModel;
using System.Diagnostics;
using System.Management.Automation;
using Microsoft.PowerShell;

namespace AgentFlow.Shell;

/// <summary>
/// The native programs that the engine starts and waits for. When a pipeline is stopped the engine leaves a program that has the terminal to the
/// terminal, which interrupts whatever is in the foreground at that moment: a program that is only about to start never hears of it, and one
/// whose shell was told by a signal of its own neither.
/// </summary>
internal sealed class NativePrograms
{
    // A program that is interrupted in time has ended by then.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(50);

    // So late the handler of a key may run on a busy machine: a program that is older than this has been interrupted by the terminal.
    private static readonly TimeSpan Lag = TimeSpan.FromMilliseconds(500);

    // So long the engine may take to tell its commands of a stop. A program in a finally block is late by that and runs.
    private static readonly TimeSpan Hold = TimeSpan.FromMilliseconds(250);

    // So long the engine may take from its notice to the start.
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly List<DateTimeOffset> _begun = [];
    private readonly object _engine = new();
    private readonly TimeProvider _time;
    private DateTimeOffset? _watched;
    private DateTimeOffset? _asked;

    /// <summary>Knows of no program yet.</summary>
    public NativePrograms(TimeProvider time) => _time = time;

    /// <summary>The engine is about to start a program. One that follows a Ctrl+C waits until the engine's own stop has reached it, and then is not started.</summary>
    public void Begin()
    {
        bool isHeld;
        lock (_gate)
        {
            DateTimeOffset now = _time.GetUtcNow();
            isHeld = now - _asked < Start;
            _asked = null;
            _begun.Add(now);
        }

        if (isHeld)
        {
            lock (_engine)
            {
                Monitor.Wait(_engine, Hold);
            }
        }
    }

    /// <summary>The program that was begun last has ended.</summary>
    public void End()
    {
        lock (_gate)
        {
            _begun.RemoveAt(_begun.Count - 1);
        }
    }

    /// <summary>Before what runs is stopped by Ctrl+C: interrupts a program that is being started just then; returns at once.</summary>
    public void Interrupt()
    {
        DateTimeOffset asked = _time.GetUtcNow();
        lock (_gate)
        {
            _asked = asked;
            // Further keys for the same program are between the terminal and the program.
            if (_begun.Count == 0 || _begun[^1] == _watched || asked - _begun[^1] > Start)
            {
                return;
            }

            _watched = _begun[^1];
        }

        _ = InterruptAsync(_watched.Value, asked);
    }

    /// <summary>After a request to terminate, which only the shell has heard: asks its programs too.</summary>
    public void Terminate()
    {
        if (Latest() is DateTimeOffset begun)
        {
            Signal(begun, ProgramSignal.Terminate);
        }
    }

    private async Task InterruptAsync(DateTimeOffset begun, DateTimeOffset asked)
    {
        DateTimeOffset since = asked - Lag > begun ? asked - Lag : begun;
        int told = 0;
        while (told == 0 && _time.GetUtcNow() - asked < Start)
        {
            await Task.Delay(Grace, _time).ConfigureAwait(false);
            if (Latest() != begun)
            {
                return;
            }

            told = Signal(since, ProgramSignal.Interrupt);
        }
    }

    private DateTimeOffset? Latest()
    {
        lock (_gate)
        {
            return _begun.Count > 0 ? _begun[^1] : null;
        }
    }

    // The system notes a start in hundredths of a second.
    private static int Signal(DateTimeOffset since, Func<Process, bool> send)
    {
        int told = 0;
        foreach (Process process in Process.GetProcesses())
        {
            using (process)
            {
                told += IsChild(process) && HasStarted(process, since - TimeSpan.FromMilliseconds(20)) && send(process) ? 1 : 0;
            }
        }

        return told;
    }

    private static bool IsChild(Process process)
    {
        using Process? parent = ProcessCodeMethods.GetParentProcess(PSObject.AsPSObject(process)) as Process;
        return parent?.Id == Environment.ProcessId;
    }

    private static bool HasStarted(Process process, DateTimeOffset since)
    {
        try
        {
            return process.StartTime.ToUniversalTime() >= since.UtcDateTime;
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception)
        {
            return false;
        }
    }
}
