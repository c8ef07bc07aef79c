namespace AgentFlow.Safety.Redaction;

/// <summary>Joins findings that overlap or touch into one, under the name and id of the strongest.</summary>
internal static class Merger
{
    /// <summary>Sorts and joins in place.</summary>
    public static void Merge(List<Finding> findings)
    {
        if (findings.Count < 2)
        {
            return;
        }

        findings.Sort();
        int last = 0;
        for (int i = 1; i < findings.Count; i++)
        {
            Finding next = findings[i];
            if (next.Start <= findings[last].End)
            {
                findings[last] = Join(findings[last], next);
            }
            else
            {
                findings[++last] = next;
            }
        }

        findings.RemoveRange(last + 1, findings.Count - last - 1);
    }

    /// <summary>The union of two findings, named by the one that says more: class first, then row, then id, so that the order of joining does not matter.</summary>
    public static Finding Join(Finding first, Finding second)
    {
        Finding named = Outranks(second, first) ? second : first;
        return named with { Start = Math.Min(first.Start, second.Start), End = Math.Max(first.End, second.End) };
    }

    private static bool Outranks(Finding challenger, Finding holder)
    {
        int byRank = RuleTable.Rank(challenger.Rule) - RuleTable.Rank(holder.Rule);
        return byRank != 0 ? byRank > 0 : challenger.Rule != holder.Rule ? challenger.Rule < holder.Rule : challenger.Id < holder.Id;
    }
}
