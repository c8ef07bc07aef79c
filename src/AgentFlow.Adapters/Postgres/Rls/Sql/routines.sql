with api as (select r.oid, r.rolname from pg_catalog.pg_roles r where r.rolname = any($1))
select coalesce(pg_catalog.json_agg(pg_catalog.json_build_object(
  'oid', p.oid::bigint,
  'schema', n.nspname,
  'name', p.proname,
  'signature', pg_catalog.format('%s.%s(%s)', pg_catalog.quote_ident(n.nspname), pg_catalog.quote_ident(p.proname), (
      select coalesce(pg_catalog.string_agg(pg_catalog.format_type(t, null), ',' order by i), '') from pg_catalog.unnest(p.proargtypes::oid[]) with ordinality a(t, i))),
  'kind', p.prokind::text,
  'language', l.lanname,
  'owner', pg_catalog.pg_get_userbyid(p.proowner),
  'definer', p.prosecdef,
  'volatility', p.provolatile::text,
  'leakproof', p.proleakproof,
  'strict', p.proisstrict,
  'settings', coalesce(pg_catalog.to_json(p.proconfig), '[]'),
  'source', coalesce(pg_catalog.pg_get_function_sqlbody(p.oid), p.prosrc),
  'returns', pg_catalog.format_type(p.prorettype, null),
  'returnsSet', p.proretset,
  'returnsRelation', nullif(y.typrelid, 0)::bigint,
  'returnColumns', coalesce((select pg_catalog.json_agg(pg_catalog.json_build_object('name', coalesce(p.proargnames[i], ''), 'type', pg_catalog.format_type(p.proallargtypes[i], null)) order by i)
      from pg_catalog.generate_subscripts(p.proargmodes, 1) i where p.proargmodes[i] in ('t', 'o', 'b')), '[]'),
  'arguments', coalesce((select pg_catalog.json_agg(pg_catalog.json_build_object(
        'name', coalesce(p.proargnames[coalesce((select k from (select k, pg_catalog.row_number() over (order by k) as place from pg_catalog.generate_subscripts(p.proargmodes, 1) k where p.proargmodes[k] in ('i', 'b', 'v')) m where m.place = a.i), a.i)::int], ''),
        'type', pg_catalog.format_type(a.t, null)) order by a.i)
      from pg_catalog.unnest(p.proargtypes::oid[]) with ordinality a(t, i)), '[]'),
  'callableBy', coalesce((select pg_catalog.json_agg(api.rolname) from api where pg_catalog.has_function_privilege(api.oid, p.oid, 'EXECUTE')), '[]'),
  'publicMayCall', p.proacl is null or exists (select 1 from pg_catalog.aclexplode(p.proacl) a where a.grantee = 0 and a.privilege_type = 'EXECUTE'),
  'grants', coalesce((select pg_catalog.json_agg(pg_catalog.json_build_object(
      'grantee', case when a.grantee = 0 then 'PUBLIC' else pg_catalog.pg_get_userbyid(a.grantee) end,
      'privilege', a.privilege_type, 'grantable', a.is_grantable)) from pg_catalog.aclexplode(p.proacl) a where a.grantee <> p.proowner), '[]'),
  'fromExtension', exists (select 1 from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'))), '[]')::text
from pg_catalog.pg_proc p
join pg_catalog.pg_namespace n on n.oid = p.pronamespace
join pg_catalog.pg_language l on l.oid = p.prolang
join pg_catalog.pg_type y on y.oid = p.prorettype
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and p.prokind in ('f', 'p', 'w')
