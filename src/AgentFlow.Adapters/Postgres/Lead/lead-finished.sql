(select count(*) from {table} t where t.{tenant} = $1::{tenantType} and lower(({status})::text) = any ($5::text[]) and not coalesce({lead} = any ($4::{leadType}[]), false))
