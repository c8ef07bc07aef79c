using System.Buffers;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>Words without which no known format says that something is missing. One vectorised pass decides over ordinary lines.</summary>
internal static class Triggers
{
    // Few and short on purpose: the vectorised search slows down with each word, and these stand in all longer phrases (not set,
    // isn't, cannot, must be, environment, invalid, validation).
    private static readonly SearchValues<string> s_words = SearchValues.Create(
        [
            "missing", "requir", "expect", "undefined", "unset", "unbound", "vali", "env", "must", "please", "not ", "n't", "need", "keyerror", "empty", "blank", "absent", " be ", "no v", "1b[", "macro", "neither", "forg", "have to",
        ],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> s_denied = SearchValues.Create([" found", " provided", " specified", " configured", " set", " given"], StringComparison.Ordinal);

    /// <summary>True when the line can begin, continue or end a message that matters.</summary>
    public static bool Hits(ReadOnlySpan<char> line) => line.IndexOfAny(s_words) >= 0 || line.ContainsAny('\u2192', '\u2019') || Denies(line) || line.Contains(": line ", StringComparison.Ordinal);

    // No NAME set, no "NAME" found, no token found.
    private static bool Denies(ReadOnlySpan<char> line)
    {
        for (int at = line.IndexOf("o "); at > 0; )
        {
            if (line[at - 1] is 'n' or 'N' && at + 2 < line.Length && (char.IsAsciiLetterUpper(line[at + 2]) || line[at + 2] is '"' or '\'' or '`'))
            {
                return true;
            }

            if (line[at - 1] is 'n' or 'N' && (at == 1 || !char.IsAsciiLetter(line[at - 2])) && line[at..].ContainsAny(s_denied))
            {
                return true;
            }

            int next = line[(at + 2)..].IndexOf("o ");
            at = next < 0 ? -1 : at + 2 + next;
        }

        return false;
    }
}
