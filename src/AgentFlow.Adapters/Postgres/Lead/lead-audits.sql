select t."id"::text, t.{tenant}::text, coalesce(({actor})::text, '') <> ''
from {table} t
where {lead} = any ($1::{leadType}[])
order by 1
limit 1000
