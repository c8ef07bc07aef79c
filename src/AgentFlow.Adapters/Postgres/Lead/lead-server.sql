-- Standby or not, and whether the environment marker can be read by this role.
select pg_catalog.pg_is_in_recovery(), exists (
  select from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'agentflow_meta' and c.relname = 'environment'
    and pg_catalog.has_schema_privilege(n.oid, 'usage') and pg_catalog.has_table_privilege(c.oid, 'select'))
