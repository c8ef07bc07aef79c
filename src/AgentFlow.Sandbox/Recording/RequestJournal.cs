using System.Collections.Concurrent;

namespace AgentFlow.Sandbox.Recording;

/// <summary>The latest requests, oldest first; the oldest are forgotten beyond a limit.</summary>
internal sealed class RequestJournal
{
    private const int MostRecords = 5000;

    private readonly ConcurrentQueue<RequestRecord> _records = new();
    private int _count;

    public int NextNumber() => Interlocked.Increment(ref _count);

    public void Add(RequestRecord record)
    {
        _records.Enqueue(record);
        while (_records.Count > MostRecords && _records.TryDequeue(out _))
        {
        }
    }

    public IReadOnlyList<RequestRecord> Snapshot() => [.. _records];

    public void Clear() => _records.Clear();
}
