using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Text;
using static AgentFlow.Rls.Checks.Findings;

namespace AgentFlow.Rls.Checks;

/// <summary>Functions: search_path, dynamic SQL, LEAKPROOF, volatility, arguments, and definer rights without a check.</summary>
internal static class RoutineChecks
{
    private static readonly string[] s_sessionNames = ["current_user", "session_user", "current_role"];
    private static readonly string[] s_quoting = ["quote_ident", "quote_literal", "quote_nullable"];

    public static IEnumerable<RlsFinding> SearchPath(RlsScene scene)
    {
        foreach (RlsRoutine routine in scene.OwnRoutines.Where(routine => routine.Definer))
        {
            if (routine.SearchPath is not { } path)
            {
                yield return Fail(RlsChecks.SearchPath, routine.Signature, $"{routine.Signature} runs as its definer {routine.Owner} with the caller's search_path: the caller decides which tables and functions its names mean.", $"alter function {routine.Signature} set search_path = ''; and qualify every name in it.");
                continue;
            }

            List<string> parts = [.. path.Split(',').Select(part => part.Trim().Trim('"')).Where(part => part.Length > 0)];
            if (parts.Count > 0 && parts[^1] != "pg_temp" && !parts.All(part => part == "pg_catalog"))
            {
                yield return Fail(RlsChecks.SearchPath, routine.Signature, $"{routine.Signature} pins search_path = {path}, but pg_temp is searched before it: a caller's temporary table takes the place of a table that it names.", $"alter function {routine.Signature} set search_path = ''; and qualify every name in it.");
            }
        }
    }

    public static IEnumerable<RlsFinding> DynamicSql(RlsScene scene)
    {
        foreach (RlsRoutine routine in scene.OwnRoutines.Where(routine => routine.Definer && Splices(scene.Graph.Reading(routine).Tokens)))
        {
            yield return Fail(RlsChecks.DynamicSql, routine.Signature, $"{routine.Signature} runs SQL as its definer that is put together from text.", "Use EXECUTE … USING for values and format('%I', …) for names, or static SQL.");
        }
    }

    public static IEnumerable<RlsFinding> Leakproof(RlsScene scene)
    {
        foreach (RlsRoutine routine in scene.OwnRoutines.Where(routine => routine.Leakproof))
        {
            yield return Fail(RlsChecks.Leakproof, routine.Signature, $"{routine.Signature} is marked LEAKPROOF, so it may run on rows before a policy has hidden them.", $"alter function {routine.Signature} not leakproof;");
        }
    }

    public static IEnumerable<RlsFinding> Volatility(RlsScene scene)
    {
        foreach (RlsRoutine routine in scene.OwnRoutines.Where(routine => routine.Volatility == "i"))
        {
            bool session = scene.Graph.Closure([routine.Oid]).Select(scene.Graph.Reading).Any(reading => reading.Mentions("current_setting") || s_sessionNames.Any(reading.Mentions) || reading.Calls().Any(call => call is { Schema: "auth", Name: "uid" or "jwt" or "role" or "email" }));
            if (session)
            {
                yield return Fail(RlsChecks.Volatility, routine.Signature, $"{routine.Signature} is marked IMMUTABLE but depends on the session: a cached plan answers one user with the rows of another.", $"alter function {routine.Signature} stable;");
            }
        }
    }

    public static IEnumerable<RlsFinding> IgnoredArgument(RlsScene scene)
    {
        foreach (RlsRoutine routine in scene.OwnRoutines.Where(routine => scene.Helpers.Contains(routine.Oid) && routine.Language is "sql" or "plpgsql"))
        {
            SqlReading reading = scene.Graph.Reading(routine);
            for (int i = 0; i < routine.Arguments.Count; i++)
            {
                string name = routine.Arguments[i].Name;
                bool used = (name.Length > 0 && reading.Mentions(name)) || routine.Source.Contains($"${i + 1}", StringComparison.Ordinal);
                if (!used && scene.Helpers.Contains(routine.Oid))
                {
                    yield return Fail(RlsChecks.IgnoredArgument, routine.Signature, $"{routine.Signature} decides about rows for policies but never looks at its argument {(name.Length > 0 ? name : $"${i + 1}")}: what the policy asks for is not checked.", "Use the argument in the condition, or drop it and the policies' belief in it.");
                }
            }
        }
    }

    public static IEnumerable<RlsFinding> UncheckedDefiner(RlsScene scene)
    {
        foreach (RlsRoutine routine in scene.OwnRoutines.Where(routine => routine.Definer && !routine.IsTrigger && !scene.Helpers.Contains(routine.Oid)))
        {
            List<string> callers = [.. scene.ApiRoles.Where(role => routine.CallableBy.Contains(role) && scene.Graph.Catalog.Schemas.Any(schema => schema.Name == routine.Schema && schema.UsableBy.Contains(role)))];
            IReadOnlyList<RlsRoutine> closure = scene.Graph.Closure([routine.Oid]);
            List<string> touched = [.. scene.Model.Relations.Where(relation => closure.Any(called => scene.Graph.Reading(called).Mentions(relation.Relation.Name))).Select(relation => relation.FullName)];
            if (callers.Count > 0 && touched.Count > 0 && !scene.AsksForCaller(scene.Graph.Reading(routine)))
            {
                yield return Fail(RlsChecks.UncheckedDefiner, routine.Signature, $"{List(callers)} may call {routine.Signature}, which works on {List(touched.Take(3))} with the rights of {routine.Owner} and never asks who is calling.",
                    $"Check the caller's active membership inside, or: alter function {routine.Signature} security invoker; or revoke execute on function {routine.Signature} from {List(callers)}{(routine.PublicMayCall ? ", public" : string.Empty)};");
            }
        }
    }

    /// <summary>True when text that is not a literal gets into an EXECUTE unquoted.</summary>
    internal static bool Splices(IReadOnlyList<SqlToken> tokens)
    {
        bool executes = false;
        bool splices = false;
        for (int i = 0; i < tokens.Count; i++)
        {
            executes |= tokens[i].Is("execute") && (i + 1 >= tokens.Count || !(tokens[i + 1].Is("function") || tokens[i + 1].Is("procedure") || tokens[i + 1].Is("on")));
            if (tokens[i].Kind == SqlTokenKind.Symbol && tokens[i].Value == "||" && i + 1 < tokens.Count)
            {
                splices |= tokens[i + 1].IsName && !Array.Exists(s_quoting, name => tokens[i + 1].Value == name || (i + 3 < tokens.Count && tokens[i + 2].Is('.') && tokens[i + 3].Value == name));
            }

            if (tokens[i].Is("format") && i + 2 < tokens.Count && tokens[i + 1].Is('(') && tokens[i + 2].Kind == SqlTokenKind.Text)
            {
                splices |= HasPlainPlaceholder(tokens[i + 2].Value);
            }
        }

        return executes && splices;
    }

    // %s, %1$s, %-10s: everything but %I, %L and %%.
    private static bool HasPlainPlaceholder(string format)
    {
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                continue;
            }

            for (i++; i < format.Length && (char.IsDigit(format[i]) || format[i] is '$' or '-' or '*'); i++)
            {
            }

            if (i < format.Length && format[i] == 's')
            {
                return true;
            }
        }

        return false;
    }
}
