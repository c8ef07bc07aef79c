using AgentFlow.PS.Tests.Engine;

namespace AgentFlow.PS.Tests.Rotation;

/// <summary>Who sits before the screen gets a card and types the value unseen; where nobody does, nothing asks.</summary>
public sealed class OperatorCardTests(RotationRehearsal rehearsal) : IClassFixture<RotationRehearsal>
{
    [Fact]
    public async Task An_interactive_session_is_asked_once_and_goes_on()
    {
        await rehearsal.ResetAsync();
        string value = "typed-by-hand-" + Guid.NewGuid().ToString("N");
        AskingHost host = new(value);
        EngineResult result = Run(host);
        Assert.Empty(result.Errors);
        Assert.Equal("Draining", ((dynamic)Assert.Single(result.Output).BaseObject).State.ToString());
        Assert.Equal(1, host.Questions);
        Assert.Contains("Make a new credential at its provider.", host.Screen, StringComparison.Ordinal);
        Assert.DoesNotContain(value, host.Screen + RotationRehearsal.Said(result), StringComparison.Ordinal);
        Assert.Equal(value, (await rehearsal.TruthAsync())["serving"]!["OPENAI_API_KEY"]!.GetValue<string>());
    }

    [Fact]
    public async Task Enter_alone_leaves_it_held()
    {
        await rehearsal.ResetAsync();
        AskingHost host = new(string.Empty);
        Assert.Equal("Held", ((dynamic)Assert.Single(Run(host).Output).BaseObject).State.ToString());
        Assert.Equal(1, host.Questions);
    }

    [Fact]
    public async Task Without_a_keyboard_nothing_is_asked()
    {
        await rehearsal.ResetAsync();
        AskingHost host = new(null);
        Assert.Equal("Held", ((dynamic)Assert.Single(Run(host).Output).BaseObject).State.ToString());
        Assert.Equal(0, host.Questions);
    }

    private EngineResult Run(AskingHost host)
    {
        using EngineSession session = new(host: host);
        return session.Run($"param($config) Connect-AfContext $config | Out-Null; Invoke-AfEnvRotation openai-key {RotationRehearsal.Yes}", ("config", rehearsal.Session.ConfigPath));
    }
}
