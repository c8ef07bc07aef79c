using System.Diagnostics;

namespace AgentFlow.Benchmarks.Rotation.Overhead;

/// <summary>The system's clock; adds up how long the procedure waited for the outside: in calls, and on timers that ran out (a build that is polled).</summary>
internal sealed class OutsideTime : TimeProvider
{
    private long _ticks;

    public double Milliseconds => TimeSpan.FromTicks(Interlocked.Read(ref _ticks)).TotalMilliseconds;

    public void Add(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        long begun = Stopwatch.GetTimestamp();
        return base.CreateTimer(
            given =>
            {
                Add(Stopwatch.GetElapsedTime(begun));
                callback(given);
            },
            state,
            dueTime,
            period);
    }
}
