namespace AgentFlow.Shell.LineEditing;

/// <summary>
/// What Tab does: the first one puts in what all candidates share, or the first candidate; the second one lists them all and goes on; every further one
/// goes on, Shift+Tab goes back.
/// </summary>
internal sealed class CompletionCycle(ICompletionSource? source, TextWriter screen, Func<int> width)
{
    private const int MenuRows = 20;

    private Completions? _completions;
    private int _length;
    private int _index;
    private bool _listed;

    /// <summary>The text was edited: the next Tab asks anew.</summary>
    public void Reset() => _completions = null;

    /// <summary>Handles one Tab.</summary>
    /// <param name="buffer">Is changed in place.</param>
    /// <param name="backwards">Shift is held.</param>
    /// <param name="beforeMenu">Moves the cursor below the line; it is drawn again after the menu.</param>
    public void Advance(LineBuffer buffer, bool backwards, Action beforeMenu)
    {
        if (_completions is null)
        {
            Begin(buffer);
            return;
        }

        if (!_listed)
        {
            _listed = true;
            beforeMenu();
            screen.Write(CompletionMenu.Layout([.. _completions.Candidates.Select(candidate => candidate.Label)], width(), MenuRows));
        }

        int count = _completions.Candidates.Count;
        _index = _index < 0 ? (backwards ? count - 1 : 0) : (_index + (backwards ? count - 1 : 1)) % count;
        Put(buffer, _completions.Candidates[_index].Replacement);
    }

    private void Begin(LineBuffer buffer)
    {
        if (source?.Complete(buffer.Text, buffer.Cursor) is not Completions completions)
        {
            return;
        }

        _length = completions.Length;
        _listed = false;
        _completions = completions;
        string typed = buffer.Text.Substring(completions.Start, completions.Length);
        string shared = SharedStart(completions.Candidates);
        if (completions.Candidates.Count > 1 && shared.Length > typed.Length && shared.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
        {
            _index = -1;
            Put(buffer, shared);
        }
        else
        {
            _index = 0;
            Put(buffer, completions.Candidates[0].Replacement);
        }

        if (completions.Candidates.Count == 1)
        {
            // The next Tab completes what comes after it, such as the next folder of a path.
            Reset();
        }
    }

    private static string SharedStart(IReadOnlyList<(string Replacement, string Label)> candidates)
    {
        string shared = candidates[0].Replacement;
        foreach ((string replacement, _) in candidates.Skip(1))
        {
            int same = 0;
            while (same < shared.Length && same < replacement.Length && char.ToUpperInvariant(shared[same]) == char.ToUpperInvariant(replacement[same]))
            {
                same++;
            }

            shared = shared[..same];
        }

        return shared;
    }

    private void Put(LineBuffer buffer, string replacement)
    {
        buffer.Replace(_completions!.Start, _length, replacement);
        _length = replacement.Length;
    }
}
