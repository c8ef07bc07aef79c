(select coalesce(sum(t.{value}), 0)::numeric from {table} t where {lead} = any ($4::{leadType}[]) and t."metric" = $2)
