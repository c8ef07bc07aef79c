using AgentFlow.Faults;
using AgentFlow.Rls.Access;

namespace AgentFlow.Rls.Guard;

/// <summary>Decides whether probes may act as tenants in a database. Every fact is needed; a missing one refuses.</summary>
public static class RlsGuard
{
    private static readonly string[] s_production = ["production", "prod", "live"];

    /// <summary>The verdict with its reason.</summary>
    /// <param name="database">Where the connection goes.</param>
    /// <param name="facts">What it says about itself.</param>
    /// <param name="policy">What is declared about production and expected here.</param>
    public static RlsGuardVerdict Judge(IRlsDatabase database, RlsFacts facts, RlsGuardPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(policy);
        const string MarkerFix = "In a non-production database: create schema agentflow_meta; create table agentflow_meta.environment (singleton boolean primary key default true check (singleton), name text not null, rls_probe_allowed boolean not null); insert into agentflow_meta.environment values (true, 'test', true);";
        if (policy.ProductionHosts.Any(host => host.Equals(database.Host, StringComparison.OrdinalIgnoreCase)))
        {
            return No($"the host {database.Host} is listed as production", "Connect to a non-production copy.");
        }

        if (database.Ref is { } found && found.Equals(policy.ProductionRef, StringComparison.OrdinalIgnoreCase))
        {
            return No($"the project {found} is production", "Connect to a non-production project.");
        }

        if (database.Ref is { } other && policy.NonProductionRefs.Count > 0 && !policy.NonProductionRefs.Contains(other, StringComparer.OrdinalIgnoreCase))
        {
            return No($"the project {other} is not in supabase.nonProductionRefs", "List it there if it is not production.");
        }

        if (facts.InRecovery)
        {
            return No("it is a standby, a copy of another server's data", "Connect to a database of its own.");
        }

        if (!facts.MarkerExists || facts.Markers is not { Count: > 0 })
        {
            return No(facts.MarkerExists && facts.Markers is null ? $"{facts.User} may not read the marker agentflow_meta.environment" : "it carries no marker agentflow_meta.environment that says it is not production", MarkerFix);
        }

        if (facts.Markers.Count > 1)
        {
            return No("its marker has more than one row, so which environment it is is not certain", "Leave one row in agentflow_meta.environment.");
        }

        RlsMarker marker = facts.Markers[0];
        if (s_production.Contains(marker.Name.Trim(), StringComparer.OrdinalIgnoreCase))
        {
            return No("its marker says production", "Connect to a non-production copy.");
        }

        if (!marker.ProbeAllowed)
        {
            return No("its marker does not allow probes (rls_probe_allowed is false)", "Set rls_probe_allowed there if nobody minds probes.");
        }

        if (policy.ExpectedEnvironment is not { Length: > 0 } expected)
        {
            return No("no expected environment was given", "Give -ExpectedEnvironment, or rls.expectedEnvironment in agentflow.json, the name in the marker.");
        }

        if (!expected.Equals(marker.Name, StringComparison.OrdinalIgnoreCase))
        {
            return No($"'{expected}' was expected and its marker says '{marker.Name}'", "Connect to the database that you mean, or expect the other name.");
        }

        if (facts.MarkerWritableBy.Count > 0)
        {
            return No($"{string.Join(", ", facts.MarkerWritableBy)} can write the marker, so it proves nothing", $"revoke all on agentflow_meta.environment from {string.Join(", ", facts.MarkerWritableBy)};");
        }

        if (facts.SystemIdentifier is null && policy.ProductionSystemIds.Count > 0)
        {
            return No("the server's system identifier cannot be read and so not told from production's", $"grant execute on function pg_control_system() to {facts.User};");
        }

        return facts.SystemIdentifier is { } id && policy.ProductionSystemIds.Contains(id)
            ? No("the server's system identifier is production's: it is production or a physical copy of it", "Use a logical copy (pg_dump) in a server of its own.")
            : new(true, $"The marker says '{marker.Name}' as expected, probes are allowed there, and nothing says production.", null);
    }

    /// <summary>As <see cref="Judge"/>, for a command that cannot do without.</summary>
    /// <exception cref="AfFaultException">AfProductionGuard.</exception>
    public static void Require(IRlsDatabase database, RlsFacts facts, RlsGuardPolicy policy, string action)
    {
        RlsGuardVerdict verdict = Judge(database, facts, policy);
        if (!verdict.Allowed)
        {
            throw new AfFaultException(FaultKind.Guard, FaultId.ProductionGuard, $"{action} is refused in {database.Address}: {verdict.Reason}.", verdict.Fix!, database.Address);
        }
    }

    private static RlsGuardVerdict No(string reason, string fix) => new(false, reason, fix);
}
