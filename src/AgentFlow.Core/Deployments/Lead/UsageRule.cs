using System.Globalization;
using AgentFlow.Checks;

namespace AgentFlow.Deployments.Lead;

/// <summary>AFD033: the tenant's counter rose by exactly one for this lead.</summary>
internal static class UsageRule
{
    private const string FixMissing = "See whether the job raises the counter in the transaction that ends the qualification; correct lead.usageMetric and lead.usageColumn if it counts elsewhere.";
    private const string FixDouble = "Raise the counter once per lead: in one transaction with the final state, keyed by the lead, so that a second delivery changes nothing.";

    /// <param name="before">As it was before the lead was sent.</param>
    /// <param name="after">As it is now.</param>
    /// <param name="lead">The names.</param>
    /// <param name="isNew">False when the lead was there before this run, so that it may have been counted already.</param>
    public static CheckFinding Judge(LeadSighting before, LeadSighting after, LeadConfig lead, bool isNew)
    {
        if (after.Unreadable.TryGetValue(LeadPart.Usage, out string? why) || before.Unreadable.TryGetValue(LeadPart.Usage, out why))
        {
            return LeadPart.Unread(why);
        }

        if (before.Usage is not { } first || after.Usage is not { } last)
        {
            return LeadPart.Unread("The usage counter could not be read.");
        }

        bool isFailed = QualificationRule.Final(after, lead) is { } final && QualificationRule.IsFailed(final, lead);
        if (last.Attributed is { } own)
        {
            return Exactly(own, isFailed, "for this lead");
        }

        if (!isNew)
        {
            return CheckFinding.Skipped("The lead was there before this run, so when it was counted is not known.", "Run the check again in a minute.");
        }

        decimal rise = last.Value - first.Value;
        long finished = last.OtherFinished - first.OtherFinished;
        long others = Math.Max(last.OtherLeads - first.OtherLeads, finished);
        if (others <= 0)
        {
            return Exactly(rise, isFailed, $"({Text(first.Value)} to {Text(last.Value)})");
        }

        return rise <= 0 && !isFailed ? Exactly(rise, isFailed, $"though {others} other leads came as well")
            : rise == 1 + finished && !isFailed ? CheckFinding.Pass($"It rose by {Text(rise)}: by one for this lead, and for {finished} others that finished meanwhile.")
            : rise > 1 + others ? Exactly(rise - others, isFailed, $"besides {others} for other leads")
            : CheckFinding.Inconclusive($"It rose by {Text(rise)} while {others} other leads came in, so what this one did is not certain.", "Run the check again when nobody else uses the test tenant.") with { Expected = "+1", Actual = Signed(rise) };
    }

    /// <summary>True when the counter has moved as far as it should, or further.</summary>
    public static bool HasRisen(LeadSighting before, LeadSighting after) => after.Usage is { } last
        && (last.Attributed is { } own ? own >= 1 : before.Usage is { } first && last.Value - first.Value >= 1 + Math.Max(0, last.OtherFinished - first.OtherFinished));

    private static CheckFinding Exactly(decimal rise, bool isFailed, string what) => rise switch
    {
        0 or 1 when isFailed => CheckFinding.Skipped($"The qualification failed and the counter rose by {Text(rise)}; whether a failure counts is the app's rule.", "See the record of AFD032."),
        1 => CheckFinding.Pass($"It rose by one {what}."),
        0 => CheckFinding.Fail($"It did not rise {what}.", "+1", "+0", FixMissing),
        > 1 => CheckFinding.Fail($"It rose by {Text(rise)} {what}.", "+1", Signed(rise), FixDouble),
        < 0 => CheckFinding.Inconclusive($"It fell {what}: somebody reset it during the run.", "Run the check again.") with { Expected = "+1", Actual = Signed(rise) },
        _ => CheckFinding.Fail($"It rose by {Text(rise)} {what}.", "+1", Signed(rise), FixMissing),
    };

    private static string Text(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Signed(decimal value) => value.ToString("+0.####;-0.####;+0", CultureInfo.InvariantCulture);
}
