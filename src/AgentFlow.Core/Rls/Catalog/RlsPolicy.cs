namespace AgentFlow.Rls.Catalog;

/// <summary>One row-level security policy with what its expressions depend on.</summary>
public sealed record RlsPolicy
{
    public required long Oid { get; init; }

    public required long Relation { get; init; }

    public required string Name { get; init; }

    public bool Permissive { get; init; }

    /// <summary>pg_policy.polcmd: r, a, w, d or *.</summary>
    public required string Command { get; init; }

    public IReadOnlyList<string> Roles { get; init; } = [];

    public string? Using { get; init; }

    public string? Check { get; init; }

    /// <summary>Column numbers of the policy's own table that the expressions read.</summary>
    public IReadOnlyList<int> Columns { get; init; } = [];

    public IReadOnlyList<long> ReadsRelations { get; init; } = [];

    public IReadOnlyList<long> CallsRoutines { get; init; } = [];

    /// <summary>The SQL name of the command.</summary>
    public string CommandName => Command switch { "r" => "SELECT", "a" => "INSERT", "w" => "UPDATE", "d" => "DELETE", _ => "ALL" };

    /// <summary>What a written row must satisfy: the CHECK, or the USING where PostgreSQL reuses it.</summary>
    public string? EffectiveCheck => Check ?? (Command is "w" or "*" ? Using : null);

    /// <summary>True when the policy is applied to the command (r, a, w, d).</summary>
    public bool Covers(string command) => Command == "*" || Command == command;

    /// <summary>True when the policy is written for the role itself or for everybody.</summary>
    public bool Names(string role) => Roles.Contains(role) || Roles.Contains("public");
}
