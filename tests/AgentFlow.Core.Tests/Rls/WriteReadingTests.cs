using AgentFlow.Rls.Access;
using AgentFlow.Rls.Behaviour;

namespace AgentFlow.Core.Tests.Rls;

/// <summary>What a poisoned write's answer means.</summary>
public sealed class WriteReadingTests
{
    [Theory]
    [InlineData("42501", "new row violates row-level security policy for table \"leads\"", WriteOutcome.Refused)]
    [InlineData("42501", "permission denied for table leads", WriteOutcome.NoPrivilege)]
    [InlineData("23502", "null value in column \"id\"", WriteOutcome.Passed)]
    [InlineData("23505", "duplicate key", WriteOutcome.Passed)]
    [InlineData("22012", "division by zero", WriteOutcome.Passed)]
    [InlineData("23514", "new row for relation \"t\" violates check constraint", WriteOutcome.Passed)]
    [InlineData("23514", "no partition of relation \"t\" found for row", WriteOutcome.Unclear)]
    [InlineData("P0001", "not on a Sunday", WriteOutcome.Unclear)]
    public void An_error_says_how_far_the_row_got(string state, string message, WriteOutcome expected) => Assert.Equal(expected, WriteReading.Of(new() { State = state, Message = message }));

    [Fact]
    public void No_error_means_hidden_or_passed()
    {
        Assert.Equal(WriteOutcome.Hidden, WriteReading.Of(new() { Affected = 0 }));
        Assert.Equal(WriteOutcome.Passed, WriteReading.Of(new() { Affected = 1 }));
        Assert.Equal(WriteOutcome.Unclear, WriteReading.Of(new() { State = "42P01", Message = "relation does not exist", InSetup = true }));
    }

    [Fact]
    public void Only_words_about_privileges_are_shown()
    {
        Assert.Equal("permission denied for function f", new RlsAnswer { State = "42501", Message = "permission denied for function f" }.Refusal);
        Assert.Equal("SQLSTATE 23505", new RlsAnswer { State = "23505", Message = "Key (email)=(a@b.c) already exists." }.Refusal);
    }
}
