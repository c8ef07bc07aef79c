namespace AgentFlow.Shell.LineEditing;

/// <summary>The lines entered before, and a place among them.</summary>
internal sealed class History(IEnumerable<string> lines)
{
    private readonly List<string> _lines = [.. lines];
    private int _at = -1;
    private string _unfinished = string.Empty;

    /// <summary>Goes behind the latest line.</summary>
    public void Restart() => _at = _lines.Count;

    /// <summary>Adds a line; a repetition of the latest one is not kept. True when it was added.</summary>
    public bool Add(string line)
    {
        if (_lines.Count > 0 && _lines[^1] == line)
        {
            return false;
        }

        _lines.Add(line);
        return true;
    }

    /// <summary>The line before; null at the first one. What is being typed is kept for <see cref="Next"/>.</summary>
    public string? Previous(string current)
    {
        if (_at <= 0)
        {
            return null;
        }

        if (_at == _lines.Count)
        {
            _unfinished = current;
        }

        return _lines[--_at];
    }

    /// <summary>The line after; behind the latest one what was being typed; then null.</summary>
    public string? Next() =>
        _at >= _lines.Count ? null
        : ++_at == _lines.Count ? _unfinished
        : _lines[_at];
}
