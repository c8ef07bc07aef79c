using AgentFlow.Cmdlets.Pipeline;
using Microsoft.Extensions.Time.Testing;

namespace AgentFlow.PS.Tests.Pipeline;

public sealed class ProgressGateTests
{
    [Fact]
    public void Nothing_in_the_first_half_second_then_at_most_five_a_second()
    {
        FakeTimeProvider time = new();
        ProgressGate gate = new(time);
        Assert.False(gate.Admit());
        time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.False(gate.Admit());
        Assert.False(gate.Shown);
        int shown = 0;
        for (int i = 0; i < 100; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(10));
            shown += gate.Admit() ? 1 : 0;
        }

        Assert.InRange(shown, 4, 6);
        Assert.True(gate.Shown);
    }
}
