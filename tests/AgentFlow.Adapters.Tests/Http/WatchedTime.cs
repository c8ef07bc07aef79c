using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace AgentFlow.Adapters.Tests.Http;

/// <summary>A fake clock that tells which timers were set, so that a test moves it when, and only when, somebody waits.</summary>
internal sealed class WatchedTime : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();

    public WatchedTime()
        : base(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero))
    {
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        WatchedTimer timer = new(this, base.CreateTimer(callback, state, dueTime, period));
        Note(dueTime);
        return timer;
    }

    /// <summary>Waits for the next timer that is none of the usual time limits, and moves the clock to it.</summary>
    public async Task<TimeSpan> PassNextWaitAsync(params TimeSpan[] limits)
    {
        while (true)
        {
            TimeSpan due = await _timers.Reader.ReadAsync(TestContext.Current.CancellationToken);
            if (!limits.Contains(due))
            {
                Advance(due);
                return due;
            }
        }
    }

    /// <summary>Waits until a timer of this length is set, and moves the clock to it.</summary>
    public async Task PassAsync(TimeSpan limit)
    {
        while (await _timers.Reader.ReadAsync(TestContext.Current.CancellationToken) != limit)
        {
        }

        Advance(limit);
    }

    private void Note(TimeSpan due)
    {
        if (due > TimeSpan.Zero)
        {
            _timers.Writer.TryWrite(due);
        }
    }

    private sealed class WatchedTimer(WatchedTime owner, ITimer inner) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            bool changed = inner.Change(dueTime, period);
            owner.Note(dueTime);
            return changed;
        }

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
