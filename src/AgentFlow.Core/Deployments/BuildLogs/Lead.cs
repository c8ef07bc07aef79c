using System.Runtime.InteropServices;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>Words that announce names: where the names must begin, and what must follow them.</summary>
/// <param name="Kind">What kind of announcement.</param>
/// <param name="From">Index of the first token after the announcing word.</param>
/// <param name="Start">Index of where the names begin.</param>
/// <param name="HasEnv">True when it calls them environment variables.</param>
/// <param name="IsColon">True when a colon or a bracket stands before them.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Lead(LeadKind Kind, int From, int Start, bool HasEnv, bool IsColon);
