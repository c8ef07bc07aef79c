-- What the guard and the plan must know about the connection itself. One row. The marker is looked up in the catalog: a login without USAGE on its schema
-- must learn that it exists, not fail.
with marker as (
  select c.oid, n.oid as schema from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'agentflow_meta' and c.relname = 'environment' and c.relkind in ('r', 'p', 'v'))
select pg_catalog.json_build_object(
  'database', pg_catalog.current_database(),
  'user', current_user,
  'versionNumber', pg_catalog.current_setting('server_version_num')::int,
  'inRecovery', pg_catalog.pg_is_in_recovery(),
  'bypassesRls', (select r.rolsuper or r.rolbypassrls from pg_catalog.pg_roles r where r.rolname = current_user),
  'isSuperuser', (select r.rolsuper from pg_catalog.pg_roles r where r.rolname = current_user),
  'markerExists', exists (select 1 from marker),
  'markerWritableBy', coalesce((
      select pg_catalog.json_agg(r.rolname) from pg_catalog.pg_roles r, marker
      where not r.rolsuper and r.rolname = any($1)
        and pg_catalog.has_schema_privilege(r.oid, marker.schema, 'USAGE')
        and pg_catalog.has_any_column_privilege(r.oid, marker.oid, 'INSERT, UPDATE')), '[]'),
  'assumable', coalesce((select pg_catalog.json_agg(r.rolname) from pg_catalog.pg_roles r
      where r.rolname = any($1) and pg_catalog.pg_has_role(current_user, r.oid, 'MEMBER')), '[]'))::text
