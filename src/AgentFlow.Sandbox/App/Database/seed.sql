-- Two tenants with users in every state of membership, and some history.
insert into public.organizations (id, name) values
  ('7c1f0000-0000-4000-8000-00000000000a', 'Rehearsal tenant'),
  ('7c1f0000-0000-4000-8000-00000000000b', 'Neighbour tenant');

insert into auth.users (id, email) values
  ('7c1f0000-0000-4000-8000-0000000001a1', 'owner-a@agentflow.invalid'),
  ('7c1f0000-0000-4000-8000-0000000001a2', 'member-a@agentflow.invalid'),
  ('7c1f0000-0000-4000-8000-0000000001a3', 'suspended-a@agentflow.invalid'),
  ('7c1f0000-0000-4000-8000-0000000001b1', 'owner-b@agentflow.invalid'),
  ('7c1f0000-0000-4000-8000-0000000001b2', 'member-b@agentflow.invalid'),
  ('7c1f0000-0000-4000-8000-0000000001c1', 'nobody@agentflow.invalid');

insert into public.memberships (organization_id, user_id, role, status) values
  ('7c1f0000-0000-4000-8000-00000000000a', '7c1f0000-0000-4000-8000-0000000001a1', 'owner', 'active'),
  ('7c1f0000-0000-4000-8000-00000000000a', '7c1f0000-0000-4000-8000-0000000001a2', 'member', 'active'),
  ('7c1f0000-0000-4000-8000-00000000000a', '7c1f0000-0000-4000-8000-0000000001a3', 'member', 'suspended'),
  ('7c1f0000-0000-4000-8000-00000000000b', '7c1f0000-0000-4000-8000-0000000001b1', 'owner', 'active'),
  ('7c1f0000-0000-4000-8000-00000000000b', '7c1f0000-0000-4000-8000-0000000001b2', 'member', 'active');

insert into public.leads (organization_id, name, email, company, source, status)
select o.id, 'Lead ' || n, 'lead-' || n || '@agentflow.invalid', 'Example', 'seed', 'qualified'
from public.organizations o cross join generate_series(1, 5) n;

insert into public.qualifications (organization_id, lead_id, status, score, finished_at)
select l.organization_id, l.id, 'qualified', 70, now() from public.leads l;

insert into public.audit_events (organization_id, actor_id, action, lead_id)
select l.organization_id, m.user_id, 'lead.qualified', l.id
from public.leads l join public.memberships m on m.organization_id = l.organization_id and m.role = 'owner';

insert into public.usage_counters (organization_id, metric, period, value)
select o.id, 'leads_qualified', date_trunc('month', now())::date, 5 from public.organizations o;

-- The tenants use a CRM; chat is an integration that exists and that neither has set up.
insert into public.integrations (organization_id, provider) select o.id, 'crm' from public.organizations o;

insert into public.subscriptions (organization_id, status, customer_id)
select o.id, 'active', 'cus_rehearsal' || right(o.id::text, 1) from public.organizations o;

insert into public.billing_events (organization_id, event_id, type, processing_status, processed_at)
select o.id, 'evt_rehearsal' || right(o.id::text, 1), 'invoice.paid', 'processed', now() from public.organizations o;
