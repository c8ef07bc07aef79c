using System.Collections.Immutable;
using AgentFlow.Sandbox.Faults;

namespace AgentFlow.Sandbox.Recording;

/// <summary>One request as the sandbox saw it, and what it answered.</summary>
internal sealed class RequestRecord
{
    /// <summary>The provider name of the sandbox's own interface, which is not recorded.</summary>
    public const string Control = "control";

    public required int Number { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Provider { get; init; }

    public required string Method { get; init; }

    /// <summary>The port it came in by; tells the app's origins apart.</summary>
    public required int Port { get; init; }

    /// <summary>Path without the provider's prefix, still percent-encoded.</summary>
    public required string Path { get; init; }

    /// <summary>Query with its question mark, still percent-encoded; empty when there is none.</summary>
    public required string Query { get; init; }

    /// <summary>Header names and values; credentials are replaced by keyed fingerprints.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> RequestHeaders { get; init; }

    public string? RequestContentType { get; init; }

    public byte[] RequestBody { get; set; } = [];

    /// <summary>0 while it is being answered, and when the connection was cut before an answer.</summary>
    public int Status { get; set; }

    public string? ResponseContentType { get; set; }

    public IReadOnlyList<KeyValuePair<string, string>> ResponseHeaders { get; set; } = [];

    /// <summary>What was sent, up to a limit.</summary>
    public byte[] ResponseBody { get; set; } = [];

    /// <summary>The whole length of what was sent.</summary>
    public long ResponseLength { get; set; }

    public bool ResponseIsCut => ResponseLength > ResponseBody.Length;

    public ImmutableArray<FaultKind> Faults { get; private set; } = [];

    /// <summary>The request asks for a change: its method is not a reading one.</summary>
    public bool IsWrite => Method is not ("GET" or "HEAD" or "OPTIONS");

    public void AddFault(FaultKind kind) => Faults = Faults.Add(kind);
}
