using System.Text.RegularExpressions;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>Lines that quote something else: source, stack frames, diffs, test names, lint findings, commands. What they say is not said of this build.</summary>
internal static partial class NoiseLines
{
    /// <summary>True for a line whose words are not the tool's own statement.</summary>
    public static bool IsCode(string line)
    {
        if (line.Length == 0)
        {
            return false;
        }

        return line[0] switch
        {
            'a' when line.StartsWith("at ", StringComparison.Ordinal) && (line.EndsWith(')') || Position().IsMatch(line)) => true,
            'F' when line.StartsWith("File \"", StringComparison.Ordinal) => true,
            '+' or '$' or '<' => line.Length > 1 && line[1] is ' ' or '+' or '<',
            '/' when line.Length > 1 && line[1] is '/' or '*' => true,
            '*' when line.Length > 1 && line[1] == '/' => true,
            '\u2713' or '\u2714' or '\u221a' or '\u2705' or '\u25cf' or '\u2715' or '\u25cb' => true,
            '#' => line.Length > 1 && line[1] is ' ' or '!',
            _ => Quoted().IsMatch(line),
        };
    }

    [GeneratedRegex(@":\d+:\d+\)?$")]
    private static partial Regex Position();

    // In order: numbered source lines, statements, test runners, commits, linters and compilers, echoed commands, package scripts.
    [GeneratedRegex(
        """
        ^(?:>\s*)?\d+\s*[|│┃:](?:\s|$)
        |\bthrow\s+new\s+\w|\braise\s+\w+\(|\bconsole\.\w+\(|\bpanic!?\(|\blog\.\w+\(["'f]|\blogger\.\w+\(|\bexpect\(|\bassert\w*\s*[(]|^\s*(?:if|for|while|switch)\s*\(|\)\s*=>|=>\s*\{|\bfunction\s*\w*\(|^\s*(?:const|let|var|import|export\s+(?:const|default|function)|return|def|func|fn|class|interface|type)\s+[\w{*$]+\s*(?:[=:({]|from\b)
        |^(?:PASS|ok\ \d|not\ ok)\s|^FAIL\s+\S*[./]\S*|^[\u2716\u00d7\u2717x]\s.*\(?\d+\s?ms\)?$|^\s*(?:it|test|describe)\b.*\d+\s?ms
        |^HEAD\ is\ now\ at\ |^(?:\*\s+)?[0-9a-f]{7,40}\s|^(?:[0-9a-f]+\s+)?(?:feat|fix|docs|chore|refactor|test|ci|build|perf|style)(?:\([^)]*\))?!?:\s
        |^Type\ error:|\berror\ TS\d+|^\d+:\d+\s+(?:error|warning|warn)\s.+\s{2,40}\S+$|^(?:\S+:\d+:(?:\d+:)?\s+)?error:.*\s\s\[[a-z][a-z-]+\]$|^-?\s*[A-Z][A-Za-z]+:\s.*\(line\ \d+\)$|\bno-undef\b|\bno-process-env\b|\bno-undeclared-env-vars\b|\s@?[a-z-]+(?:/[a-z-]+)?/(?:no|prefer|require|explicit)-[a-z-]+\)?$|\bSyntaxError\b|\bReferenceError\b|\bNameError\b|\berror\[E\d{4}\]
        |^\S+:\s(?:line\s)?\d+:\s\S+:\s(?:command\s)?not\ found$|^(?:=>\s+)?(?:CACHED\s+|ERROR\s+)?\[[\w.\ -]*\d+/\d+\]\s|(?:\|\||&&|;)\s{0,4}[({]?\s{0,4}(?:echo|exit)\b|^env:\s+(?:load|export)\s|^(?:(?:echo|unset|printf|curl|docker\srun|RUN|COPY)\s|set\s-\w|(?:ENV|ARG|export|set)\s+\w+=)
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();
}
