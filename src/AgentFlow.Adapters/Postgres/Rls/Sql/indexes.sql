select coalesce(pg_catalog.json_agg(pg_catalog.json_build_object(
  'name', i.relname,
  'relation', x.indrelid::bigint,
  'columns', (select pg_catalog.json_agg(k order by o) from pg_catalog.unnest(x.indkey::int2[]) with ordinality u(k, o) where o <= x.indnkeyatts),
  'unique', x.indisunique,
  'primary', x.indisprimary,
  'partial', x.indpred is not null,
  'definition', pg_catalog.pg_get_indexdef(x.indexrelid))), '[]')::text
from pg_catalog.pg_index x
join pg_catalog.pg_class i on i.oid = x.indexrelid
join pg_catalog.pg_namespace n on n.oid = i.relnamespace
where x.indisvalid and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
