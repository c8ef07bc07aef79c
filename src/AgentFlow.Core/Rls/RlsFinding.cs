using AgentFlow.Checks;
using AgentFlow.Rls.Catalog;

namespace AgentFlow.Rls;

/// <summary>What one check says about one object, before it becomes a <see cref="CheckResult"/>.</summary>
public sealed record RlsFinding(CheckDefinition Check, string Target, CheckFinding Finding)
{
    /// <summary>The relation concerned, for -Schema and -Table; null for roles, schemas and the like.</summary>
    public RlsRelation? Relation { get; init; }

    /// <summary>Further relations where the same fault shows.</summary>
    public IReadOnlyList<RlsRelation> Also { get; init; } = [];
}
