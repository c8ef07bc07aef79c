using AgentFlow.Cmdlets.Pipeline;

namespace AgentFlow.PS.Tests.Pipeline;

public sealed class PipelineBridgeTests
{
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(5);

    [Fact]
    public void Actions_run_in_order_on_the_calling_thread()
    {
        using PipelineBridge bridge = new(s_grace, CancellationToken.None);
        int caller = Environment.CurrentManagedThreadId;
        List<int> seen = [];
        HashSet<int> threads = [];
        bridge.Run(async token =>
        {
            for (int i = 0; i < 2000; i++)
            {
                int item = i;
                await bridge.PostAsync(() => { seen.Add(item); threads.Add(Environment.CurrentManagedThreadId); }, token);
            }
        });
        Assert.Equal(Enumerable.Range(0, 2000), seen);
        Assert.Equal([caller], threads);
    }

    [Fact]
    public void A_slow_reader_slows_the_step()
    {
        using PipelineBridge bridge = new(s_grace, CancellationToken.None);
        int posted = 0;
        int ahead = 0;
        int done = 0;
        bridge.Run(async token =>
        {
            for (int i = 0; i < 5000; i++)
            {
                await bridge.PostAsync(() => { done++; ahead = Math.Max(ahead, Volatile.Read(ref posted) - done); }, token);
                Interlocked.Increment(ref posted);
            }
        });
        Assert.Equal(5000, done);
        Assert.InRange(ahead, 0, 257);
    }

    [Fact]
    public void What_the_step_throws_arrives_unwrapped_after_its_actions()
    {
        using PipelineBridge bridge = new(s_grace, CancellationToken.None);
        bool ran = false;
        Assert.Throws<FormatException>(() => bridge.Run(async token =>
        {
            await bridge.PostAsync(() => ran = true, token);
            throw new FormatException();
        }));
        Assert.True(ran);
    }

    [Fact]
    public void An_action_that_throws_cancels_the_step_lets_it_clean_up_and_is_rethrown()
    {
        using PipelineBridge bridge = new(s_grace, CancellationToken.None);
        bool cleaned = false;
        Assert.Throws<NotSupportedException>(() => bridge.Run(async token =>
        {
            try
            {
                while (true)
                {
                    await bridge.PostAsync(() => throw new NotSupportedException(), token);
                }
            }
            finally
            {
                cleaned = true;
            }
        }));
        Assert.True(cleaned);
    }

    [Fact]
    public void Stop_ends_the_run_after_the_step_has_cleaned_up()
    {
        using CancellationTokenSource stop = new();
        using PipelineBridge bridge = new(s_grace, stop.Token);
        bool cleaned = false;
        Assert.ThrowsAny<OperationCanceledException>(() => bridge.Run(async token =>
        {
            try
            {
                await stop.CancelAsync();
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                cleaned = true;
            }
        }));
        Assert.True(cleaned);
    }

    [Fact]
    public void A_step_that_ignores_the_stop_is_abandoned_after_the_grace_time()
    {
        using CancellationTokenSource stop = new();
        PipelineBridge bridge = new(TimeSpan.FromMilliseconds(20), stop.Token);
        TaskCompletionSource never = new();
        Assert.ThrowsAny<OperationCanceledException>(() => bridge.Run(async _ =>
        {
            await stop.CancelAsync();
            await never.Task;
        }));
        never.SetResult();
    }

    [Fact]
    public void A_question_is_answered_on_the_calling_thread_and_its_exception_ends_the_run()
    {
        using PipelineBridge bridge = new(s_grace, CancellationToken.None);
        int caller = Environment.CurrentManagedThreadId;
        int answered = 0;
        bridge.Run(async token => answered = await bridge.AskAsync(() => Environment.CurrentManagedThreadId, token));
        Assert.Equal(caller, answered);
        using PipelineBridge second = new(s_grace, CancellationToken.None);
        Assert.Throws<NotSupportedException>(() => second.Run(async token => await second.AskAsync<int>(() => throw new NotSupportedException(), token)));
    }

    [Fact]
    public async Task A_question_after_the_end_throws()
    {
        using PipelineBridge bridge = new(s_grace, CancellationToken.None);
        bridge.Run(_ => Task.CompletedTask);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await bridge.AskAsync(() => 1, CancellationToken.None));
    }
}
