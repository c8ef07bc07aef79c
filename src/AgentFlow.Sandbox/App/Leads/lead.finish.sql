-- One statement: state, counter, audit event and integrations appear together or not at all.
with finished as (
  update public.qualifications set status = $2, score = case when $2 = 'qualified' then 80 end, finished_at = now()
  where lead_id = $1 and status = 'processing'
  returning organization_id, lead_id
),
lead as (
  update public.leads l set status = $2 from finished f where l.id = f.lead_id
),
usage as (
  insert into public.usage_counters (organization_id, metric, period, value)
  select f.organization_id, 'leads_qualified', date_trunc('month', now())::date, $3 from finished f where $3 > 0
  on conflict (organization_id, metric, period) do update set value = usage_counters.value + excluded.value
),
audit as (
  insert into public.audit_events (organization_id, actor_id, action, lead_id, payload)
  select f.organization_id, m.user_id, 'lead.qualified', f.lead_id, jsonb_build_object('status', $2)
  from finished f join public.memberships m on m.organization_id = f.organization_id and m.role = 'owner' and m.status = 'active'
  where $4
)
insert into public.integration_events (organization_id, lead_id, integration, status)
select f.organization_id, f.lead_id, i.provider, $5
from finished f join public.integrations i on i.organization_id = f.organization_id and i.enabled;
