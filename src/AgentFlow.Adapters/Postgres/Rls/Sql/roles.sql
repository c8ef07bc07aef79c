with recursive reach(member, roleid) as (
  select m.member, m.roleid from pg_catalog.pg_auth_members m
  union
  select r.member, m.roleid from reach r join pg_catalog.pg_auth_members m on m.member = r.roleid)
select coalesce(pg_catalog.json_agg(pg_catalog.json_build_object(
  'name', r.rolname,
  'isSuperuser', r.rolsuper,
  'inherits', r.rolinherit,
  'createsRoles', r.rolcreaterole,
  'createsDatabases', r.rolcreatedb,
  'canLogin', r.rolcanlogin,
  'replicates', r.rolreplication,
  'bypassesRls', r.rolbypassrls,
  'memberOf', coalesce((select pg_catalog.json_agg(distinct t.rolname) from reach x join pg_catalog.pg_roles t on t.oid = x.roleid where x.member = r.oid), '[]'))), '[]')::text
from pg_catalog.pg_roles r
