using AgentFlow.Faults;

namespace AgentFlow.Adapters.Http;

/// <summary>One step of a path. Escaping alone does not hold an id in its place: dots are never escaped and are resolved as steps.</summary>
internal static class UrlSegment
{
    /// <exception cref="AfFaultException"><see cref="FaultId.RequestRefused"/> for what cannot be one step.</exception>
    public static string Escape(string text) => text is { Length: > 0 } and not "." and not ".."
        ? Uri.EscapeDataString(text)
        : throw new AfFaultException(FaultKind.InvalidArgument, FaultId.RequestRefused, $"'{text}' is not an id or a name.", "Check the ids and names in the command and in agentflow.json.", text);
}
