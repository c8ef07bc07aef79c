using AgentFlow.TestKit.Database;

namespace AgentFlow.Benchmarks.Rls;

/// <summary>A schema of many equal tenant tables, and the same rows in one table behind a helper that is called for each row.</summary>
internal static class RlsData
{
    /// <summary>Fills a database; the statistics are fresh afterwards.</summary>
    public static async Task MakeAsync(PostgresServer server, string database, RlsScale scale)
    {
        await server.ExecuteAsync(
            database,
            """
            do $$ declare r text; begin foreach r in array array['anon', 'authenticated'] loop if not exists (select from pg_roles where rolname = r) then execute format('create role %I', r); end if; end loop; end $$;
            create schema auth; create schema private; create schema agentflow_meta;
            grant usage on schema public, auth, private to anon, authenticated;
            create table agentflow_meta.environment (singleton boolean primary key default true check (singleton), name text not null, rls_probe_allowed boolean not null);
            insert into agentflow_meta.environment values (true, 'test', true);
            create table auth.users (id uuid primary key, email text);
            create function auth.uid() returns uuid language sql stable set search_path = '' as $f$ select (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid $f$;
            create table public.organizations (id uuid primary key default gen_random_uuid(), name text not null);
            create table public.memberships (organization_id uuid not null references public.organizations, user_id uuid not null references auth.users, role text not null, status text not null, primary key (organization_id, user_id));
            create index on public.memberships (user_id);
            create function private.user_org_ids() returns setof uuid language sql stable security definer set search_path = '' rows 5 as $f$ select m.organization_id from public.memberships m where m.user_id = (select auth.uid()) and m.status = 'active' $f$;
            create function private.is_member(org uuid) returns boolean language sql stable security definer set search_path = '' as $f$ select exists (select 1 from public.memberships m where m.user_id = (select auth.uid()) and m.status = 'active' and m.organization_id = org) $f$;
            alter table public.organizations enable row level security; alter table public.memberships enable row level security;
            grant select on public.organizations, public.memberships to authenticated;
            create policy o on public.organizations for select to authenticated using (id in (select private.user_org_ids()));
            create policy m on public.memberships for select to authenticated using (organization_id in (select private.user_org_ids()));
            """);
        await server.ExecuteAsync(
            database,
            $"""
            insert into public.organizations (name) select 't' || n from generate_series(1, {scale.Tenants}) n;
            with u as (insert into auth.users select gen_random_uuid(), 'u' || n || '@example.test' from generate_series(1, {scale.Tenants * 3} + 1) n returning id),
              n as (select id, row_number() over (order by id) - 1 as k from u), o as (select id, row_number() over (order by id) - 1 as k from public.organizations)
            insert into public.memberships select o.id, n.id, (array['owner', 'admin', 'member'])[1 + n.k / {scale.Tenants}], 'active' from n join o on o.k = n.k % {scale.Tenants} where n.k < {scale.Tenants * 3};
            do $$ begin for i in 1..{scale.Tables} loop
              execute format('create table public.data_%s (id bigint primary key, organization_id uuid not null, kind text not null, note text)', i);
              execute format('insert into public.data_%s select n, o.id, (array[''new'', ''won'', ''lost''])[1 + n %% 3], repeat(''x'', 40) from generate_series(1, {scale.RowsPerTable}) n join (select id, row_number() over (order by id) - 1 as k from public.organizations) o on o.k = n %% {scale.Tenants}', i);
              execute format('create index on public.data_%s (organization_id); alter table public.data_%s enable row level security; grant select on public.data_%s to authenticated', i, i, i);
              execute format('create policy d on public.data_%s for select to authenticated using (organization_id in (select private.user_org_ids()))', i);
            end loop; end $$;
            vacuum analyze;
            """.Replace("vacuum analyze;", string.Empty, StringComparison.Ordinal));
        await server.ExecuteAsync(database, "vacuum analyze");
    }

    /// <summary>One table whose policy calls a helper for each row.</summary>
    public static async Task AddPerRowAsync(PostgresServer server, string database, int rows)
    {
        await server.ExecuteAsync(
            database,
            $"""
            create table public.slow (id bigint primary key, organization_id uuid not null, note text);
            insert into public.slow select n, o.id, 'x' from generate_series(1, {rows}) n join (select id, row_number() over (order by id) - 1 as k, count(*) over () as c from public.organizations) o on o.k = n % o.c;
            create index on public.slow (organization_id); alter table public.slow enable row level security; grant select on public.slow to authenticated;
            create policy s on public.slow for select to authenticated using (private.is_member(organization_id));
            """);
        await server.ExecuteAsync(database, "vacuum analyze public.slow");
    }
}
