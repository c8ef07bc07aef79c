using AgentFlow.Faults;
using AgentFlow.Safety;

namespace AgentFlow.Deployments.Lead;

/// <summary>Refuses to send a lead anywhere that is not proved to be outside production.</summary>
internal static class LeadGuard
{
    private const string Action = "Sending a synthetic lead";

    /// <summary>Refuses what the deployment itself says, before any connection is opened.</summary>
    /// <exception cref="AfFaultException">AfProductionGuard.</exception>
    public static void RequireDeployment(AfConfig config, LeadTarget target)
    {
        EnvironmentSignal deployment = OfDeployment(config, target);
        if (deployment.Says == EnvironmentKind.Production)
        {
            ProductionGuard.Require([deployment], Action, target.DeploymentId);
        }
    }

    /// <summary>Refuses unless two systems prove non-production and none says production.</summary>
    /// <exception cref="AfFaultException">AfProductionGuard; AfDatabaseUnavailable for a standby, from which nothing could be removed.</exception>
    public static void Require(AfConfig config, LeadTarget target, DatabaseIdentity? database, Secret? stripeKey)
    {
        List<EnvironmentSignal> signals = [OfDeployment(config, target), EnvironmentSignals.OfDatabase(config.Supabase, database?.Ref), EnvironmentSignals.OfStripe(stripeKey)];
        if (database is not null)
        {
            signals.Add(EnvironmentSignals.OfMarker(database.Marker, database.IsLoopback));
        }

        ProductionGuard.Require(signals, Action, target.DeploymentId);
        if (database is { InRecovery: true })
        {
            throw new AfFaultException(
                FaultKind.Unavailable, FaultId.DatabaseUnavailable, "The database is a standby: a synthetic lead could not be removed from it.", "Point supabase.database at the primary server.", target.DeploymentId);
        }
    }

    private static EnvironmentSignal OfDeployment(AfConfig config, LeadTarget target) => EnvironmentSignals.OfDeployment(config, target.Target, target.Origin, target.Aliases);
}
