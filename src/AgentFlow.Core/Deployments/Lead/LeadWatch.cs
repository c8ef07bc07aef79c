using AgentFlow.Faults;

namespace AgentFlow.Deployments.Lead;

/// <summary>Looks at the rows of one lead again and again, within bounds.</summary>
internal sealed class LeadWatch(AfConfig config, ILeadRecords records, LeadQuestion question, TimeProvider time)
{
    private readonly HashSet<string> _leadIds = new(StringComparer.OrdinalIgnoreCase);
    private int _failed;

    /// <summary>What was seen last.</summary>
    public LeadSighting Last { get; private set; } = new();

    /// <summary>How often the database was asked.</summary>
    public int Looks { get; private set; }

    /// <summary>When the final state was seen first, by the run's clock; null when it was not.</summary>
    public long? FinalAt { get; private set; }

    /// <summary>The question with every lead that was seen.</summary>
    public LeadQuestion Question => question with { SeenLeadIds = [.. _leadIds] };

    /// <summary>Adds ids that a removal found under the correlation id.</summary>
    public void Remember(IEnumerable<string> leadIds) => _leadIds.UnionWith(leadIds);

    /// <summary>One look. A database that stumbles is forgiven a few times in a row; then, and for anything else, its fault passes.</summary>
    public async Task<LeadSighting> LookAsync(CancellationToken cancellationToken)
    {
        Looks++;
        try
        {
            Last = await records.ReadAsync(Question, cancellationToken).ConfigureAwait(false);
            _failed = 0;
            _leadIds.UnionWith(Last.Leads.Select(row => row.Id));
        }
        catch (AfFaultException fault) when (fault.Kind is FaultKind.Unavailable or FaultKind.Connection or FaultKind.Timeout && ++_failed < LeadPace.MostFailedLooks)
        {
            // What was seen before still holds; the next look is a moment away.
        }

        return Last;
    }

    /// <summary>Looks until everything is there and nothing more comes, or until the time is over.</summary>
    /// <param name="before">As it was before the lead was sent.</param>
    /// <param name="isNew">False when the counter may have moved before this run.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<LeadSighting> UntilWholeAsync(LeadSighting before, bool isNew, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        TimeSpan timeout = TimeSpan.FromSeconds(config.Lead.TimeoutSeconds);
        TimeSpan poll = LeadPace.FirstPoll;
        long? wholeAt = null;
        while (true)
        {
            LeadSighting seen = await LookAsync(cancellationToken).ConfigureAwait(false);
            long now = time.GetTimestamp();
            FinalAt = seen.Leads.Count > 0 && QualificationRule.Final(seen, config.Lead) is not null ? FinalAt ?? now : null;
            wholeAt = FinalAt is not null && IsWhole(before, seen, isNew) ? wholeAt ?? now : null;
            bool isOver = (wholeAt is { } whole && time.GetElapsedTime(whole, now) >= LeadPace.Settle)
                || (FinalAt is { } final ? time.GetElapsedTime(final, now) >= LeadPace.Aftermath : time.GetElapsedTime(start, now) >= timeout);
            if (isOver)
            {
                return seen;
            }

            await Task.Delay(poll, time, cancellationToken).ConfigureAwait(false);
            poll = LeadPace.Next(poll);
        }
    }

    /// <summary>Looks until a lead more than <paramref name="known"/> is there, or until the time is over.</summary>
    public async Task<LeadSighting> UntilMoreAsync(int known, TimeSpan wait, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        while (true)
        {
            LeadSighting seen = await LookAsync(cancellationToken).ConfigureAwait(false);
            if (seen.Leads.Count > known || time.GetElapsedTime(start) >= wait)
            {
                return seen;
            }

            await Task.Delay(LeadPace.FirstPoll, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsWhole(LeadSighting before, LeadSighting seen, bool isNew)
    {
        bool isFailed = QualificationRule.Final(seen, config.Lead) is { } final && QualificationRule.IsFailed(final, config.Lead);
        bool isCounted = isFailed || !isNew || seen.Unreadable.ContainsKey(LeadPart.Usage) || UsageRule.HasRisen(before, seen);
        bool isHandedOn = isFailed || IntegrationRule.AreOver(seen, config.Lead.Integrations);
        return isCounted && isHandedOn && (seen.Unreadable.ContainsKey(LeadPart.Audit) || AuditRule.IsWhole(seen, question.OrganizationId));
    }
}
