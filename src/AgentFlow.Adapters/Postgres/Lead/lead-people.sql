-- An active member of the test tenant, and one of another tenant who is no member of it.
select
  (select t."user_id"::text from {memberships} t where t.{tenant} = $1::{tenantType} and t."status"::text = 'active' order by 1 limit 1),
  (select t."user_id"::text from {memberships} t
   where t.{tenant} <> $1::{tenantType} and t."status"::text = 'active'
     and not exists (select from {memberships} o where o."user_id" = t."user_id" and o.{tenant} = $1::{tenantType})
   order by 1 limit 1),
  exists (select from {memberships} t where t.{tenant} = $1::{tenantType} and t."user_id"::text = $2)
