-- For each wanted column: its type (null when there is none) and whether this role may read it.
select w.part, w.name, pg_catalog.format_type(a.atttypid, null), coalesce(pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'select'), false)
from unnest($1::text[], $2::text[], $3::text[]) as w(part, relation, name)
left join pg_catalog.pg_attribute a
  on a.attrelid = pg_catalog.to_regclass(w.relation) and a.attname = w.name and a.attnum > 0 and not a.attisdropped
