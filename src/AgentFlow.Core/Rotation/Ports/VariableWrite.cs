using AgentFlow.Safety;

namespace AgentFlow.Rotation.Ports;

/// <summary>One value on its way to one lane.</summary>
public sealed record VariableWrite(RotationLane Lane, Secret Value);
