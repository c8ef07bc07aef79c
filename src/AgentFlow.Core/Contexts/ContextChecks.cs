using AgentFlow.Checks;

namespace AgentFlow.Contexts;

/// <summary>The stable ids of what Test-AfContext checks.</summary>
public static class ContextChecks
{
    public static readonly CheckDefinition Identity = new("AFC001", "D1", "Credential is accepted", "integrations");
    public static readonly CheckDefinition Scopes = new("AFC002", "D1", "Credential can do what is needed", "integrations");
    public static readonly CheckDefinition Excess = new("AFC003", "D1", "Credential can do no more than needed", "integrations");
    public static readonly CheckDefinition Clock = new("AFC004", "D1", "Clocks agree", "integrations");
    public static readonly CheckDefinition Expiry = new("AFC005", "D1", "Credential expires, but not soon", "integrations");
    public static readonly CheckDefinition Project = new("AFC006", "D1", "Pinned project is visible", "integrations");
    public static readonly CheckDefinition Account = new("AFC008", "D1", "Credential belongs to the pinned account", "integrations");
    public static readonly CheckDefinition Repository = new("AFC007", "D1", "Pinned repository is visible", "integrations");
}
