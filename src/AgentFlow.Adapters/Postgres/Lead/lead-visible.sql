select count(*) from {table} t where {lead} = any ($1::{leadType}[])
