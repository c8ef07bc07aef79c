-- The roles of Supabase's API that this role may take on.
select r.rolname::text
from pg_catalog.pg_roles r
where r.rolname in ('authenticated', 'anon') and pg_catalog.pg_has_role(current_user, r.oid, 'member')
