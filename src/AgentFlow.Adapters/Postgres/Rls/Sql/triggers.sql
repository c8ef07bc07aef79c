select coalesce(pg_catalog.json_agg(pg_catalog.json_build_object(
  'name', t.tgname,
  'relation', t.tgrelid::bigint,
  'routine', t.tgfoid::bigint,
  'before', (t.tgtype & 2) <> 0,
  'insteadOf', (t.tgtype & 64) <> 0,
  'eachRow', (t.tgtype & 1) <> 0,
  'onInsert', (t.tgtype & 4) <> 0,
  'onDelete', (t.tgtype & 8) <> 0,
  'onUpdate', (t.tgtype & 16) <> 0,
  'enabled', t.tgenabled <> 'D')), '[]')::text
from pg_catalog.pg_trigger t where not t.tgisinternal
