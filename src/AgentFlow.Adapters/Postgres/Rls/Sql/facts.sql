-- What the guard and the plan must know about the connection itself. One row.
select pg_catalog.json_build_object(
  'database', pg_catalog.current_database(),
  'user', current_user,
  'versionNumber', pg_catalog.current_setting('server_version_num')::int,
  'inRecovery', pg_catalog.pg_is_in_recovery(),
  'bypassesRls', (select r.rolsuper or r.rolbypassrls from pg_catalog.pg_roles r where r.rolname = current_user),
  'isSuperuser', (select r.rolsuper from pg_catalog.pg_roles r where r.rolname = current_user),
  'markerExists', pg_catalog.to_regclass('agentflow_meta.environment') is not null,
  'markerWritableBy', coalesce((
      select pg_catalog.json_agg(r.rolname) from pg_catalog.pg_roles r
      where not r.rolsuper and r.rolname = any($1)
        and pg_catalog.has_schema_privilege(r.oid, pg_catalog.to_regnamespace('agentflow_meta')::oid, 'USAGE')
        and pg_catalog.has_any_column_privilege(r.oid, pg_catalog.to_regclass('agentflow_meta.environment')::oid, 'INSERT, UPDATE')), '[]'),
  'assumable', coalesce((select pg_catalog.json_agg(r.rolname) from pg_catalog.pg_roles r
      where r.rolname = any($1) and pg_catalog.pg_has_role(current_user, r.oid, 'MEMBER')), '[]'))::text
