-- Schemas, default privileges, sequences and publications in one document.
with api as (select r.oid, r.rolname from pg_catalog.pg_roles r where r.rolname = any($1))
select pg_catalog.json_build_object(
  'schemas', coalesce((select pg_catalog.json_agg(pg_catalog.json_build_object(
      'name', n.nspname,
      'owner', pg_catalog.pg_get_userbyid(n.nspowner),
      'usableBy', coalesce((select pg_catalog.json_agg(api.rolname) from api where pg_catalog.has_schema_privilege(api.oid, n.oid, 'USAGE')), '[]'),
      'creatableBy', coalesce((select pg_catalog.json_agg(api.rolname) from api where pg_catalog.has_schema_privilege(api.oid, n.oid, 'CREATE')), '[]'),
      'grants', coalesce((select pg_catalog.json_agg(pg_catalog.json_build_object(
          'grantee', case when a.grantee = 0 then 'PUBLIC' else pg_catalog.pg_get_userbyid(a.grantee) end,
          'privilege', a.privilege_type, 'grantable', a.is_grantable)) from pg_catalog.aclexplode(n.nspacl) a where a.grantee <> n.nspowner), '[]')))
    from pg_catalog.pg_namespace n where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'), '[]'),
  'defaults', coalesce((select pg_catalog.json_agg(pg_catalog.json_build_object(
      'owner', pg_catalog.pg_get_userbyid(d.defaclrole),
      'schema', n.nspname,
      'objectType', d.defaclobjtype::text,
      'grantee', case when a.grantee = 0 then 'PUBLIC' else pg_catalog.pg_get_userbyid(a.grantee) end,
      'privilege', a.privilege_type))
    from pg_catalog.pg_default_acl d left join pg_catalog.pg_namespace n on n.oid = d.defaclnamespace, lateral pg_catalog.aclexplode(d.defaclacl) a
    where a.grantee <> d.defaclrole), '[]'),
  'sequences', coalesce((select pg_catalog.json_agg(pg_catalog.json_build_object(
      'schema', n.nspname,
      'name', c.relname,
      'ownedBy', (select d.refobjid::bigint from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i') and d.refobjsubid > 0 limit 1),
      'ownedColumn', (select d.refobjsubid from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i') and d.refobjsubid > 0 limit 1),
      'defaultOf', coalesce((select pg_catalog.json_agg(pg_catalog.json_build_object('relation', f.adrelid::bigint, 'column', f.adnum)) from pg_catalog.pg_depend d
          join pg_catalog.pg_attrdef f on f.oid = d.objid
          where d.classid = 'pg_catalog.pg_attrdef'::regclass and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid = c.oid), '[]'),
      'usableBy', coalesce((select pg_catalog.json_agg(api.rolname) from api where pg_catalog.has_sequence_privilege(api.oid, c.oid, 'USAGE, UPDATE')), '[]'),
      'settableBy', coalesce((select pg_catalog.json_agg(api.rolname) from api where pg_catalog.has_sequence_privilege(api.oid, c.oid, 'UPDATE')), '[]')))
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'S' and n.nspname !~ '^pg_'), '[]'),
  'publications', coalesce((select pg_catalog.json_agg(pg_catalog.json_build_object(
      'name', p.pubname,
      'allTables', p.puballtables,
      'schemas', coalesce((select pg_catalog.json_agg(n.nspname) from pg_catalog.pg_publication_namespace s join pg_catalog.pg_namespace n on n.oid = s.pnnspid where s.pnpubid = p.oid), '[]'),
      'tables', coalesce((select pg_catalog.json_agg(pg_catalog.json_build_object('relation', r.prrelid::bigint, 'columns', coalesce(pg_catalog.to_json(r.prattrs::int2[]), '[]'))) from pg_catalog.pg_publication_rel r where r.prpubid = p.oid), '[]')))
    from pg_catalog.pg_publication p), '[]'))::text
