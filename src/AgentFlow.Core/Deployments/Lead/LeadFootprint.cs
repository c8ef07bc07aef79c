using AgentFlow.Faults;

namespace AgentFlow.Deployments.Lead;

/// <summary>What a run may have left in the application, from the moment of the send until it is removed. Whoever sends ends with a removal, also when the operator stops.</summary>
internal sealed class LeadFootprint(ILeadIntake intake, ILeadRecords? records, LeadWatch? watch, LeadKeys keys, TimeProvider time) : IAsyncDisposable
{
    private readonly CancellationTokenSource _sendStop = new();
    private Task<LeadReceipt>? _send;
    private bool _isClean = true;

    /// <summary>Sends a lead. A stop does not cut the request off: its answer is what tells whether there is something to remove.</summary>
    /// <exception cref="AfFaultException">There was no answer.</exception>
    public async Task<LeadReceipt> SendAsync(LeadSubmission submission, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _isClean = false;
        _send = intake.SubmitAsync(submission, _sendStop.Token);
        return await _send.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes what is there. A stop shortens it, and does not break it off.</summary>
    /// <exception cref="AfFaultException">It failed; nothing was changed.</exception>
    public async Task<LeadRemoval> RemoveAsync(CancellationToken stop)
    {
        using CancellationTokenSource limit = new(LeadPace.Removal, time);
        using CancellationTokenRegistration shorten = stop.UnsafeRegister(static source => ((CancellationTokenSource)source!).CancelAfter(LeadPace.StoppedRemoval), limit);
        LeadRemoval removal = await OnceAsync(limit.Token).ConfigureAwait(false);
        _isClean = true;
        return removal;
    }

    /// <summary>Removes what is left when the run did not come to its own removal: the operator has stopped, or it broke off.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_isClean && records is not null)
            {
                await CleanUpAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            CutOff();
            if (_send is not null)
            {
                await ((Task)_send).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            _sendStop.Dispose();
        }
    }

    // On this thread: whoever has stopped waits for the end of this.
    private void CutOff() => _sendStop.Cancel();

    private async Task CleanUpAsync()
    {
        using CancellationTokenSource limit = new(LeadPace.StoppedRemoval, time);
        if (_send is { IsCompleted: false })
        {
            await ((Task)_send).WaitAsync(LeadPace.StoppedSend, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        bool mayCome = _send is not { IsCompletedSuccessfully: true };
        if (mayCome)
        {
            CutOff();
        }
        else
        {
            LeadReceipt receipt = await _send!.ConfigureAwait(false);
            mayCome = (IntakeRule.IsAccepted(receipt) && !receipt.Replayed) || IntakeRule.IsDoubtful(receipt);
        }

        long start = time.GetTimestamp();
        try
        {
            // A row that may still come is waited for, and a job that had begun may still write: one look is not enough.
            LeadRemoval removal;
            do
            {
                removal = await OnceAsync(limit.Token).ConfigureAwait(false);
                await Task.Delay(LeadPace.FirstPoll, time, limit.Token).ConfigureAwait(false);
            }
            while (mayCome && IsUnseen && time.GetElapsedTime(start) < LeadPace.Doubt);

            if (removal.Total > 0)
            {
                await OnceAsync(limit.Token).ConfigureAwait(false);
            }
            else if (mayCome && IsUnseen)
            {
                // It may come yet; the next run looks once more.
                keys.Leftovers[watch!.Question.CorrelationId] = watch.Question.OrganizationId;
            }
        }
        catch (Exception exception) when (exception is AfFaultException or OperationCanceledException)
        {
            // There is no stream any more that this could be said on.
            keys.Leftovers[watch!.Question.CorrelationId] = watch.Question.OrganizationId;
        }
    }

    private bool IsUnseen => watch!.Question.SeenLeadIds.Count == 0;

    private async Task<LeadRemoval> OnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            LeadRemoval removal = await records!.RemoveAsync(watch!.Question, cancellationToken).ConfigureAwait(false);
            watch.Remember(removal.LeadIds);
            return removal;
        }
        catch (OperationCanceledException)
        {
            throw new AfFaultException(FaultKind.Timeout, FaultId.DatabaseTimeout, "The database did not finish removing the lead in time.", "Look for locks and long transactions (pg_stat_activity).");
        }
    }
}
