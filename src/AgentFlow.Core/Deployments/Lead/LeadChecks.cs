using AgentFlow.Checks;

namespace AgentFlow.Deployments.Lead;

/// <summary>The stable ids of the lead checks (runbook D4).</summary>
public static class LeadChecks
{
    public static readonly CheckDefinition Intake = new("AFD030", "D4", "App accepts the lead", "ai");
    public static readonly CheckDefinition Row = new("AFD031", "D4", "One lead row, in the right tenant", "database");
    public static readonly CheckDefinition Qualification = new("AFD032", "D4", "Qualification reaches a final state", "ai");
    public static readonly CheckDefinition Usage = new("AFD033", "D4", "Usage counter goes up by exactly one", "billing");
    public static readonly CheckDefinition Audit = new("AFD034", "D4", "Audit event names actor and tenant", "database");

    /// <summary>One record per configured integration.</summary>
    public static readonly CheckDefinition Integration = new("AFD035", "D4", "Integration has its outcome", "integrations");

    public static readonly CheckDefinition Isolation = new("AFD036", "D4", "Another tenant sees none of it", "database");

    /// <summary>Emitted only when the run repeats a key.</summary>
    public static readonly CheckDefinition Repeat = new("AFD037", "D4", "A repeated key makes no second lead", "ai");

    public static readonly CheckDefinition Build = new("AFD038", "D4", "Lead was taken by the deployment under test", "public");
    public static readonly CheckDefinition Removal = new("AFD039", "D4", "Synthetic rows are removed", "database");

    /// <summary>All, in order of id.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = [Intake, Row, Qualification, Usage, Audit, Integration, Isolation, Repeat, Build, Removal];
}
