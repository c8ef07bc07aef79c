select t."provider"::text
from {table} t
where t.{tenant} = $1::{tenantType} and t."enabled"
