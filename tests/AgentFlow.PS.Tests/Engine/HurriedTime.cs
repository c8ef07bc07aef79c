namespace AgentFlow.PS.Tests.Engine;

/// <summary>Real time whose waits are a twentieth as long, for tests that walk through many retries.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private const int Hurry = 20;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, Shorter(dueTime), Shorter(period));

    private static TimeSpan Shorter(TimeSpan time) => time <= TimeSpan.Zero ? time : TimeSpan.FromMilliseconds(Math.Max(1, time.TotalMilliseconds / Hurry));
}
