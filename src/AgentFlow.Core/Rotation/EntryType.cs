namespace AgentFlow.Rotation;

/// <summary>Types of a rotation's journal entries.</summary>
internal static class EntryType
{
    public const string Planned = "rotation.planned";
    public const string State = "rotation.state";
    public const string Held = "rotation.held";
    public const string Resumed = "rotation.resumed";
    public const string Proof = "rotation.proof";
    public const string Attested = "rotation.attested";
    public const string Intent = "call.intent";
    public const string Done = "call.done";
    public const string Refused = "call.refused";
    public const string Failed = "step.failed";
}
