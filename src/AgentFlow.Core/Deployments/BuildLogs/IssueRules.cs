using System.Collections.Frozen;

namespace AgentFlow.Deployments.BuildLogs;

/// <summary>Which objects of a dump are a validator's complaint about a variable. What fails the build's own validation counts as missing: there is no usable value.</summary>
internal static class IssueRules
{
    private static readonly FrozenSet<string> s_evidence = new[] { "message", "msg", "code", "expected", "received", "keyword", "type", "kind", "errors", "context" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_errorKeys = new[] { "errors", "_errors", "issues", "messages" }.ToFrozenSet(StringComparer.Ordinal);

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
}
