using AgentFlow.Deployments;

namespace AgentFlow.Safety;

/// <summary>Reads signals for <see cref="ProductionGuard"/> from what the systems say about themselves.</summary>
public static class EnvironmentSignals
{
    /// <summary>From a deployment's target, the address that a write would go to, and the hosts that point at the deployment.</summary>
    public static EnvironmentSignal OfDeployment(AfConfig config, string? target, Uri? origin, IReadOnlyList<string>? aliases = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        if (string.Equals(target?.Trim(), "production", StringComparison.OrdinalIgnoreCase))
        {
            return new(SignalSource.Deployment, EnvironmentKind.Production, "the deployment's target is production");
        }

        IEnumerable<Uri> addresses = (aliases ?? []).Select(DeploymentOrigin.Parse).Append(origin).OfType<Uri>();
        return addresses.FirstOrDefault(address => DeploymentOrigin.IsProduction(config, address)) is { } live
            ? new(SignalSource.Deployment, EnvironmentKind.Production, $"'{live.Authority}', an address of production, is the deployment's")
            : string.IsNullOrWhiteSpace(target)
                ? new(SignalSource.Deployment, EnvironmentKind.Unknown, "the deployment's target is not known")
                : new(SignalSource.Deployment, EnvironmentKind.NonProduction, $"the deployment's target is '{target}'");
    }

    /// <summary>From a database's project ref. <paramref name="foundRef"/> is what its address carries; the configured ref counts only where the address carries none.</summary>
    public static EnvironmentSignal OfDatabase(SupabaseConfig supabase, string? foundRef)
    {
        ArgumentNullException.ThrowIfNull(supabase);
        if (foundRef is not null && supabase.Ref is not null && !Same(foundRef, supabase.Ref))
        {
            // A disagreement: the operator believes to be elsewhere than the connection goes.
            return new(SignalSource.Database, EnvironmentKind.Production, $"the database connection goes to project '{foundRef}' and supabase.ref says '{supabase.Ref}', so which one it is is not certain");
        }

        string? known = foundRef ?? supabase.Ref;
        return known switch
        {
            null => new(SignalSource.Database, EnvironmentKind.Unknown, "the database's project ref is not known"),
            _ when Same(known, supabase.ProductionRef) => new(SignalSource.Database, EnvironmentKind.Production, $"the database is production's project '{known}'"),
            _ when supabase.NonProductionRefs.Any(listed => Same(listed, known)) => new(SignalSource.Database, EnvironmentKind.NonProduction, $"the database's project '{known}' is listed as non-production"),
            _ => new(SignalSource.Database, EnvironmentKind.Unknown, $"the database's project '{known}' is not in supabase.nonProductionRefs"),
        };
    }

    /// <summary>From the marker that a database carries about itself; it can say production, but alone a marker never proves the contrary for a remote database.</summary>
    public static EnvironmentSignal OfMarker(string? marker, bool isLoopback) => marker?.Trim().ToLowerInvariant() switch
    {
        null or "" => new(SignalSource.Database, EnvironmentKind.Unknown, "the database carries no environment marker"),
        "production" or "prod" or "live" => new(SignalSource.Database, EnvironmentKind.Production, "the database's own marker says production"),
        "local" or "ci" or "test" or "testing" or "dev" or "development" or "preview" or "staging" or "sandbox" when isLoopback =>
            new(SignalSource.Database, EnvironmentKind.NonProduction, "the database is on this machine and its own marker says non-production"),
        _ => new(SignalSource.Database, EnvironmentKind.Unknown, "the database's own marker alone does not prove non-production"),
    };

    /// <summary>From a Stripe key's prefix; the rest of the key is not looked at.</summary>
    public static EnvironmentSignal OfStripe(Secret? key) => key is null
        ? new(SignalSource.Payments, EnvironmentKind.Unknown, "no Stripe key is configured")
        : key.Use(static utf8 => utf8.StartsWith("sk_test_"u8) || utf8.StartsWith("rk_test_"u8)
            ? new EnvironmentSignal(SignalSource.Payments, EnvironmentKind.NonProduction, "the Stripe key is in test mode")
            : utf8.StartsWith("sk_live_"u8) || utf8.StartsWith("rk_live_"u8)
                ? new EnvironmentSignal(SignalSource.Payments, EnvironmentKind.Production, "the Stripe key is in live mode")
                : new EnvironmentSignal(SignalSource.Payments, EnvironmentKind.Unknown, "the Stripe key's mode is not known"));

    private static bool Same(string? left, string? right) => left is not null && string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
