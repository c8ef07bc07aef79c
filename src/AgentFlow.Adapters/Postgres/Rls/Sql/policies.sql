select coalesce(pg_catalog.json_agg(pg_catalog.json_build_object(
  'oid', p.oid::bigint,
  'relation', p.polrelid::bigint,
  'name', p.polname,
  'permissive', p.polpermissive,
  'command', p.polcmd::text,
  'roles', (select pg_catalog.json_agg(case when r = 0 then 'public' else pg_catalog.pg_get_userbyid(r)::text end) from pg_catalog.unnest(p.polroles) r),
  'using', pg_catalog.pg_get_expr(p.polqual, p.polrelid),
  'check', pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid),
  'columns', coalesce((select pg_catalog.json_agg(distinct d.refobjsubid) from pg_catalog.pg_depend d
      where d.classid = 'pg_catalog.pg_policy'::regclass and d.objid = p.oid and d.refclassid = 'pg_catalog.pg_class'::regclass
        and d.refobjid = p.polrelid and d.refobjsubid > 0), '[]'),
  'readsRelations', coalesce((select pg_catalog.json_agg(distinct d.refobjid::bigint) from pg_catalog.pg_depend d
      where d.classid = 'pg_catalog.pg_policy'::regclass and d.objid = p.oid and d.refclassid = 'pg_catalog.pg_class'::regclass
        and d.refobjid <> p.polrelid), '[]'),
  'callsRoutines', coalesce((select pg_catalog.json_agg(distinct d.refobjid::bigint) from pg_catalog.pg_depend d
      where d.classid = 'pg_catalog.pg_policy'::regclass and d.objid = p.oid and d.refclassid = 'pg_catalog.pg_proc'::regclass), '[]'))), '[]')::text
from pg_catalog.pg_policy p
