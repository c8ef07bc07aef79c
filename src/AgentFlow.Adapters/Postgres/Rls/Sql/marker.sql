-- The non-production marker; more than one row means that nobody can say which one counts.
select pg_catalog.json_agg(pg_catalog.json_build_object('name', e.name, 'probeAllowed', e.rls_probe_allowed))::text
from agentflow_meta.environment e
