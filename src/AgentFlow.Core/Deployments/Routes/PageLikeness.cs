namespace AgentFlow.Deployments.Routes;

/// <summary>How alike the visible words of two pages are.</summary>
internal static class PageLikeness
{
    /// <summary>Pages at or above this are the same page: what differs is a name, a number, a time.</summary>
    public const double SamePage = 0.95;

    /// <summary>Shared words over all words, each counted as often as it stands there: 1 for the same, 0 for nothing in common. Words with digits or of the address itself do not count.</summary>
    public static double Of(string left, string right)
    {
        Dictionary<string, int> counts = [];
        int leftCount = 0;
        foreach (ReadOnlySpan<char> word in Words(left))
        {
            string key = word.ToString();
            counts[key] = counts.GetValueOrDefault(key) + 1;
            leftCount++;
        }

        int shared = 0;
        int rightCount = 0;
        foreach (ReadOnlySpan<char> word in Words(right))
        {
            rightCount++;
            string key = word.ToString();
            if (counts.GetValueOrDefault(key) > 0)
            {
                counts[key]--;
                shared++;
            }
        }

        int all = leftCount + rightCount - shared;
        return all == 0 ? 0 : (double)shared / all;
    }

    private static WordEnumerator Words(string text) => new(text);

    private ref struct WordEnumerator(ReadOnlySpan<char> text)
    {
        private ReadOnlySpan<char> _rest = text;

        public ReadOnlySpan<char> Current { get; private set; } = [];

        public readonly WordEnumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            while (true)
            {
                _rest = _rest.TrimStart(' ');
                if (_rest.IsEmpty)
                {
                    return false;
                }

                int end = _rest.IndexOf(' ');
                Current = end < 0 ? _rest : _rest[..end];
                _rest = end < 0 ? [] : _rest[end..];
                if (Current.IndexOfAnyInRange('0', '9') < 0 && !Current.Contains('/'))
                {
                    return true;
                }
            }
        }
    }
}
