using System.Globalization;

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

    /// <summary>A provider's answer in its colour; empty when nobody asked.</summary>
    public static string Liveness(SecretLiveness liveness) => liveness switch
    {
        SecretLiveness.NotAsked => string.Empty,
        SecretLiveness.Live => $"\u001b[31;1m{liveness}{Reset}",
        SecretLiveness.Refused => $"\u001b[32m{liveness}{Reset}",
        _ => $"\u001b[33m{liveness}{Reset}",
    };

    /// <summary>A size in the unit that a reader wants.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024d:0.0} KiB"),
        < 1024 * 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024d * 1024):0.0} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024d * 1024 * 1024):0.0} GiB"),
    };

    /// <summary>Counts per kind, the most frequent first.</summary>
    public static string Counts(IReadOnlyDictionary<string, long> counts) =>
        string.Join(", ", counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value}")));
}
