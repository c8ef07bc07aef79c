using AgentFlow.Checks;
using AgentFlow.Deployments.Lead;

namespace AgentFlow.Core.Tests.Deployments.Lead;

/// <summary>Whenever the operator stops, nothing of the lead stays and the end comes soon.</summary>
public sealed class LeadStopTests : IDisposable
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(5);

    private readonly LeadScene _scene = new();
    private readonly CancellationTokenSource _stop = new();

    [Fact]
    public async Task Before_the_send_nothing_was_sent_and_nothing_is_removed()
    {
        Stop();
        await StoppedAsync(_scene.Start(_stop.Token), TimeSpan.Zero);
        Assert.Empty(_scene.App.Sent);
        Assert.Equal(0, _scene.App.Removals);
        Assert.Equal(_scene.App.Opened, _scene.App.Closed);
        Assert.False((await _scene.InvokeAsync()).Repeated);
    }

    [Fact]
    public async Task An_answer_that_comes_just_after_the_stop_is_waited_for()
    {
        _scene.App.Pending = new();
        Task<LeadQualification> run = _scene.Start(_stop.Token);
        Stop();
        _scene.Pass(300);
        _scene.App.Pending.SetResult(new() { Status = 201 });
        await StoppedAsync(run, s_second);
        Assert.Empty(_scene.App.Rows.Leads);
    }

    [Fact]
    public async Task A_row_that_appears_after_a_send_without_an_answer_is_removed()
    {
        _scene.App.Pending = new();
        Task<LeadQualification> run = _scene.Start(_stop.Token);
        Stop();
        _scene.Pass(2000);
        _scene.App.AddLead();
        await StoppedAsync(run, s_grace);
        Assert.Empty(_scene.App.Rows.Leads);
    }

    [Fact]
    public async Task A_send_that_is_never_answered_ends_within_the_grace_time()
    {
        _scene.App.Pending = new();
        Task<LeadQualification> run = _scene.Start(_stop.Token);
        Stop();
        await StoppedAsync(run, s_grace);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(250)]
    [InlineData(600)]
    [InlineData(1400)]
    public async Task While_it_waits_the_rows_go_within_a_second(int milliseconds)
    {
        Task<LeadQualification> run = _scene.Start(_stop.Token);
        _scene.Pass(milliseconds);
        Assert.False(run.IsCompleted);
        Stop();
        await StoppedAsync(run, s_second);
        Assert.Single(_scene.App.Sent);
        Assert.Equal(0, _scene.App.Rows.RowCount);
        Assert.Equal((1, 1), (_scene.App.Opened, _scene.App.Closed));
    }

    [Fact]
    public async Task A_row_that_a_queue_writes_after_the_answer_is_waited_for()
    {
        _scene.App.Steps[0] = (1500, app => app.AddLead());
        Task<LeadQualification> run = _scene.Start(_stop.Token);
        _scene.Pass(100);
        Stop();
        await StoppedAsync(run, s_grace);
        _scene.Pass(3000);
        await _scene.App.ReadAsync(new("x", "y"), CancellationToken.None);
        Assert.Equal(0, _scene.App.Rows.RowCount);
    }

    [Fact]
    public async Task While_it_removes_the_removal_goes_on()
    {
        TaskCompletionSource begun = new();
        TaskCompletionSource go = new();
        _scene.App.BeforeRemoval = async token =>
        {
            begun.TrySetResult();
            await go.Task.WaitAsync(token);
        };
        Task<LeadQualification> run = _scene.Start(_stop.Token);
        while (!begun.Task.IsCompleted)
        {
            _scene.Pass(50);
        }

        Stop();
        Assert.False(run.IsCompleted);
        go.SetResult();
        await StoppedAsync(run, s_second);
        Assert.Equal(0, _scene.App.Rows.RowCount);
    }

    [Fact]
    public async Task A_removal_that_hangs_is_given_up_within_the_grace_time()
    {
        _scene.App.BeforeRemoval = token => new TaskCompletionSource().Task.WaitAsync(token);
        Task<LeadQualification> run = _scene.Start(_stop.Token);
        _scene.Pass(300);
        Stop();
        await StoppedAsync(run, s_grace);
    }

    [Fact]
    public async Task What_could_not_be_removed_after_a_stop_is_removed_or_told_by_the_next_run()
    {
        _scene.App.Removal = () => throw LeadCheckTests.Down();
        Task<LeadQualification> run = _scene.Start(_stop.Token);
        _scene.Pass(300);
        Stop();
        await StoppedAsync(run, s_grace);
        _scene.Time.Advance(TimeSpan.FromMinutes(2));
        _scene.App = MemoryApp.Healthy(_scene.Time);
        LeadQualification next = await _scene.InvokeAsync();
        CheckResult[] removals = [.. next.Checks.Where(check => check.CheckId == "AFD039")];
        Assert.Equal(2, removals.Select(check => check.Target).Distinct().Count());
        Assert.All(removals, check => Assert.Equal(CheckOutcome.Pass, check.Outcome));
        Assert.Single((await _scene.InvokeAsync()).Checks, check => check.CheckId == "AFD039");
    }

    [Fact]
    public async Task A_reader_that_goes_away_after_the_first_record_leaves_nothing()
    {
        Task pump = Task.CompletedTask;
        await foreach (CheckResult result in _scene.Check.RunAsync(new(_scene.Time), _scene.Target, CancellationToken.None))
        {
            Assert.Equal("AFD030", result.CheckId);
            pump = PumpAsync();
            break;
        }

        await pump;
        Assert.Single(_scene.App.Sent);
        Assert.Equal(0, _scene.App.Rows.RowCount);
        Assert.Equal(1, _scene.App.Closed);
    }

    public void Dispose() => _stop.Dispose();

    // At once and on this thread, as the clock moves on it.
    private void Stop() => _stop.Cancel();

    // The clock must go on while the enumerator waits for the removal.
    private async Task PumpAsync()
    {
        while (_scene.App.Closed == 0)
        {
            _scene.Time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }
    }

    // A delay that is cancelled goes on in the pool, so the clock moves slower than the pool.
    private async Task StoppedAsync(Task<LeadQualification> run, TimeSpan most)
    {
        using PeriodicTimer tick = new(TimeSpan.FromMilliseconds(5));
        DateTimeOffset start = _scene.Time.GetUtcNow();
        await tick.WaitForNextTickAsync();
        while (!run.IsCompleted && _scene.Time.GetUtcNow() - start < TimeSpan.FromMinutes(1))
        {
            _scene.Time.Advance(TimeSpan.FromMilliseconds(50));
            await tick.WaitForNextTickAsync();
        }

        TimeSpan took = _scene.Time.GetUtcNow() - start;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.InRange(took, TimeSpan.Zero, most);
    }
}
