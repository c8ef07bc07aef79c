using System.Buffers;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>Words without which no known format says that something is missing. One vectorised pass decides over ordinary lines.</summary>
internal static class Triggers
{
    private static readonly SearchValues<string> s_words = SearchValues.Create(
        [
            "missing", "require", "undefined", "unset", "unbound", "invalid", "expect", "environ", "env var", "$env/", "env/static", "env.", "_env",
            "keyerror", "key not found", "find key", "no value", "parameter n", "blank", "empty", "not be", "isn't", "wasn't", "hasn't", "aren't", "weren't", "doesn't",
            "not set", "not defined", "not found", "not export", "not exist", "not present", "not provided", "not specified", "not configured", "not supplied", "not been", "not given", "not available", "not declared",
            "please", "must", "need to", "needs to", "you need", "forg", "necessary", "cannot", "can't", "couldn't", "could not", "unable to", "failed to", "has no exported", "no matching export", "an export named",
            "placeholder", "falsy", "received", " at: ", "\u2192 at", "references secret", "\\u001b[", "\\x1b[", "\\033[", "has to", ": set ", "absent", "malformed", "incorrect", "problem", "have to", "should", " to be ", " null", " nil", " no ", "without", "validation", "neither", "no longer", " set,", "notpresent", "not allowed", "non-empty", "nonempty",
            "isn\u2019t", "wasn\u2019t", "hasn\u2019t", "can\u2019t", "couldn\u2019t", "doesn\u2019t", "is a secret", "specify", "provide", "declare",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>True when the line can begin, continue or end a message that matters.</summary>
    public static bool Hits(ReadOnlySpan<char> line) => line.IndexOfAny(s_words) >= 0
        || (line.IndexOf("No ", StringComparison.Ordinal) is >= 0 and int at && at + 3 < line.Length && (char.IsAsciiLetterUpper(line[at + 3]) || line[at + 3] is '"' or '\'' or '`' or '\u001b'));
}
