-- Where fixtures are written down: beside the marker, out of reach of tenants.
create table if not exists agentflow_meta.tenant_fixture (
  name text primary key,
  created_at timestamptz not null default now(),
  tenants jsonb not null,
  users jsonb not null
);
create table if not exists agentflow_meta.tenant_fixture_row (
  fixture text not null references agentflow_meta.tenant_fixture on delete cascade,
  relation text not null,
  key jsonb not null,
  primary key (fixture, relation, key)
);
revoke all on agentflow_meta.tenant_fixture, agentflow_meta.tenant_fixture_row from public;
