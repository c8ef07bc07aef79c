using System.Text.RegularExpressions;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>What CI systems, containers, package managers and loggers write before a line, and frames drawn around it.</summary>
internal static partial class LogPrefixes
{
    private const int MostPrefixes = 8;

    /// <summary>The line without prefixes and frames; its indentation behind them stays.</summary>
    public static string Strip(string line)
    {
        ReadOnlySpan<char> rest = StripFrame(line);
        for (int i = 0; i < MostPrefixes && !rest.IsEmpty; i++)
        {
            Regex.ValueMatchEnumerator matches = Prefix().EnumerateMatches(rest);
            if (!matches.MoveNext() || matches.Current.Length == 0)
            {
                break;
            }

            rest = StripFrame(rest[matches.Current.Length..]);
        }

        return rest.Length == line.Length ? line : rest.ToString();
    }

    /// <summary>The line without lines drawn before and after it.</summary>
    public static ReadOnlySpan<char> StripFrame(ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> inner = line.TrimStart();
        if (inner.IsEmpty)
        {
            return [];
        }

        // A tree draws several bars before its branch.
        while (!inner.IsEmpty && IsDrawn(inner[0]))
        {
            int drawn = 0;
            while (drawn < inner.Length && IsDrawn(inner[drawn]))
            {
                drawn++;
            }

            inner = inner[drawn..];
            line = inner is [' ', ..] ? inner[1..] : inner;
            inner = inner.TrimStart();
        }

        ReadOnlySpan<char> end = line.TrimEnd();
        if (!end.IsEmpty && IsDrawn(end[^1]))
        {
            int drawn = end.Length;
            while (drawn > 0 && IsDrawn(end[drawn - 1]))
            {
                drawn--;
            }

            return end[..drawn].TrimEnd();
        }

        return line;
    }

    private static bool IsDrawn(char at) => at is >= '\u2500' and <= '\u259f';

    // In order: ISO time, clock, syslog and access-log dates, epoch, BuildKit, git, container, workspaces (three), dyno, level, CRI, klog, Actions (two), request id.
    [GeneratedRegex(
        """
        ^[ ]*(?:
          \[?\d{4}[-/]\d\d[-/]\d\d[T\ ]\d\d:\d\d:\d\d(?:[.,:]\d{1,9})?(?:\ ?(?:Z|UTC|[+-]\d\d:?\d\d))?\]?:?(?=\s|$)
         |\[?\d{1,2}:\d\d:\d\d(?:[.,]\d{1,9})?(?:\ ?[AaPp][Mm])?\]?:?(?=\s|$)
         |\[?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*,?\ +)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\ +\d{1,2}(?:,?\ +\d{4})?,?\ +\d\d:\d\d:\d\d(?:[.,]\d+)?\]?(?=\s|$)
         |\[?\d{1,2}[/-](?:\d\d|[A-Z][a-z]{2})[/-]\d{2,4}[,\ :T]+\d\d:\d\d:\d\d(?:\.\d+)?(?:\ ?[AaPp][Mm])?(?:\ [+-]\d{4})?\]?(?=\s|$)
         |\[?\d{10}(?:\d{3})?(?:\.\d+)?\]?(?=\s)
         |\#\d{1,4}(?:\ +\d+(?:\.\d+)?)?(?=\s)
         |remote:(?=\s|$)
         |(?=[^|]{0,60}[a-z])[A-Za-z][\w.-]{0,60}\ *\|(?=\s|$)
         |(?:@[\w.-]+/[\w.-]+|[\w.-]*[a-z][\w.-]*)(?:[:\#][\w.-]+){1,3}:(?=\s|$)
         |@[\w.-]+/[\w.-]+:(?=\s|$)
         |(?:@[\w.-]+/)?[\w./-]+\ (?:build|dev|start|test|lint|deploy|prepare|postinstall|preinstall|install|prebuild|postbuild|generate|typecheck|codegen|migrate)(?:[:][\w.-]+)?[:$](?=\s|$)
         |[a-z]+\[[\w.-]{1,60}\]:(?=\s|$)
         |\[(?i:err|out|error|warn|warning|info|debug|fatal|notice|stderr|stdout|entrypoint|builder|build|web|app|server|api|worker)\]:?(?=\s|$)
         |(?:stdout|stderr)\ [FP](?=\s|$)
         |[EWIF]\d{4}\ \d\d:\d\d:\d\d\.\d+\ +\d+\ [\w.-]+:\d+\]
         |\#\#\[(?:error|warning|debug|section|command|notice)\]
         |::(?:error|warning|notice|debug)(?:\ [^:]*)?::
         |[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?=\s)
         |(?:ERROR|WARN|WARNING|INFO|FATAL)(?=[ ]{2})
        )[ ]?
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();
}
