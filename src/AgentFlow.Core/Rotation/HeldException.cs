namespace AgentFlow.Rotation;

/// <summary>Ends a step in a hold. Never leaves the flow.</summary>
internal sealed class HeldException(HoldCode code, string reason, string todo, string? card = null) : Exception(reason)
{
    public HoldCode Code { get; } = code;

    public string Todo { get; } = todo;

    public string? Card { get; } = card;
}
