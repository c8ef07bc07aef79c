select f.tenants::text, f.users::text,
  (select pg_catalog.json_object_agg(r.relation, r.n) from (select x.relation, pg_catalog.count(*) as n from agentflow_meta.tenant_fixture_row x where x.fixture = f.name group by 1) r)::text
from agentflow_meta.tenant_fixture f where f.name = $1
