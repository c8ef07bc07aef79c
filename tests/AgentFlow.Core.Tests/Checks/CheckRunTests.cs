using AgentFlow.Checks;
using AgentFlow.Faults;
using Microsoft.Extensions.Time.Testing;

namespace AgentFlow.Core.Tests.Checks;

public sealed class CheckRunTests
{
    private static readonly CheckDefinition s_check = new("AFD001", "D1", "Title", "public");

    [Fact]
    public async Task A_fault_becomes_an_Error_record_with_its_fix()
    {
        CheckRun run = new(new FakeTimeProvider());
        CheckResult result = await run.RunAsync(
            s_check,
            "dpl_1",
            _ => throw new AfFaultException(FaultKind.RateLimited, FaultId.InternalError, "Too many.", "Wait."),
            TestContext.Current.CancellationToken);
        Assert.Equal(CheckOutcome.Error, result.Outcome);
        Assert.Equal("Too many.", result.Reason);
        Assert.Equal("Wait.", result.Remediation);
        Assert.Equal(run.RunId, result.RunId);
    }

    [Fact]
    public async Task Merge_yields_the_fast_group_before_the_slow_one_has_ended()
    {
        TaskCompletionSource slow = new();
        List<int> seen = [];
        async IAsyncEnumerable<int> Fast() { await Task.Yield(); yield return 1; }
        async IAsyncEnumerable<int> Slow() { await slow.Task; yield return 2; }
        await foreach (int item in CheckRun.MergeAsync<int>([_ => Slow(), _ => Fast()], TestContext.Current.CancellationToken))
        {
            seen.Add(item);
            slow.TrySetResult();
        }

        Assert.Equal([1, 2], seen);
    }

    [Fact]
    public async Task Merge_cancels_the_other_groups_and_rethrows_when_one_throws()
    {
        bool cancelled = false;
        async IAsyncEnumerable<int> Endless([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token = default)
        {
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                cancelled = token.IsCancellationRequested;
            }

            yield return 1;
        }

        async IAsyncEnumerable<int> Broken() { await Task.Yield(); yield return 0; throw new InvalidOperationException("broken"); }
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (int _ in CheckRun.MergeAsync<int>([Endless, _ => Broken()], TestContext.Current.CancellationToken))
            {
            }
        });
        Assert.True(cancelled);
    }
}
