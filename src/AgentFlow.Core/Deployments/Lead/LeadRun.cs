using AgentFlow.Checks;
using AgentFlow.Faults;

namespace AgentFlow.Deployments.Lead;

/// <summary>One run: send, watch, judge, remove. Every record goes to <paramref name="emit"/> as soon as it is decided.</summary>
/// <param name="config">The application; its test tenant is set.</param>
/// <param name="intake">The application's way in.</param>
/// <param name="records">Its database, opened; null when none is configured.</param>
/// <param name="keys">The session's keys.</param>
/// <param name="run">The run that the records belong to.</param>
/// <param name="target">The deployment.</param>
/// <param name="key">The lead's identity.</param>
/// <param name="emit">Gets each record.</param>
internal sealed class LeadRun(AfConfig config, ILeadIntake intake, ILeadRecords? records, LeadKeys keys, CheckRun run, LeadTarget target, LeadKey key, Func<CheckResult, CancellationToken, ValueTask> emit)
{
    private readonly string _organizationId = config.Lead.OrganizationId!;
    private readonly LeadNotes _notes = new(run, target, key, config.Lead.OrganizationId!);
    private readonly LeadQuestion _question = new(key.CorrelationId, config.Lead.OrganizationId!);
    private readonly LeadWatch? _watch = records is null ? null : new(config, records, new(key.CorrelationId, config.Lead.OrganizationId!), run.Time);

    private long _mark = run.Time.GetTimestamp();
    private DateTimeOffset _markedAt = run.Time.GetUtcNow();
    private bool _isDoubtful;

    /// <summary>True once a request may have reached the app.</summary>
    public bool HasSent { get; private set; }

    /// <summary>Runs to the end. What fails before the send passes as a fault; what fails after it is a record.</summary>
    /// <exception cref="AfFaultException">Nothing was sent.</exception>
    public async Task<LeadQualification> ExecuteAsync(CancellationToken cancellationToken)
    {
        LeadSighting before = _watch is null ? new() : await _watch.LookAsync(cancellationToken).ConfigureAwait(false);
        _notes.Before = _watch is null ? null : before;
        LeadFootprint footprint = new(intake, records, _watch, keys, run.Time);
        await using (footprint.ConfigureAwait(false))
        {
            LeadReceipt? receipt = await SendAsync(footprint, cancellationToken).ConfigureAwait(false);
            if (_watch is null)
            {
                await WithoutDatabaseAsync(receipt, cancellationToken).ConfigureAwait(false);
                return _notes.ToRecord(config);
            }

            try
            {
                await JudgeAsync(footprint, receipt, before, cancellationToken).ConfigureAwait(false);
            }
            catch (AfFaultException fault)
            {
                await GiveAsync(LeadChecks.Row, Lead, new() { Outcome = CheckOutcome.Error, Reason = fault.Message, Actual = fault.Id, Remediation = fault.Fix }, cancellationToken).ConfigureAwait(false);
                await SkipAsync("The database could not be read.", "See the record of AFD031.", cancellationToken, LeadChecks.Row).ConfigureAwait(false);
            }

            await RemoveAsync(footprint, cancellationToken).ConfigureAwait(false);
            await RemoveLeftoversAsync(cancellationToken).ConfigureAwait(false);
        }

        return _notes.ToRecord(config);
    }

    private string Lead => key.CorrelationId;

    private LeadSubmission Submission => new() { Origin = target.Origin, IdempotencyKey = key.IdempotencyKey, Fields = LeadFields.Of(config.Lead, key, _organizationId) };

    // Null when there was no answer.
    private async Task<LeadReceipt?> SendAsync(LeadFootprint footprint, CancellationToken cancellationToken)
    {
        string at = new Uri(target.Origin, config.Lead.Path).AbsoluteUri;
        LeadReceipt receipt;
        cancellationToken.ThrowIfCancellationRequested();
        HasSent = true;
        try
        {
            receipt = await footprint.SendAsync(Submission, cancellationToken).ConfigureAwait(false);
        }
        catch (AfFaultException fault)
        {
            await GiveAsync(LeadChecks.Intake, at, new() { Outcome = CheckOutcome.Error, Reason = fault.Message, Actual = fault.Id, Remediation = fault.Fix }, cancellationToken).ConfigureAwait(false);
            _isDoubtful = fault.Kind is FaultKind.Timeout or FaultKind.Connection or FaultKind.Unavailable or FaultKind.InvalidData;
            return null;
        }

        _notes.Receipt = receipt;
        _isDoubtful = IntakeRule.IsDoubtful(receipt);
        await GiveAsync(LeadChecks.Intake, at, IntakeRule.Judge(receipt, config.Lead.Path), cancellationToken).ConfigureAwait(false);
        await GiveAsync(LeadChecks.Build, at, TakenBuildRule.Judge(config, target, receipt), cancellationToken).ConfigureAwait(false);
        return receipt;
    }

    private async Task WithoutDatabaseAsync(LeadReceipt? receipt, CancellationToken cancellationToken)
    {
        string fix = config.Endpoints.Vercel is null
            ? "Name the non-production database in agentflow.json as supabase.database (env:NAME, vault:NAME or file:PATH)."
            : "Install PostgreSQL (see about_AgentFlow_Sandbox) and start the sandbox again without -NoDatabase.";
        await SkipAsync("No database is configured, so what the app wrote cannot be read.", fix, cancellationToken).ConfigureAwait(false);
        if (receipt is not null && IntakeRule.IsAccepted(receipt))
        {
            await GiveAsync(LeadChecks.Removal, Lead, RemovalRule.WithoutDatabase(_question), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task JudgeAsync(LeadFootprint footprint, LeadReceipt? receipt, LeadSighting before, CancellationToken cancellationToken)
    {
        LeadWatch watch = _watch!;
        if (receipt is null || !IntakeRule.IsAccepted(receipt))
        {
            if (_isDoubtful)
            {
                // It may have been taken all the same; what is there by then is removed.
                await watch.UntilMoreAsync(before.Leads.Count, LeadPace.Doubt, cancellationToken).ConfigureAwait(false);
            }

            await SkipAsync("The app did not accept the lead.", "See the record of AFD030.", cancellationToken).ConfigureAwait(false);
            return;
        }

        bool isNew = before.Leads.Count == 0;
        if (receipt.Replayed && isNew && (await watch.UntilMoreAsync(0, LeadPace.Doubt, cancellationToken).ConfigureAwait(false)).Leads.Count == 0)
        {
            _notes.After = watch.Last;
            await SkipAsync("The app knows the key from a run within the last minute, whose rows are removed.", "Run the check again in a minute for a lead of its own.", cancellationToken).ConfigureAwait(false);
            await GiveAsync(LeadChecks.Repeat, Lead, RepeatRule.Judge(receipt, before, watch.Last), cancellationToken).ConfigureAwait(false);
            return;
        }

        long sent = run.Time.GetTimestamp();
        LeadSighting seen = await watch.UntilWholeAsync(before, isNew, cancellationToken).ConfigureAwait(false);
        _notes.After = seen;
        _notes.QualifiedAfter = isNew && watch.FinalAt is { } final ? run.Time.GetElapsedTime(sent, final) : null;
        await RowsAsync(before, seen, isNew, run.Time.GetElapsedTime(sent), cancellationToken).ConfigureAwait(false);
        if (key.Repeated || !isNew)
        {
            await RepeatAsync(footprint, receipt, before, seen, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RowsAsync(LeadSighting before, LeadSighting seen, bool isNew, TimeSpan waited, CancellationToken cancellationToken)
    {
        await GiveAsync(LeadChecks.Row, Lead, Looked(RowRule.Judge(seen, config.Lead, _organizationId)), cancellationToken).ConfigureAwait(false);
        if (seen.Leads.Count == 0)
        {
            await SkipAsync("There is no lead row to look from.", "See the record of AFD031.", cancellationToken, LeadChecks.Row).ConfigureAwait(false);
            return;
        }

        await GiveAsync(LeadChecks.Qualification, Lead, Looked(QualificationRule.Judge(seen, config.Lead, _organizationId, waited, _notes.QualifiedAfter)), cancellationToken).ConfigureAwait(false);
        if (!seen.Unreadable.ContainsKey(LeadPart.Qualifications) && QualificationRule.Final(seen, config.Lead) is null)
        {
            await SkipAsync("The qualification has not ended.", "See the record of AFD032.", cancellationToken, LeadChecks.Row, LeadChecks.Qualification, LeadChecks.Isolation).ConfigureAwait(false);
        }
        else
        {
            await GiveAsync(LeadChecks.Usage, config.Lead.UsageMetric, Looked(UsageRule.Judge(before, seen, config.Lead, isNew)), cancellationToken).ConfigureAwait(false);
            await GiveAsync(LeadChecks.Audit, Lead, Looked(AuditRule.Judge(seen, config.Lead, _organizationId)), cancellationToken).ConfigureAwait(false);
            foreach (string name in config.Lead.Integrations)
            {
                await GiveAsync(LeadChecks.Integration, name, Looked(IntegrationRule.Judge(seen, name)), cancellationToken).ConfigureAwait(false);
            }
        }

        CheckResult isolation = await run.RunAsync(
            LeadChecks.Isolation,
            Lead,
            async token =>
            {
                LeadVisibility visible = await records!.ReadAsOthersAsync(_watch!.Question, seen, token).ConfigureAwait(false);
                _notes.VisibleToOthers = IsolationRule.Leaked(visible);
                return IsolationRule.Judge(visible);
            },
            cancellationToken).ConfigureAwait(false);
        await GiveAsync(isolation, cancellationToken).ConfigureAwait(false);
    }

    // A lead of an earlier run is there, or the answer is new: then only a send while the rows are there shows whether the app knows its keys.
    private async Task RepeatAsync(LeadFootprint footprint, LeadReceipt receipt, LeadSighting before, LeadSighting seen, CancellationToken cancellationToken)
    {
        CheckResult repeat = await run.RunAsync(
            LeadChecks.Repeat,
            Lead,
            async token =>
            {
                if (before.Leads.Count > 0)
                {
                    return RepeatRule.Judge(receipt, before, seen);
                }

                LeadReceipt again = await footprint.SendAsync(Submission, token).ConfigureAwait(false);
                return RepeatRule.Judge(again, seen, await _watch!.UntilMoreAsync(seen.Leads.Count, LeadPace.Settle, token).ConfigureAwait(false));
            },
            cancellationToken).ConfigureAwait(false);
        await GiveAsync(repeat, cancellationToken).ConfigureAwait(false);
    }

    private async Task RemoveAsync(LeadFootprint footprint, CancellationToken cancellationToken)
    {
        CheckFinding finding;
        try
        {
            LeadRemoval removal = await footprint.RemoveAsync(cancellationToken).ConfigureAwait(false);
            if (removal.Refused is null)
            {
                // What a late job has written meanwhile goes with a second one.
                LeadRemoval late = await footprint.RemoveAsync(cancellationToken).ConfigureAwait(false);
                removal = removal with { Removed = removal.Removed.Concat(late.Removed).GroupBy(pair => pair.Key).ToDictionary(same => same.Key, same => same.Sum(pair => pair.Value)) };
                _notes.RowsLeft = (await _watch!.LookAsync(cancellationToken).ConfigureAwait(false)).RowCount - late.Kept.Values.Sum();
            }

            _notes.RowsRemoved = removal.Total;
            finding = RemovalRule.Judge(removal, _notes.RowsLeft, _question, config);
        }
        catch (AfFaultException fault)
        {
            finding = RemovalRule.Failed(fault, _question, config);
        }

        await GiveAsync(LeadChecks.Removal, Lead, finding, cancellationToken).ConfigureAwait(false);
    }

    // What an earlier run of this session could not remove after its stop.
    private async Task RemoveLeftoversAsync(CancellationToken cancellationToken)
    {
        keys.Leftovers.TryRemove(key.CorrelationId, out _);
        foreach ((string id, string tenant) in keys.Leftovers)
        {
            LeadQuestion left = new(id, tenant);
            CheckFinding finding;
            try
            {
                finding = RemovalRule.Judge(await records!.RemoveAsync(left, cancellationToken).ConfigureAwait(false), null, left, config);
            }
            catch (AfFaultException fault)
            {
                finding = RemovalRule.Failed(fault, left, config);
            }

            if (finding.Outcome is CheckOutcome.Pass or CheckOutcome.Warn)
            {
                keys.Leftovers.TryRemove(id, out _);
            }

            await GiveAsync(LeadChecks.Removal, id, finding, cancellationToken).ConfigureAwait(false);
        }
    }

    private CheckFinding Looked(CheckFinding finding) => finding with { Attempts = finding.Outcome == CheckOutcome.Skipped ? 0 : _watch!.Looks };

    private async Task SkipAsync(string reason, string fix, CancellationToken cancellationToken, params CheckDefinition[] except)
    {
        IEnumerable<(CheckDefinition Check, string Target)> rest = new[] { LeadChecks.Row, LeadChecks.Qualification, LeadChecks.Usage, LeadChecks.Audit }.Select(check => (check, Lead))
            .Concat(config.Lead.Integrations.Select(name => (LeadChecks.Integration, name))).Append((LeadChecks.Isolation, Lead));
        foreach ((CheckDefinition check, string at) in rest.Where(one => !except.Contains(one.Check)))
        {
            await GiveAsync(check, at, CheckFinding.Skipped(reason, fix), cancellationToken).ConfigureAwait(false);
        }
    }

    private ValueTask GiveAsync(CheckDefinition check, string at, CheckFinding finding, CancellationToken cancellationToken)
    {
        CheckResult result = run.Result(check, at, finding, _markedAt, run.Time.GetElapsedTime(_mark));
        return GiveAsync(result, cancellationToken);
    }

    private ValueTask GiveAsync(CheckResult result, CancellationToken cancellationToken)
    {
        (_mark, _markedAt) = (run.Time.GetTimestamp(), run.Time.GetUtcNow());
        _notes.Add(result);
        return emit(result, cancellationToken);
    }
}
