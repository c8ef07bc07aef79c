using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>Which objects of a dump are a validator's complaint about a variable. What fails the build's own validation counts as missing: there is no usable value.</summary>
internal static partial class IssueRules
{
    private static readonly FrozenSet<string> s_evidence = new[] { "message", "msg", "code", "expected", "received", "keyword", "type", "kind", "errors", "context" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_errorKeys = new[] { "errors", "_errors", "issues", "messages" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] s_statements = ["msg", "message", "error", "err", "event", "reason", "title", "@m", "text"];

    private static readonly char[] s_between = [',', ' ', ';', '|'];

    public static void Judge(DumpNode node, Action<string> report)
    {
        if (node.IsList)
        {
            JudgeList(node, report);
            return;
        }

        if (PathOf(node) is { } path)
        {
            if (EnvName.IsCapital(path) && !IsForeign(node))
            {
                report(path);
            }

            return;
        }

        JudgeStatement(node, report);
        foreach ((string name, string verdict) in node.Scalars)
        {
            if (EnvName.IsCapital(name) && (verdict.Contains(' ') || verdict is "missing" or "unset") && VerdictWords.IsMissing(verdict))
            {
                report(name);
            }
        }

        if (node.Scalars.TryGetValue("missingProperty", out string? property) && EnvName.IsCapital(property))
        {
            report(property);
        }
        else if (node.Scalars.TryGetValue("property", out string? member) && EnvName.IsCapital(member) && node.Scalars.ContainsKey("children") | node.Lists.ContainsKey("children"))
        {
            report(member);
        }
        else if (node.Key is { } key && EnvName.IsCapital(key) && node.Lists.Any(list => s_errorKeys.Contains(list.Key) && list.Value.Count > 0))
        {
            report(key);
        }
    }

    // "msg": "missing environment variables", "variables": [ "A", "B" ]
    private static void JudgeStatement(DumpNode node, Action<string> report)
    {
        if (!s_statements.Any(key => node.Scalars.TryGetValue(key, out string? text) && Statement().IsMatch(text)))
        {
            return;
        }

        foreach (string item in node.Lists.Where(list => Names().IsMatch(list.Key)).SelectMany(list => list.Value).Concat(node.Scalars.Where(scalar => Names().IsMatch(scalar.Key)).SelectMany(scalar => scalar.Value.Split(s_between, StringSplitOptions.RemoveEmptyEntries))))
        {
            if (EnvName.IsCapital(item))
            {
                report(item);
            }
        }
    }

    // DATABASE_URL: [ 'Required' ] as flatten() gives it, or missing: [ 'A', 'B' ].
    private static void JudgeList(DumpNode node, Action<string> report)
    {
        if (node.Key is not { } key)
        {
            return;
        }

        if (EnvName.IsCapital(key))
        {
            if (node.Items.Exists(VerdictWords.IsVerdict))
            {
                report(key);
            }
        }
        else if (s_errorKeys.Contains(key))
        {
            foreach (string item in node.Items)
            {
                if (Sentence().Match(item) is { Success: true } sentence && EnvName.IsCapital(sentence.Groups["name"].ValueSpan) && VerdictWords.IsVerdict(sentence.Groups["verdict"].Value))
                {
                    report(sentence.Groups["name"].Value);
                }
            }
        }
        else if (key.StartsWith("missing", StringComparison.OrdinalIgnoreCase))
        {
            foreach (string item in node.Items.Where(item => EnvName.IsCapital(item)))
            {
                report(item);
            }
        }
    }

    // A name at the end of a path: ['DATABASE_URL'], ['env', 'DATABASE_URL'], ('DATABASE_URL',), '/DATABASE_URL' or 'DATABASE_URL'.
    private static string? PathOf(DumpNode node)
    {
        if (!node.Scalars.Keys.Concat(node.Lists.Keys).Any(s_evidence.Contains))
        {
            return null;
        }

        if ((node.Lists.TryGetValue("path", out List<string>? parts) || node.Lists.TryGetValue("loc", out parts)) && parts.Count is 1 or 2)
        {
            return parts[^1];
        }

        if (node.Scalars.TryGetValue("path", out string? text) || node.Scalars.TryGetValue("instancePath", out text))
        {
            string name = text.TrimStart('/', '.', '$');
            return name.Length > 0 ? name : null;
        }

        return null;
    }

    // A file, a route or a request has a path and a code as well.
    private static bool IsForeign(DumpNode node) => node.Scalars.ContainsKey("errno") || node.Scalars.ContainsKey("syscall") || node.Scalars.ContainsKey("method");

    [GeneratedRegex(@"(?:missing|unset|undefined|absent|not[ _](?:set|found|defined|provided|configured|present)|required).{0,60}(?:env|var|secret|config|setting|key)|(?:env|var|secret|config|setting|key).{0,60}(?:missing|unset|undefined|absent|not[ _](?:set|found|defined|provided|configured|present)|required)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Statement();

    [GeneratedRegex(@"^(?:env|environment|variable|var|name|key|secret|setting|field|missing)(?:[_-]?(?:var|variable|name|key))?(?:e?s)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Names();

    // X is a required field, "X" must be one of ...
    [GeneratedRegex("""^["'`]?(?<name>[A-Z][A-Z0-9_]+)["'`]?:?\s+(?<verdict>(?:is|must|should|cannot|has|required|missing|invalid|expected)\b.*)$""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Sentence();
}
