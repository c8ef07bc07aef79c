using AgentFlow.TestKit.Sandbox;

namespace AgentFlow.Benchmarks.Rotation;

/// <summary>One bad answer to one call.</summary>
/// <param name="Call">As <see cref="RotationHost.CallLabel"/> names it.</param>
/// <param name="Trouble">One of <see cref="TroubleBook.Troubles"/>.</param>
/// <param name="Fault">How the sandbox brings it about.</param>
internal sealed record CampaignTrouble(string Call, string Trouble, SandboxFault Fault)
{
    public override string ToString() => $"{Trouble} at {Call}";
}
