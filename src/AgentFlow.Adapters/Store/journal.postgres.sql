-- Two first users at once: the second waits here and then finds everything made.
select pg_advisory_xact_lock(6872316420144721920);

create schema if not exists agentflow;

create table if not exists agentflow.journal_entry (
  stream text not null check (length(stream) between 1 and 200),
  sequence bigint not null check (sequence > 0),
  recorded_at text not null,
  actor text not null,
  type text not null,
  subject text not null,
  data text not null check (data::jsonb is not null),
  previous_hash text not null check (length(previous_hash) = 64),
  hash text not null check (length(hash) = 64),
  primary key (stream, sequence)
);

create or replace function agentflow.refuse_change() returns trigger language plpgsql set search_path = '' as $$
begin
  raise exception 'journal entries are never changed or removed' using errcode = 'AF001';
end $$;

create or replace function agentflow.append_only() returns trigger language plpgsql set search_path = '' as $$
declare
  last record;
begin
  select e.sequence, e.hash into last from agentflow.journal_entry e
  where e.stream = new.stream order by e.sequence desc limit 1;
  if new.sequence <> coalesce(last.sequence, 0) + 1 or new.previous_hash <> coalesce(last.hash, repeat('0', 64)) then
    raise exception 'journal entries are only appended' using errcode = 'AF001';
  end if;
  return new;
end $$;

create or replace trigger journal_entry_no_change before update or delete on agentflow.journal_entry
for each row execute function agentflow.refuse_change();

create or replace trigger journal_entry_no_truncate before truncate on agentflow.journal_entry
for each statement execute function agentflow.refuse_change();

create or replace trigger journal_entry_append_only before insert on agentflow.journal_entry
for each row execute function agentflow.append_only();

-- A session that sets session_replication_role still fires these.
alter table agentflow.journal_entry enable always trigger journal_entry_no_change;
alter table agentflow.journal_entry enable always trigger journal_entry_no_truncate;
alter table agentflow.journal_entry enable always trigger journal_entry_append_only;

revoke all on schema agentflow from public;
revoke all on all tables in schema agentflow from public;
revoke all on all functions in schema agentflow from public;

-- The roles behind the public API of Supabase receive default privileges on new objects in some projects.
do $$
declare
  api_role text;
begin
  for api_role in select rolname from pg_catalog.pg_roles where rolname in ('anon', 'authenticated', 'service_role', 'authenticator') loop
    execute format('revoke all on schema agentflow from %I', api_role);
    execute format('revoke all on all tables in schema agentflow from %I', api_role);
    execute format('revoke all on all functions in schema agentflow from %I', api_role);
  end loop;
end $$;
