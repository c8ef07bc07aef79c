namespace AgentFlow.Adapters.Vercel.BuildLogs;

/// <summary>The members of a build event that matter here.</summary>
internal enum BuildEventField
{
    None,
    Type,
    Level,
    Text,
    Created,
    Date,
    Payload,
    Info,
    ReadyState,
    Alias,
}
