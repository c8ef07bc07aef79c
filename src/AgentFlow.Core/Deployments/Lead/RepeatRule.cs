using AgentFlow.Checks;

namespace AgentFlow.Deployments.Lead;

/// <summary>AFD037: a key that the app has seen makes no second lead.</summary>
internal static class RepeatRule
{
    private const string Fix = "Keep each idempotency key with its answer for a day, under a unique index, before anything is written.";

    /// <summary>Judges what a send under a known key changed.</summary>
    /// <param name="receipt">Its answer.</param>
    /// <param name="before">The rows before it.</param>
    /// <param name="after">The rows when nothing more came.</param>
    public static CheckFinding Judge(LeadReceipt receipt, LeadSighting before, LeadSighting after)
    {
        int more = after.Leads.Count - before.Leads.Count;
        bool isQuiet = before.Usage is not { } first || after.Usage is not { } last || last.Value == first.Value || last.OtherLeads != first.OtherLeads || last.OtherFinished != first.OtherFinished;
        CheckFinding finding = more > 0 ? CheckFinding.Fail($"The same key made {(more == 1 ? "another lead" : $"{more} more leads")}.", "no new row", $"{more} new", Fix)
            : !isQuiet ? CheckFinding.Fail("The same key made no second lead, but the usage counter rose.", "+0", "the counter rose", Fix)
            : IntakeRule.IsAccepted(receipt) ? CheckFinding.Pass($"It answered {receipt.Status} and nothing new was written.")
            : receipt.Status is 409 or 422 ? CheckFinding.Pass($"It refused the same key ({receipt.Status}) and nothing new was written.")
            : CheckFinding.Inconclusive($"It answered {receipt.Status} to the same key.", "See the record of AFD030.");
        return finding with { Attempts = receipt.Attempts };
    }
}
