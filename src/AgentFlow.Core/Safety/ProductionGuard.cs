using AgentFlow.Faults;

namespace AgentFlow.Safety;

/// <summary>
/// Refuses probes that write unless two independent systems say that it is not production and none says that it is.
/// There is no way around it: no switch, no setting, no override.
/// </summary>
public static class ProductionGuard
{
    /// <summary>How many different sources must say non-production.</summary>
    public const int Needed = 2;

    /// <summary>Returns when the signals prove non-production.</summary>
    /// <exception cref="AfFaultException">AfProductionGuard: one says production, or fewer than two sources say non-production.</exception>
    public static void Require(IReadOnlyList<EnvironmentSignal> signals, string action, string? target = null)
    {
        ArgumentNullException.ThrowIfNull(signals);
        if (signals.FirstOrDefault(signal => signal.Says == EnvironmentKind.Production) is { } production)
        {
            throw new AfFaultException(
                FaultKind.Guard,
                FaultId.ProductionGuard,
                $"{action} is refused: {production.Evidence}.",
                "Point it at a preview or staging deployment with its own non-production database. This refusal cannot be overridden.",
                target);
        }

        // A source whose own statements contradict each other proves nothing; Unknown beside NonProduction is no contradiction, it is silence.
        SignalSource[] proved = [.. signals.Where(signal => signal.Says == EnvironmentKind.NonProduction).Select(signal => signal.Source).Distinct()];
        if (proved.Length < Needed)
        {
            string have = proved.Length == 0 ? "none does" : $"only {Name(proved[0])} does ({signals.First(signal => signal.Says == EnvironmentKind.NonProduction).Evidence})";
            string[] silent = [.. signals.Where(signal => signal.Says == EnvironmentKind.Unknown).Select(signal => signal.Evidence)];
            throw new AfFaultException(
                FaultKind.Guard,
                FaultId.ProductionGuard,
                $"{action} is refused: two independent systems must say that this is not production, and {have}{(silent.Length == 0 ? string.Empty : "; " + string.Join("; ", silent))}.",
                "List the database's project ref in supabase.nonProductionRefs, or use a Stripe test key, and test a deployment whose target is not production. This refusal cannot be overridden.",
                target);
        }
    }

    private static string Name(SignalSource source) => source switch
    {
        SignalSource.Deployment => "the hosting platform",
        SignalSource.Database => "the database",
        _ => "the payment provider",
    };
}
