select t."id"::text, t.{tenant}::text, ({status})::text
from {table} t
where {lead} = any ($1::{leadType}[])
order by 1
limit 1000
