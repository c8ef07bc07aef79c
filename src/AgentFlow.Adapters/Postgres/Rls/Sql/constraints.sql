select coalesce(pg_catalog.json_agg(pg_catalog.json_build_object(
  'name', c.conname,
  'relation', c.conrelid::bigint,
  'kind', c.contype::text,
  'columns', pg_catalog.to_json(c.conkey),
  'target', nullif(c.confrelid, 0)::bigint,
  'targetColumns', coalesce(pg_catalog.to_json(c.confkey), '[]'),
  'inherited', c.conparentid <> 0,
  'definition', pg_catalog.pg_get_constraintdef(c.oid))), '[]')::text
from pg_catalog.pg_constraint c join pg_catalog.pg_namespace n on n.oid = c.connamespace
where c.contype in ('f', 'c') and c.conrelid <> 0 and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
