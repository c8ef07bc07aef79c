using System.Globalization;
using AgentFlow.Rls.Fixtures;
using AgentFlow.Rls.Spec;
using AgentFlow.Rls.Tracing;

namespace AgentFlow.Cmdlets.Display;

/// <summary>What the format views call for a cell. The engine strips the colours when its output rendering says so.</summary>
public static class Cells
{
    private const string Reset = "\u001b[0m";

    /// <summary>An outcome in its colour.</summary>
    public static string Outcome(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Pass => $"\u001b[32m{outcome}{Reset}",
        CheckOutcome.Warn => $"\u001b[33m{outcome}{Reset}",
        CheckOutcome.Fail or CheckOutcome.Error => $"\u001b[31;1m{outcome}{Reset}",
        CheckOutcome.Inconclusive => $"\u001b[35m{outcome}{Reset}",
        _ => $"\u001b[90m{outcome}{Reset}",
    };

    /// <summary>A deployment state in its colour.</summary>
    public static string State(string? state) => state?.ToUpperInvariant() switch
    {
        "READY" => $"\u001b[32m{state}{Reset}",
        "ERROR" or "BLOCKED" => $"\u001b[31;1m{state}{Reset}",
        "BUILDING" or "QUEUED" or "INITIALIZING" => $"\u001b[33m{state}{Reset}",
        _ => state ?? string.Empty,
    };

    /// <summary>A duration in the unit that a reader wants: milliseconds below ten seconds.</summary>
    public static string Duration(TimeSpan duration) => duration.TotalSeconds < 10
        ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s");

    /// <summary>How long ago, in one unit.</summary>
    public static string Age(DateTimeOffset? at) => at is not { } moment ? string.Empty : (TimeProvider.System.GetUtcNow() - moment) switch
    {
        { TotalMinutes: < 1 } => "now",
        { TotalHours: < 1 } age => string.Create(CultureInfo.InvariantCulture, $"{age.TotalMinutes:0} min"),
        { TotalDays: < 1 } age => string.Create(CultureInfo.InvariantCulture, $"{age.TotalHours:0} h"),
        TimeSpan age => string.Create(CultureInfo.InvariantCulture, $"{age.TotalDays:0} d"),
    };

    /// <summary>The first seven characters of a commit.</summary>
    public static string Commit(string? sha) => sha is { Length: > 7 } ? sha[..7] : sha ?? string.Empty;

    /// <summary>A rung's outcome in its colour.</summary>
    public static string Outcome(RlsStepOutcome outcome) => outcome switch
    {
        RlsStepOutcome.Pass => $"\u001b[32m{outcome}{Reset}",
        RlsStepOutcome.Warn => $"\u001b[33m{outcome}{Reset}",
        RlsStepOutcome.Deny => $"\u001b[31;1m{outcome}{Reset}",
        RlsStepOutcome.Unknown => $"\u001b[35m{outcome}{Reset}",
        _ => $"\u001b[90m{outcome}{Reset}",
    };

    /// <summary>Permissive or restrictive; asleep where row security is off.</summary>
    public static string PolicyMode(bool permissive, bool rowSecurity) => !rowSecurity ? $"\u001b[31;1masleep{Reset}" : permissive ? "permissive" : $"\u001b[36mrestrictive{Reset}";

    /// <summary>A policy's expressions in one cell.</summary>
    public static string Policy(string? condition, string? check) => (condition, check) switch
    {
        (null, null) => string.Empty,
        (null, _) => $"check {check}",
        (_, null) => condition,
        _ when condition == check => $"{condition} (both)",
        _ => $"{condition}; check {check}",
    };

    /// <summary>Names in one cell.</summary>
    public static string List(IReadOnlyList<string>? names) => string.Join(", ", names ?? []);

    /// <summary>How many different users.</summary>
    public static int Distinct(IReadOnlyList<FixtureUser>? users) => (users ?? []).Select(user => user.Id).Distinct().Count();

    /// <summary>A fixture's tenants, and the tables without a row.</summary>
    public static string Fixture(TenantFixture fixture)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        string skipped = string.Join("; ", fixture.Tables.Where(table => table.Skipped is not null).Select(table => $"{table.Name}: {table.Skipped}"));
        string tenants = string.Join(", ", fixture.Tenants.Select(tenant => $"{tenant.Label} {tenant.Id}"));
        return skipped.Length == 0 ? tenants : $"{tenants}; skipped {skipped}";
    }

    /// <summary>Where memberships are and what makes one count.</summary>
    public static string Membership(RlsMembershipSpec? membership) => membership is null
        ? string.Empty
        : $"{membership.Table}{(membership.Active.Count == 0 ? string.Empty : $" ({string.Join(", ", membership.Active.Select(rule => rule.Value is { } value ? $"{rule.Column} = {value}" : $"{rule.Column} {rule.Kind}"))})")}";
}
