namespace AgentFlow.Rotation;

/// <summary>Ends a step in a hold. Never leaves the flow.</summary>
internal sealed class HeldException(HoldCode code, string reason, string todo) : Exception(reason)
{
    public HoldCode Code { get; } = code;

    public string Todo { get; } = todo;
}
