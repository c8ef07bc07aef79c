-- One row names the environment; of several only production counts, since nobody can say which one is meant.
select case
  when bool_or(lower(e.name) in ('production', 'prod', 'live')) then 'production'
  when count(*) = 1 then min(e.name)
end
from agentflow_meta.environment e
