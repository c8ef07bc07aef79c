namespace AgentFlow.Core.Tests.Rotation;

/// <summary>The end of the process, as far as one test process can play it: no handler of the product knows this type.</summary>
internal sealed class ProcessDeath : Exception;
