using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Text;

namespace AgentFlow.Rls.Behaviour;

/// <summary>Looks, before a probe writes, at what its triggers would do that no rollback undoes, or that would change the question.</summary>
public static class TriggerScreen
{
    private static readonly string[] s_calls = ["nextval", "setval", "dblink", "dblink_exec", "dblink_connect", "dblink_send_query", "http", "http_get", "http_post", "http_put", "http_delete", "lo_export", "lo_import", "pg_sleep", "pg_write_file", "pg_file_write", "pg_logical_emit_message", "pg_terminate_backend", "pg_cancel_backend"];

    /// <summary>Why the command must not be tried on the table, or null when nothing speaks against it. Only what runs before the row is stopped matters.</summary>
    /// <param name="scene">The catalog.</param>
    /// <param name="table">The table.</param>
    /// <param name="command">insert, update or delete.</param>
    /// <param name="tenantColumn">A BEFORE trigger that sets it makes the answer say nothing; null where that does not matter.</param>
    public static string? Find(RlsScene scene, RlsRelation table, string command, string? tenantColumn)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(table);
        foreach (RlsTrigger trigger in scene.Graph.Triggers(table).Where(trigger => trigger is { Enabled: true } && (trigger.Before || trigger.InsteadOf) && Fires(trigger, command)))
        {
            foreach (RlsRoutine routine in scene.Graph.Closure([trigger.Routine]))
            {
                if (Effect(scene, routine) is { } effect)
                {
                    return $"trigger \"{trigger.Name}\" {effect} in {routine.Signature}, which a rollback does not undo";
                }
            }

            if (tenantColumn is not null && trigger.EachRow && scene.Graph.Closure([trigger.Routine]).Any(routine => Assigns(scene.Graph.Reading(routine), tenantColumn)))
            {
                return $"trigger \"{trigger.Name}\" sets {tenantColumn} itself";
            }
        }

        return table.Rules.Count > 0 ? $"rule \"{table.Rules[0].Name}\" rewrites it" : null;
    }

    /// <summary>What a routine does outside of the transaction, in words, or null.</summary>
    public static string? Effect(RlsScene scene, RlsRoutine routine)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(routine);
        if (RlsGraph.IsManaged(routine.Schema) && routine.Schema is not ("net" or "pgmq" or "cron" or "supabase_functions"))
        {
            return null;
        }

        if (routine.Language is not ("sql" or "plpgsql" or "internal"))
        {
            return $"runs {routine.Language} code";
        }

        SqlReading reading = scene.Graph.Reading(routine);
        (string? Schema, string Name) call = reading.Calls().FirstOrDefault(call => s_calls.Contains(call.Name) || call.Schema is "net" or "cron" or "supabase_functions" || call.Name.StartsWith("pg_advisory_", StringComparison.Ordinal) || call.Name.StartsWith("pg_try_advisory_", StringComparison.Ordinal));
        return call.Name is not null ? $"calls {call.Name}"
            : reading.Mentions("copy") && reading.Mentions("program") ? "runs a program"
            : reading.Mentions("execute") && RoutineSplices(reading) ? "runs SQL that is put together"
            : null;
    }

    private static bool RoutineSplices(SqlReading reading) => Checks.RoutineChecks.Splices(reading.Tokens);

    private static bool Fires(RlsTrigger trigger, string command) => command switch
    {
        "insert" => trigger.OnInsert,
        "update" => trigger.OnUpdate,
        _ => trigger.OnDelete,
    };

    // NEW.tenant := … or NEW.tenant = … at the start of a statement.
    private static bool Assigns(SqlReading reading, string column)
    {
        IReadOnlyList<SqlToken> tokens = reading.Tokens;
        for (int i = 0; i + 3 < tokens.Count; i++)
        {
            bool begins = i == 0 || tokens[i - 1].Is(';') || tokens[i - 1].Is("then") || tokens[i - 1].Is("begin") || tokens[i - 1].Is("else");
            if (begins && tokens[i].Is("new") && tokens[i + 1].Is('.') && tokens[i + 2].Value == column && tokens[i + 3].Value is ":=" or "=")
            {
                return true;
            }
        }

        return false;
    }
}
