-- The verifier itself is only for superusers to see; a role without a password is marked by a validity that has passed.
select r.rolname,
  r.rolcanlogin,
  r.rolvaliduntil is null or r.rolvaliduntil > now(),
  (select count(*) from pg_catalog.pg_stat_activity a where a.usename = r.rolname)::int
from pg_catalog.pg_roles r
where r.rolname = any(@roles)
order by r.rolname
