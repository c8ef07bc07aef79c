using System.Globalization;
using System.Management.Automation.Host;
using System.Text;
using AgentFlow.Rls.Fixtures;
using AgentFlow.Rls.Listing;
using AgentFlow.Rls.Spec;
using AgentFlow.Rls.Tracing;

namespace AgentFlow.Cmdlets.Display;

/// <summary>What the format views call for a cell. The engine strips the colours when its output rendering says so.</summary>
public static class Cells
{
    private const string Reset = "\u001b[0m";
    private const int UsualWidth = 120;
    private const int LeastWidth = 20;

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

    /// <summary>
    /// What a check says: title and reason where both fit into one line beside the first <paramref name="before"/> columns; else
    /// the title of a pass, and the reason of what needs a reader.
    /// </summary>
    public static string Finding(CheckResult result, PSHost host, int before)
    {
        ArgumentNullException.ThrowIfNull(result);
        string both = $"{result.Title}: {result.Reason}";
        return both.Length <= Room(host, before) ? both : Wrap(result.Outcome == CheckOutcome.Pass ? result.Title : result.Reason, host, before);
    }

    /// <summary>Text broken at words for what the host leaves beside the first <paramref name="before"/> columns; the engine itself breaks inside words in some cultures.</summary>
    public static string Wrap(string? text, PSHost host, int before)
    {
        int room = Room(host, before);
        if (text is null || text.Length <= room)
        {
            return text ?? string.Empty;
        }

        StringBuilder lines = new(text.Length + 8);
        int column = 0;
        foreach (string word in text.Split(' '))
        {
            if (column > 0 && column + 1 + word.Length > room)
            {
                lines.Append('\n');
                column = 0;
            }
            else if (column > 0)
            {
                lines.Append(' ');
                column++;
            }

            lines.Append(word);
            column += word.Length;
        }

        return lines.ToString();
    }

    /// <summary>An id or address within <paramref name="most"/> characters: without its scheme, and with the middle left out, because the end tells ids and routes apart.</summary>
    public static string Brief(object? value, int most)
    {
        string text = value?.ToString() ?? string.Empty;
        if (text.IndexOf("://", StringComparison.Ordinal) is > 0 and int scheme)
        {
            text = text[(scheme + 3)..];
        }

        int head = (most - 1) / 3;
        return text.Length <= most ? text : $"{text[..head]}\u2026{text[^(most - 1 - head)..]}";
    }

    /// <summary>How many different names a config requires.</summary>
    public static int RequiredNames(AfConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return config.RequiredEnv.Values.SelectMany(names => names).Distinct(StringComparer.Ordinal).Count();
    }

    /// <summary>A duration in the unit that a reader wants: milliseconds below ten seconds.</summary>
    public static string Duration(TimeSpan? duration) => duration switch
    {
        null => string.Empty,
        { TotalSeconds: < 10 } some => string.Create(CultureInfo.InvariantCulture, $"{some.TotalMilliseconds:0} ms"),
        { } some => string.Create(CultureInfo.InvariantCulture, $"{some.TotalSeconds:0.0} s"),
    };

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

    /// <summary>A policy's roles and expressions in one cell.</summary>
    public static string Policy(PolicyInfo policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        string text = (policy.Using, policy.Check) switch
        {
            (null, null) => string.Empty,
            (null, _) => $"check {policy.Check}",
            (_, null) => policy.Using,
            _ when policy.Using == policy.Check => $"{policy.Using} (both)",
            _ => $"{policy.Using}; check {policy.Check}",
        };
        return $"{string.Join(", ", policy.Roles)}: {text}";
    }

    /// <summary>How many different users.</summary>
    public static int Distinct(IReadOnlyList<FixtureUser>? users) => (users ?? []).Select(user => user.UserId).Distinct().Count();

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

    // A host without a screen (a CI agent, a test) has no width, or one of zero.
    private static int Room(PSHost? host, int before)
    {
        int width = 0;
        try
        {
            width = host?.UI?.RawUI?.BufferSize.Width ?? 0;
        }
        catch (Exception exception) when (exception is HostException or NotImplementedException or NotSupportedException or IOException)
        {
            width = 0;
        }

        return Math.Max(LeastWidth, (width > 0 ? width : UsualWidth) - before - 1);
    }

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
