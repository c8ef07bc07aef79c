select current_user::text,
  r.rolsuper,
  r.rolbypassrls,
  r.rolcreaterole,
  nullif(r.rolvaliduntil, 'infinity'),
  clock_timestamp(),
  exists (select from pg_catalog.pg_roles a where a.rolname = 'authenticated')
    and pg_catalog.pg_has_role(current_user, 'authenticated', 'member')
from pg_catalog.pg_roles r
where r.rolname = current_user
