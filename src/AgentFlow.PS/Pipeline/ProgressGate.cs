namespace AgentFlow.Cmdlets.Pipeline;

/// <summary>Decides which progress reports are shown: none in the first half second, at most five a second.</summary>
internal sealed class ProgressGate(TimeProvider time)
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    private readonly long _start = time.GetTimestamp();
    private long _last;

    /// <summary>True once something has been shown, so that a Completed record is due.</summary>
    public bool Shown { get; private set; }

    /// <summary>Asks for a place on the screen.</summary>
    public bool Admit()
    {
        if (time.GetElapsedTime(_start) < s_quiet || (Shown && time.GetElapsedTime(_last) < s_interval))
        {
            return false;
        }

        _last = time.GetTimestamp();
        Shown = true;
        return true;
    }
}
