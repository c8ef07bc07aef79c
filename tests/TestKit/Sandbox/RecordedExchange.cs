using System.Text;

namespace AgentFlow.TestKit.Sandbox;

/// <summary>One request as the sandbox saw it, and what it answered.</summary>
public sealed record RecordedExchange
{
    public required int Number { get; init; }

    /// <summary><c>vercel</c>, <c>github</c>, <c>app</c>…</summary>
    public required string Provider { get; init; }

    public required string Method { get; init; }

    public required int Port { get; init; }

    /// <summary>Below the provider's base address, still percent-encoded.</summary>
    public required string Path { get; init; }

    /// <summary>With its question mark, still percent-encoded; empty when there is none.</summary>
    public required string Query { get; init; }

    /// <summary>Not GET, HEAD or OPTIONS.</summary>
    public required bool IsWrite { get; init; }

    /// <summary>Credentials are replaced by keyed fingerprints.</summary>
    public required IReadOnlyDictionary<string, string> RequestHeaders { get; init; }

    public string? RequestContentType { get; init; }

    public required byte[] RequestBody { get; init; }

    /// <summary>0 when the connection was cut before an answer.</summary>
    public required int Status { get; init; }

    public required IReadOnlyDictionary<string, string> ResponseHeaders { get; init; }

    public string? ResponseContentType { get; init; }

    /// <summary>What was sent, up to a megabyte.</summary>
    public required byte[] ResponseBody { get; init; }

    /// <summary>Not all that was sent is in <see cref="ResponseBody"/>.</summary>
    public required bool ResponseIsCut { get; init; }

    /// <summary>Kinds of the faults that befell it: latency, status, reset, truncate, malform, drip.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    public string RequestText => Encoding.UTF8.GetString(RequestBody);

    public string ResponseText => Encoding.UTF8.GetString(ResponseBody);

    public override string ToString() => $"{Provider} {Method} {Path}{Query} -> {Status}";
}
