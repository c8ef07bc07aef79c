using System.Collections.Concurrent;

namespace AgentFlow.Safety.Scanning;

/// <summary>What a search has looked at, and what it could not. Safe for concurrent use.</summary>
internal sealed class ScanTally
{
    private const int MostNames = 5;

    private readonly ConcurrentQueue<string> _unreadable = new();
    private int _scanned;
    private int _binary;

    public int Scanned => Volatile.Read(ref _scanned);

    public void CountScanned() => Interlocked.Increment(ref _scanned);

    public void CountBinary() => Interlocked.Increment(ref _binary);

    public void Unreadable(string name, string why) => _unreadable.Enqueue($"{name} ({why})");

    /// <summary>One sentence about what was left out; null when nothing was.</summary>
    public string? Gaps()
    {
        List<string> parts = [];
        if (_binary > 0)
        {
            parts.Add($"{Count(_binary, "binary file was", "binary files were")} not searched (-Verbose names them)");
        }

        if (!_unreadable.IsEmpty)
        {
            string names = string.Join(", ", _unreadable.Take(MostNames)) + (_unreadable.Count > MostNames ? ", …" : string.Empty);
            parts.Add($"{Count(_unreadable.Count, "text", "texts")} could not be read: {names}");
        }

        return parts.Count == 0 ? null : string.Join("; ", parts) + ".";
    }

    private static string Count(int number, string one, string many) => $"{number} {(number == 1 ? one : many)}";
}
