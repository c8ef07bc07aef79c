-- The counter over all periods, with what other leads of the tenant can have added to it; all in the same view.
select
  (select coalesce(sum(t.{value}), 0)::numeric from {table} t where t.{tenant} = $1::{tenantType} and t."metric" = $2),
  {attributed},
  (select count(*) from {leads} t where t.{tenant} = $1::{leadTenantType} and {correlation} is distinct from $3),
  {finished}
