using AgentFlow.TestKit.Database;

namespace AgentFlow.Adapters.Tests.Rls.Trace;

/// <summary>Everything about a database that a run could leave behind: rows, sizes, dead tuples, statistics of writes, sequences, objects, roles, settings, locks.</summary>
internal static class DatabaseTrace
{
    private static readonly (string Name, string Sql)[] s_questions =
    [
        ("rows", RowCounts.Sql),
        ("sizes", "select string_agg(format('%s=%s', c.oid::regclass, pg_relation_size(c.oid)), ' ' order by c.oid::regclass::text) from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'i', 'S', 'm', 't') and n.nspname !~ '^pg_(catalog|temp)' and n.nspname <> 'information_schema'"),
        ("sequences", "select string_agg(format('%s=%s', s.schemaname || '.' || s.sequencename, (xpath('/row/v/text()', query_to_xml(format('select last_value || ''/'' || log_cnt || ''/'' || is_called as v from %I.%I', s.schemaname, s.sequencename), false, true, '')))[1]), ' ' order by 1) from (select * from pg_sequences order by schemaname, sequencename) s"),
        ("dead tuples", "select string_agg(format('%s=%s', relid::regclass, n_dead_tup), ' ' order by relid::regclass::text) from pg_stat_user_tables"),
        ("writes", "select string_agg(format('%s=%s/%s/%s', relid::regclass, n_tup_ins, n_tup_upd, n_tup_hot_upd), ' ' order by relid::regclass::text) from pg_stat_user_tables"),
        ("objects", "select count(*) || '/' || (select count(*) from pg_proc) || '/' || (select count(*) from pg_type) || '/' || (select count(*) from pg_policy) || '/' || (select count(*) from pg_namespace where nspname !~ '^pg_(temp|toast_temp)') || '/' || (select count(*) from pg_trigger) from pg_class"),
        ("roles", "select md5(string_agg(r::text, ',' order by r.oid)) || '/' || (select coalesce(md5(string_agg(m::text, ',' order by m.roleid, m.member)), '') from pg_auth_members m) || '/' || (select coalesce(md5(string_agg(s::text, ',' order by s::text)), '') from pg_db_role_setting s) from pg_roles r"),
        ("grants", "select md5(string_agg(c.relacl::text, ',' order by c.oid)) from pg_class c"),
        ("catalog sizes", "select sum(pg_relation_size(c.oid)) from pg_class c where c.relnamespace = 'pg_catalog'::regnamespace and c.relkind = 'r' and not c.relisshared"),
        ("locks and prepared", "select (select count(*) from pg_locks where locktype = 'advisory') || '/' || (select count(*) from pg_prepared_xacts) || '/' || (select count(*) from pg_largeobject_metadata)"),
    ];

    /// <summary>The answers by question.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> TakeAsync(PostgresServer server, string database, CancellationToken cancellationToken)
    {
        // What ended backends counted is in shared memory at once; a snapshot of another reader must not stand in between.
        await server.ExecuteAsync(database, "select pg_stat_force_next_flush(); select pg_stat_clear_snapshot()", cancellationToken);
        Dictionary<string, string> answers = [];
        foreach ((string name, string sql) in s_questions)
        {
            answers[name] = await server.ValueAsync(database, sql, cancellationToken) ?? string.Empty;
        }

        return answers;
    }

    /// <summary>Waits until no backend of the product is left in a database.</summary>
    public static async Task QuietAsync(PostgresServer server, string database, CancellationToken cancellationToken)
    {
        while (await server.ValueAsync("postgres", $"select count(*) from pg_stat_activity where datname = '{database}'", cancellationToken) != "0")
        {
            await Task.Yield();
        }
    }
}
