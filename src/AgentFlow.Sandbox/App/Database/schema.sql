-- The rehearsal app's database: a Supabase-like schema with tenant isolation as it should be.
drop schema if exists public, auth, private, agentflow_meta cascade;
create schema public;
create schema auth;
create schema private;
create schema agentflow_meta;

do $$
declare
  name text;
begin
  foreach name in array array['anon', 'authenticated', 'service_role', 'authenticator'] loop
    if not exists (select from pg_roles where rolname = name) then
      execute format('create role %I', name);
      case name
        when 'service_role' then execute 'alter role service_role bypassrls';
        when 'authenticator' then execute 'alter role authenticator noinherit';
        else null;
      end case;
    end if;
  end loop;
  grant anon, authenticated, service_role to authenticator;
exception
  -- Two rehearsals on one server may arrive here at the same time; the roles are the same.
  when duplicate_object or unique_violation then null;
end
$$;

revoke all on schema public from public;
grant usage on schema public, auth to anon, authenticated, service_role;
grant usage on schema private to authenticated, service_role;

create table agentflow_meta.environment (
  singleton boolean primary key default true check (singleton),
  name text not null check (name in ('local', 'ci', 'test', 'staging', 'production')),
  rls_probe_allowed boolean not null default false
);
insert into agentflow_meta.environment (name, rls_probe_allowed) values ('local', true);

create table auth.users (
  id uuid primary key,
  email text unique,
  created_at timestamptz not null default now()
);
alter table auth.users enable row level security;

create function auth.jwt() returns jsonb language sql stable set search_path = ''
  as $$ select coalesce(nullif(current_setting('request.jwt.claims', true), '')::jsonb, '{}'::jsonb) $$;
create function auth.uid() returns uuid language sql stable set search_path = ''
  as $$ select nullif(coalesce(auth.jwt() ->> 'sub', current_setting('request.jwt.claim.sub', true)), '')::uuid $$;
create function auth.role() returns text language sql stable set search_path = ''
  as $$ select coalesce(auth.jwt() ->> 'role', current_user::text) $$;
revoke execute on all functions in schema auth from public;
grant execute on all functions in schema auth to anon, authenticated, service_role;

create table public.organizations (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  created_at timestamptz not null default now()
);

create table public.memberships (
  organization_id uuid not null references public.organizations on delete cascade,
  user_id uuid not null references auth.users on delete cascade,
  role text not null check (role in ('owner', 'admin', 'member')),
  status text not null default 'invited' check (status in ('active', 'invited', 'suspended')),
  created_at timestamptz not null default now(),
  primary key (organization_id, user_id)
);
create index memberships_user_idx on public.memberships (user_id);

create table public.leads (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  name text not null,
  email text not null,
  company text,
  message text,
  source text,
  correlation_id text,
  status text not null default 'new',
  created_at timestamptz not null default now(),
  unique (organization_id, id)
);
create index leads_organization_idx on public.leads (organization_id, created_at);
create index leads_correlation_idx on public.leads (correlation_id);

create table public.qualifications (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  lead_id uuid not null,
  status text not null check (status in ('pending', 'processing', 'qualified', 'disqualified', 'failed')),
  score integer,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  foreign key (organization_id, lead_id) references public.leads (organization_id, id)
);
create index qualifications_lead_idx on public.qualifications (organization_id, lead_id);

create table public.usage_counters (
  organization_id uuid not null references public.organizations on delete cascade,
  metric text not null,
  period date not null,
  value bigint not null default 0,
  primary key (organization_id, metric, period)
);

create table public.audit_events (
  id bigint generated always as identity primary key,
  organization_id uuid not null references public.organizations on delete cascade,
  actor_id uuid,
  action text not null,
  lead_id uuid,
  payload jsonb not null default '{}',
  created_at timestamptz not null default now()
);
create index audit_events_organization_idx on public.audit_events (organization_id, created_at);
create index audit_events_lead_idx on public.audit_events (lead_id);

create table public.integrations (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  provider text not null,
  enabled boolean not null default true,
  unique (organization_id, provider)
);

create table public.integration_events (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  lead_id uuid not null,
  integration text not null,
  status text not null,
  created_at timestamptz not null default now(),
  foreign key (organization_id, lead_id) references public.leads (organization_id, id)
);
create index integration_events_lead_idx on public.integration_events (organization_id, lead_id);

create table public.billing_events (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references public.organizations on delete cascade,
  event_id text not null unique,
  type text not null,
  processing_status text not null default 'received' check (processing_status in ('received', 'processing', 'processed', 'failed', 'ignored')),
  payload jsonb not null default '{}',
  received_at timestamptz not null default now(),
  processed_at timestamptz
);
create index billing_events_organization_idx on public.billing_events (organization_id);

create table public.subscriptions (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null unique references public.organizations on delete cascade,
  status text not null,
  customer_id text,
  updated_at timestamptz not null default now()
);

-- Who belongs where. Definer functions with a fixed search path, so that policies do not ask memberships through its own policy.
create function private.member_of() returns setof uuid language sql stable security definer set search_path = ''
  as $$ select m.organization_id from public.memberships m where m.user_id = (select auth.uid()) and m.status = 'active' $$;
create function private.administrator_of() returns setof uuid language sql stable security definer set search_path = ''
  as $$ select m.organization_id from public.memberships m where m.user_id = (select auth.uid()) and m.status = 'active' and m.role in ('owner', 'admin') $$;
revoke execute on all functions in schema private from public;
grant execute on all functions in schema private to authenticated, service_role;

do $$
declare
  name text;
begin
  foreach name in array array['organizations', 'memberships', 'leads', 'qualifications', 'usage_counters', 'audit_events',
                              'integrations', 'integration_events', 'billing_events', 'subscriptions'] loop
    execute format('alter table public.%I enable row level security', name);
    execute format('grant select on public.%I to authenticated', name);
    execute format('grant select, insert, update, delete on public.%I to service_role', name);
  end loop;
end
$$;
grant insert, update, delete on public.leads to authenticated;

create policy organizations_select on public.organizations for select to authenticated
  using (id in (select private.member_of()));
create policy memberships_select on public.memberships for select to authenticated
  using (organization_id in (select private.member_of()));
create policy leads_select on public.leads for select to authenticated
  using (organization_id in (select private.member_of()));
create policy leads_insert on public.leads for insert to authenticated
  with check (organization_id in (select private.member_of()));
create policy leads_update on public.leads for update to authenticated
  using (organization_id in (select private.member_of())) with check (organization_id in (select private.member_of()));
create policy leads_delete on public.leads for delete to authenticated
  using (organization_id in (select private.administrator_of()));
create policy qualifications_select on public.qualifications for select to authenticated
  using (organization_id in (select private.member_of()));
create policy usage_counters_select on public.usage_counters for select to authenticated
  using (organization_id in (select private.member_of()));
create policy audit_events_select on public.audit_events for select to authenticated
  using (organization_id in (select private.administrator_of()));
create policy integrations_select on public.integrations for select to authenticated
  using (organization_id in (select private.administrator_of()));
create policy integration_events_select on public.integration_events for select to authenticated
  using (organization_id in (select private.member_of()));
create policy billing_events_select on public.billing_events for select to authenticated
  using (organization_id in (select private.administrator_of()));
create policy subscriptions_select on public.subscriptions for select to authenticated
  using (organization_id in (select private.administrator_of()));
