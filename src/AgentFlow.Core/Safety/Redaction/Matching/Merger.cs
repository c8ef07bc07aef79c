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

    /// <summary>Joins the few findings from <paramref name="known"/> on into those before, which are joined and in order.</summary>
    public static void Insert(List<Finding> findings, int known)
    {
        while (findings.Count > known)
        {
            Finding added = findings[^1];
            findings.RemoveAt(findings.Count - 1);
            int to = FirstBehind(findings, known, added.End);
            int from = to;
            while (from > 0 && findings[from - 1].End >= added.Start)
            {
                added = Join(added, findings[--from]);
            }

            findings.RemoveRange(from, to - from);
            findings.Insert(from, added);
            known += 1 - (to - from);
        }
    }

    /// <summary>Index of the first of <paramref name="count"/> findings in order that starts behind a place.</summary>
    public static int FirstBehind(List<Finding> findings, int count, int place)
    {
        int low = 0;
        int high = count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = findings[middle].Start > place ? (low, middle) : (middle + 1, high);
        }

        return low;
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
