namespace AgentFlow.TestKit.Database;

/// <summary>One text with the number of rows of every table of a database.</summary>
public static class RowCounts
{
    /// <summary>The query.</summary>
    public const string Sql = """
        select string_agg(format('%s=%s', c.oid::regclass, (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from only %s', c.oid::regclass), false, true, '')))[1]), ' ' order by c.oid::regclass::text)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        """;
}
