using System.Collections.Concurrent;

namespace AgentFlow.Cmdlets.Pipeline;

/// <summary>
/// Lets an asynchronous step use the pipeline: the step runs on the thread pool and posts actions, the pipeline thread drains
/// them. The queue is bounded, so a slow reader slows the step instead of filling memory.
/// </summary>
internal sealed class PipelineBridge(TimeSpan grace, CancellationToken stop) : IDisposable
{
    private const int Capacity = 256;

    private readonly BlockingCollection<Action> _actions = new(Capacity);
    private readonly SemaphoreSlim _room = new(Capacity, Capacity);
    private readonly CancellationTokenSource _worker = CancellationTokenSource.CreateLinkedTokenSource(stop);
    private volatile bool _closed;

    /// <summary>Posts an action for the pipeline thread; waits while the queue is full.</summary>
    public async ValueTask PostAsync(Action action, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _actions.Add(action, CancellationToken.None);
        }
        catch (InvalidOperationException) when (_closed)
        {
            throw new OperationCanceledException("The pipeline has ended.");
        }
    }

    /// <summary>Posts a question and waits for its answer from the pipeline thread.</summary>
    public async ValueTask<T> AskAsync<T>(Func<T> question, CancellationToken cancellationToken)
    {
        TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await PostAsync(
            () =>
            {
                try
                {
                    answer.SetResult(question());
                }
                catch (Exception exception)
                {
                    answer.SetException(exception);
                    throw;
                }
            },
            cancellationToken).ConfigureAwait(false);
        return await answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs the step to its end on behalf of the pipeline thread, which drains its actions meanwhile.</summary>
    public void Run(Func<CancellationToken, Task> step)
    {
        Task task = Task.Run(() => step(_worker.Token), CancellationToken.None);
        _ = task.ContinueWith(_ => Close(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            Drain();
        }
        catch
        {
            // Downstream ended the pipeline (Select-Object -First, -ErrorAction Stop): let the step clean up, then pass the original exception on.
            _worker.Cancel();
            Close();
            Settle(task);
            throw;
        }

        if (!Settle(task))
        {
            throw new OperationCanceledException(stop);
        }

        task.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        _worker.Dispose();
        _room.Dispose();
        _actions.Dispose();
    }

    private void Drain()
    {
        while (true)
        {
            Action? action;
            try
            {
                if (!_actions.TryTake(out action, Timeout.Infinite, stop))
                {
                    return;
                }
            }
            catch (OperationCanceledException)
            {
                Close();
                return;
            }

            _room.Release();
            action();
        }
    }

    // True when the step has ended; false when it is abandoned after the grace time.
    private bool Settle(Task task) => ((IAsyncResult)task).AsyncWaitHandle.WaitOne(grace) || task.IsCompleted;

    private void Close()
    {
        _closed = true;
        _actions.CompleteAdding();
    }
}
