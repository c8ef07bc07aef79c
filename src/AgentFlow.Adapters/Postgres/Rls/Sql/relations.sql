with api as (select r.oid, r.rolname from pg_catalog.pg_roles r where r.rolname = any($1)),
rel as (
  select c.*, n.nspname
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and not exists (select 1 from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'))
select coalesce(pg_catalog.json_agg(pg_catalog.json_build_object(
  'oid', c.oid::bigint,
  'schema', c.nspname,
  'name', c.relname,
  'kind', c.relkind::text,
  'owner', pg_catalog.pg_get_userbyid(c.relowner),
  'rowSecurity', c.relrowsecurity,
  'forced', c.relforcerowsecurity,
  'rows', case when c.reltuples >= 0 then c.reltuples::float8 when c.relkind in ('r', 'm') then (pg_catalog.pg_relation_size(c.oid) / 80)::float8 else -1 end,
  'pages', c.relpages,
  'options', coalesce(pg_catalog.to_json(c.reloptions), '[]'),
  'parent', (select i.inhparent::bigint from pg_catalog.pg_inherits i where i.inhrelid = c.oid order by i.inhseqno limit 1),
  'partitionKey', coalesce((select pg_catalog.to_json(p.partattrs::int2[]) from pg_catalog.pg_partitioned_table p where p.partrelid = c.oid), '[]'),
  'updatable', pg_catalog.pg_relation_is_updatable(c.oid, false),
  'definition', case when c.relkind in ('v', 'm') then pg_catalog.pg_get_viewdef(c.oid) end,
  'readsRelations', coalesce((
      select pg_catalog.json_agg(distinct d.refobjid::bigint) from pg_catalog.pg_rewrite w
      join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = w.oid
      where w.ev_class = c.oid and w.ev_type = '1' and c.relkind in ('v', 'm') and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid <> c.oid), '[]'),
  'callsRoutines', coalesce((
      select pg_catalog.json_agg(distinct d.refobjid::bigint) from pg_catalog.pg_rewrite w
      join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = w.oid
      where w.ev_class = c.oid and d.refclassid = 'pg_catalog.pg_proc'::regclass), '[]'),
  'rules', coalesce((
      select pg_catalog.json_agg(pg_catalog.json_build_object('name', w.rulename, 'definition', pg_catalog.pg_get_ruledef(w.oid)))
      from pg_catalog.pg_rewrite w where w.ev_class = c.oid and w.rulename <> '_RETURN'), '[]'),
  'access', coalesce((
      select pg_catalog.json_object_agg(api.rolname, (
        select coalesce(pg_catalog.json_agg(p.name), '[]')
        from (values ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE'), ('TRUNCATE'), ('REFERENCES'), ('TRIGGER')) p(name)
        where pg_catalog.has_table_privilege(api.oid, c.oid, p.name))) from api), '{}'),
  'grants', coalesce((
      select pg_catalog.json_agg(pg_catalog.json_build_object(
        'grantee', case when a.grantee = 0 then 'PUBLIC' else pg_catalog.pg_get_userbyid(a.grantee) end,
        'privilege', a.privilege_type, 'grantable', a.is_grantable))
      from pg_catalog.aclexplode(c.relacl) a where a.grantee <> c.relowner), '[]'),
  'columns', coalesce((
      select pg_catalog.json_agg(pg_catalog.json_build_object(
        'number', t.attnum,
        'name', t.attname,
        'type', pg_catalog.format_type(t.atttypid, t.atttypmod),
        'category', y.typcategory::text,
        'notNull', t.attnotnull,
        'default', pg_catalog.pg_get_expr(f.adbin, f.adrelid),
        'identity', t.attidentity::text,
        'generated', t.attgenerated::text,
        'distinct', (select s.n_distinct from pg_catalog.pg_stats s where s.schemaname = c.nspname and s.tablename = c.relname and s.attname = t.attname limit 1),
        'select', coalesce((select pg_catalog.json_agg(api.rolname) from api where pg_catalog.has_column_privilege(api.oid, c.oid, t.attnum, 'SELECT')), '[]'),
        'insert', coalesce((select pg_catalog.json_agg(api.rolname) from api where pg_catalog.has_column_privilege(api.oid, c.oid, t.attnum, 'INSERT')), '[]'),
        'update', coalesce((select pg_catalog.json_agg(api.rolname) from api where pg_catalog.has_column_privilege(api.oid, c.oid, t.attnum, 'UPDATE')), '[]'),
        'labels', coalesce((select pg_catalog.json_agg(e.enumlabel order by e.enumsortorder) from pg_catalog.pg_enum e where e.enumtypid = t.atttypid), '[]'),
        'grants', coalesce((
            select pg_catalog.json_agg(pg_catalog.json_build_object(
              'grantee', case when a.grantee = 0 then 'PUBLIC' else pg_catalog.pg_get_userbyid(a.grantee) end,
              'privilege', a.privilege_type, 'grantable', a.is_grantable))
            from pg_catalog.aclexplode(t.attacl) a), '[]')) order by t.attnum)
      from pg_catalog.pg_attribute t
      join pg_catalog.pg_type y on y.oid = t.atttypid
      left join pg_catalog.pg_attrdef f on f.adrelid = t.attrelid and f.adnum = t.attnum
      where t.attrelid = c.oid and t.attnum > 0 and not t.attisdropped), '[]'))), '[]')::text
from rel c
