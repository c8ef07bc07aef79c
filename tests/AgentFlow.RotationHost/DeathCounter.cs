using System.Diagnostics;

namespace AgentFlow.RotationHost;

/// <summary>Counts the places at which the process could die, and kills it (SIGKILL) at one of them: no finally, no flush, nothing.</summary>
internal sealed class DeathCounter(int dieAt)
{
    private int _places;

    public int Places => Volatile.Read(ref _places);

    public void Place()
    {
        if (Interlocked.Increment(ref _places) == dieAt)
        {
            Process.GetCurrentProcess().Kill();
            new ManualResetEventSlim().Wait(CancellationToken.None);
        }
    }
}
