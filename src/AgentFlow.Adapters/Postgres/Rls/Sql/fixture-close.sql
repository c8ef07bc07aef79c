-- The registry goes with its last fixture, so that nothing stays behind.
do $agentflow$
begin
  if not exists (select from agentflow_meta.tenant_fixture) then
    drop table agentflow_meta.tenant_fixture_row, agentflow_meta.tenant_fixture;
  end if;
end
$agentflow$
