using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Principals;

namespace AgentFlow.Rls.Tracing;

/// <summary>Whose request on which row is traced.</summary>
public sealed record RlsTraceRequest
{
    public required RlsRelation Table { get; init; }

    public required RlsOperation Operation { get; init; }

    /// <summary>The API role that the request runs as.</summary>
    public required string Role { get; init; }

    /// <summary>The user with memberships; null for a visitor.</summary>
    public RlsMember? Member { get; init; }

    /// <summary>Role, claims and headers as an honest client sends them.</summary>
    public required RlsActor Actor { get; init; }

    /// <summary>Column values that name the row; empty when there is none yet.</summary>
    public IReadOnlyDictionary<string, string> Key { get; init; } = new Dictionary<string, string>();

    /// <summary>Columns that the request writes, as one JSON object; null when it writes the row as it is.</summary>
    public string? Values { get; init; }

    /// <summary>Names of the columns that the request writes or reads; empty means all.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Role and user, for people.</summary>
    public string Caller => Member is null ? Role : $"{Role} {Member.UserId}";

    /// <summary>The SQL privilege that the operation needs.</summary>
    public string Privilege => Operation.ToString().ToUpperInvariant();

    /// <summary>pg_policy.polcmd of the operation.</summary>
    public string Command => CommandOf(Operation);

    /// <summary>pg_policy.polcmd: r, a, w or d.</summary>
    public static string CommandOf(RlsOperation operation) => operation switch { RlsOperation.Select => "r", RlsOperation.Insert => "a", RlsOperation.Update => "w", _ => "d" };
}
