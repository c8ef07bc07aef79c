-- Lead rows with the correlation id, in any tenant.
select t."id"::text, t.{tenant}::text
from {leads} t
where {correlation} = $1
order by 1
limit 100
