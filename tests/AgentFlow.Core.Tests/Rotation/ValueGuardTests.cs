using AgentFlow.Faults;
using AgentFlow.Rotation;
using AgentFlow.Safety;

namespace AgentFlow.Core.Tests.Rotation;

public sealed class ValueGuardTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" leading")]
    [InlineData("trailing ")]
    [InlineData("trailing\n")]
    [InlineData("\ttab")]
    [InlineData("trailing\r\n")]
    [InlineData("trailing\u00A0")]
    [InlineData("\u3000ideographic")]
    [InlineData("\uFEFFmark")]
    [InlineData("in\0side")]
    public void A_value_that_a_platform_would_spoil_is_refused_without_being_shown(string text)
    {
        using Secret value = Secret.FromChars(text);
        AfFaultException fault = Assert.Throws<AfFaultException>(() => ValueGuard.Check(value, "AUTH_SECRET"));
        Assert.Equal((FaultKind.InvalidArgument, FaultId.RotationValueRefused), (fault.Kind, fault.Id));
        Assert.Contains("AUTH_SECRET", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(text.Trim() is { Length: > 3 } shown ? shown : "\u0001", fault + fault.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("inner space is a value's own business")]
    [InlineData("multi\nline-key")]
    [InlineData("=equals#hash$dollar\"quote'")]
    public void Anything_else_passes(string text)
    {
        using Secret value = Secret.FromChars(text);
        ValueGuard.Check(value, "AUTH_SECRET");
    }
}
