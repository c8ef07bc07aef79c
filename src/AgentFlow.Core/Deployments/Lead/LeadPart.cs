using AgentFlow.Checks;

namespace AgentFlow.Deployments.Lead;

/// <summary>Names of the parts of a <see cref="LeadSighting"/> that may be unreadable.</summary>
public static class LeadPart
{
    public const string Qualifications = "qualifications";
    public const string Audit = "audit";
    public const string Usage = "usage";
    public const string Integrations = "integrations";

    internal static CheckFinding Unread(string why) => new()
    {
        Outcome = CheckOutcome.Error,
        Reason = why,
        Remediation = "Compare the names under tables and lead in agentflow.json with the database's schema, and grant select to the role of supabase.database.",
    };
}
