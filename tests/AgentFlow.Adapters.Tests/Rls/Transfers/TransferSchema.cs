namespace AgentFlow.Adapters.Tests.Rls.Transfers;

/// <summary>Writes a correct multi-tenant schema of a shape: tenants, memberships, helpers, tables of several kinds with policies, grants, rows and the marker.</summary>
public sealed class TransferSchema(TransferShape shape)
{
    private readonly string _s = shape.Schema;

    /// <summary>The whole script, for an empty database.</summary>
    public string Write() => string.Join("\n", Roles(), Base(), Members(), Helpers(), Tables(), Policies(), Grants(), Rows(), "analyze;");

    /// <summary>The condition of a policy on <paramref name="table"/>: the tenant in <paramref name="column"/> is the caller's, by any active membership (0) or one of so many of the highest roles.</summary>
    public string Mine(string column, string table, int ranks = 0, bool active = true)
    {
        string role = Suffix(ranks);
        return shape.Helper switch
        {
            HelperKind.SetOf => $"{column} in (select private.my_{shape.Root}{role}())",
            HelperKind.Array => $"{column} = any ((select private.my_{shape.Root}{role}())::{shape.Key}[])",
            HelperKind.Inline => $"exists (select 1 from {shape.Members} m where m.{shape.Tenant} = {table}.{column} and m.{shape.User} = (select auth.uid()){(active ? $" and {shape.Active}" : string.Empty)}{(ranks > 0 ? $" and m.role in ({Highest(ranks)})" : string.Empty)})",
            HelperKind.Claim => $"{column} = ((select auth.jwt()) -> 'app_metadata' ->> '{shape.Tenant}')::{shape.Key} and {column} in (select private.my_{shape.Root}{role}())",
            _ => $"private.my_{shape.Root}{role}({column})",
        };
    }

    /// <summary>The helper functions, with or without the condition that the membership is active.</summary>
    public string Helpers(bool active = true)
    {
        string when = active ? shape.Active : "true";
        return shape.Helper == HelperKind.Inline ? string.Empty : Helper(Suffix(0), when) + Helper(Suffix(1), $"{when} and m.role in ({Highest(1)})") + Helper(Suffix(2), $"{when} and m.role in ({Highest(2)})")
            + "\ngrant execute on all functions in schema private to authenticated;";
    }

    private string Helper(string suffix, string when)
    {
        string from = $"from {shape.Members} m where m.{shape.User} = (select auth.uid()) and {when}";
        string head = $"\ncreate or replace function private.my_{shape.Root}{suffix}";
        string tail = "stable security definer set search_path = ''";
        return shape.Helper switch
        {
            HelperKind.Array => $"{head}() returns {shape.Key}[] language sql {tail} as $f$ select coalesce(array_agg(m.{shape.Tenant}), '{{}}') {from} $f$;",
            HelperKind.Plpgsql => $"{head}(wanted {shape.Key}) returns boolean language plpgsql {tail} as $f$ begin return exists (select 1 {from} and m.{shape.Tenant} = wanted); end $f$;",
            HelperKind.PerRow => $"{head}(wanted {shape.Key}) returns boolean language sql {tail} as $f$ select exists (select 1 {from} and m.{shape.Tenant} = wanted) $f$;",
            _ => $"{head}() returns setof {shape.Key} language sql {tail} as $f$ select m.{shape.Tenant} {from} $f$;",
        };
    }

    private static string Suffix(int ranks) => ranks switch { 0 => string.Empty, 1 => "_top", _ => "_high" };

    private string Highest(int ranks) => string.Join(", ", shape.Roles.Take(ranks).Select(role => $"'{role}'"));

    private static string Roles() => """
        do $$ declare r text; begin
          foreach r in array array['anon','authenticated','service_role','authenticator'] loop
            if not exists (select from pg_roles where rolname = r) then execute format('create role %I', r); end if;
          end loop;
        end $$;
        alter role service_role bypassrls; alter role authenticator noinherit;
        grant anon, authenticated, service_role to authenticator;
        revoke all on schema public from public;
        alter default privileges revoke execute on functions from public;
        """;

    private string Base()
    {
        IEnumerable<string> schemas = new[] { "auth", "private", "agentflow_meta", shape.MemberSchema, _s }.Where(name => name != "public").Distinct();
        return $$"""
            {{string.Join(" ", schemas.Select(name => $"create schema {name};"))}}
            grant usage on schema {{_s}}, auth to anon, authenticated, service_role;
            grant usage on schema private to authenticated, service_role;
            create table agentflow_meta.environment (singleton boolean primary key default true check (singleton), name text not null, rls_probe_allowed boolean not null);
            insert into agentflow_meta.environment values (true, 'test', true);
            create table auth.users (id {{shape.UserKey}} primary key, email text unique, raw_app_meta_data jsonb not null default '{}', raw_user_meta_data jsonb not null default '{}');
            alter table auth.users enable row level security;
            create function auth.jwt() returns jsonb language sql stable set search_path = '' as $f$ select coalesce(nullif(current_setting('request.jwt.claims', true), '')::jsonb, '{}'::jsonb) $f$;
            create function auth.uid() returns {{shape.UserKey}} language sql stable set search_path = '' as $f$ select nullif(auth.jwt() ->> 'sub', '')::{{shape.UserKey}} $f$;
            grant execute on function auth.jwt(), auth.uid() to anon, authenticated, service_role;
            create table {{_s}}.{{shape.Root}} (id {{shape.Key}} primary key, name text not null);
            create table {{_s}}.plans (code text primary key, label text not null);
            """;
    }

    private string Members()
    {
        string role = shape.EnumRole ? $"create type {_s}.seat_role as enum ({string.Join(", ", shape.Roles.Select(name => $"'{name}'"))});" : string.Empty;
        string roleColumn = shape.EnumRole ? $"role {_s}.seat_role not null" : $"role text not null check (role in ({string.Join(", ", shape.Roles.Select(name => $"'{name}'"))}))";
        (string type, string column) = shape.State switch
        {
            MemberState.Status => (string.Empty, ", status text not null default 'invited' check (status in ('active', 'invited', 'suspended'))"),
            MemberState.EnumState => ($"create type {_s}.seat_state as enum ('requested', 'enabled', 'blocked');", $", state {_s}.seat_state not null default 'requested'"),
            MemberState.Flag => (string.Empty, ", is_active boolean not null default false"),
            MemberState.DeletedAt => (string.Empty, ", deleted_at timestamptz"),
            MemberState.AcceptedAt => (string.Empty, ", accepted_at timestamptz"),
            _ => (string.Empty, string.Empty),
        };
        return $"""
            {role} {type}
            create table {shape.Members} ({shape.Tenant} {shape.Key} not null references {_s}.{shape.Root} on delete cascade, {shape.User} {shape.UserKey} not null references auth.users on delete cascade,
              {roleColumn}{column}, primary key ({shape.Tenant}, {shape.User}));
            create index on {shape.Members} ({shape.User});
            """;
    }

    private string Tables()
    {
        string id = shape.Key switch { "uuid" => "id uuid primary key default gen_random_uuid()", "bigint" => "id bigint generated by default as identity primary key", _ => "id text primary key default md5(random()::text)" };
        string tenant = $"{shape.Tenant} {shape.Key} not null references {_s}.{shape.Root} on delete cascade";
        return $"""
            create table {_s}.projects ({id}, {tenant}, name text not null, created_by {shape.UserKey}, unique ({shape.Tenant}, id));
            create table {_s}.documents ({id}, {tenant}, project_id {shape.Key} not null, title text not null, unique ({shape.Tenant}, id),
              foreign key ({shape.Tenant}, project_id) references {_s}.projects ({shape.Tenant}, id) on delete cascade);
            create index on {_s}.documents ({shape.Tenant}, project_id);
            create table {_s}.document_lines ({id}, document_id {shape.Key} not null references {_s}.documents on delete cascade, body text not null);
            create index on {_s}.document_lines (document_id);
            create table {_s}.usage_counters ({shape.Tenant} {shape.Key} not null references {_s}.{shape.Root} on delete cascade, metric text not null, value bigint not null default 0, primary key ({shape.Tenant}, metric));
            create table {_s}.activity (id bigint generated always as identity, {tenant}, kind text not null, at timestamptz not null, primary key (id, at)) partition by range (at);
            create table {_s}.activity_2025 partition of {_s}.activity for values from ('2025-01-01') to ('2026-01-01');
            create table {_s}.activity_2026 partition of {_s}.activity for values from ('2026-01-01') to ('2027-01-01');
            create index on {_s}.activity ({shape.Tenant});
            """;
    }

    private string Policies()
    {
        string all = string.Join(" ", new[] { $"{_s}.{shape.Root}", $"{_s}.plans", shape.Members, $"{_s}.projects", $"{_s}.documents", $"{_s}.document_lines", $"{_s}.usage_counters", $"{_s}.activity", $"{_s}.activity_2025", $"{_s}.activity_2026" }
            .Select(table => $"alter table {table} enable row level security;"));
        // An inline policy on the memberships would ask itself, so there everybody sees only their own.
        string members = shape.Helper == HelperKind.Inline ? $"{shape.User} = (select auth.uid())" : $"{shape.User} = (select auth.uid()) or {Mine(shape.Tenant, shape.MemberTable)}";
        string write = shape.Helper == HelperKind.Inline ? string.Empty : $"""
            create policy members_insert on {shape.Members} for insert to authenticated with check ({Mine(shape.Tenant, shape.MemberTable, ranks: 1)});
            create policy members_delete on {shape.Members} for delete to authenticated using ({Mine(shape.Tenant, shape.MemberTable, ranks: 1)});
            """;
        return $"""
            {all}
            create policy plans_read on {_s}.plans for select to anon, authenticated using (true);
            create policy root_read on {_s}.{shape.Root} for select to authenticated using ({Mine("id", shape.Root)});
            create policy members_read on {shape.Members} for select to authenticated using ({members});
            {write}
            {Four("projects")}
            {Four("documents")}
            create policy lines_read on {_s}.document_lines for select to authenticated using (exists (select 1 from {_s}.documents d where d.id = document_lines.document_id and {Mine(shape.Tenant, "d").Replace($" {shape.Tenant} ", $" d.{shape.Tenant} ", StringComparison.Ordinal)}));
            create policy lines_insert on {_s}.document_lines for insert to authenticated with check (exists (select 1 from {_s}.documents d where d.id = document_lines.document_id));
            create policy usage_read on {_s}.usage_counters for select to authenticated using ({Mine(shape.Tenant, "usage_counters")});
            create policy activity_read on {_s}.activity for select to authenticated using ({Mine(shape.Tenant, "activity")});
            """;
    }

    private string Four(string table) => $"""
        create policy {table}_read on {_s}.{table} for select to authenticated using ({Mine(shape.Tenant, table)});
        create policy {table}_insert on {_s}.{table} for insert to authenticated with check ({Mine(shape.Tenant, table)});
        create policy {table}_update on {_s}.{table} for update to authenticated using ({Mine(shape.Tenant, table)}) with check ({Mine(shape.Tenant, table)});
        create policy {table}_delete on {_s}.{table} for delete to authenticated using ({Mine(shape.Tenant, table, ranks: 2)});
        """;

    private string Grants() => $"""
        grant select on {_s}.plans to anon, authenticated;
        grant select on {_s}.{shape.Root}, {_s}.usage_counters, {_s}.activity to authenticated;
        {(shape.MemberSchema == _s ? string.Empty : $"grant usage on schema {shape.MemberSchema} to authenticated, service_role;")}
        grant select{(shape.Helper == HelperKind.Inline ? string.Empty : ", insert, delete")} on {shape.Members} to authenticated;
        grant select, insert, update, delete on {_s}.projects, {_s}.documents to authenticated;
        grant select, insert on {_s}.document_lines to authenticated;
        """;

    private string Rows()
    {
        string On(string column, string on, string off) => shape.State switch { MemberState.None => string.Empty, _ => $", {(column == "c" ? StateColumn() : on)}" };
        string active = shape.State switch { MemberState.Status => "'active'", MemberState.EnumState => "'enabled'", MemberState.Flag => "true", MemberState.AcceptedAt => "now()", _ => "null::timestamptz" };
        string inactive = shape.State switch { MemberState.Status => "'suspended'", MemberState.EnumState => "'blocked'", MemberState.Flag => "false", MemberState.AcceptedAt => "null", _ => "now()" };
        string columns = $"({shape.Tenant}, {shape.User}, role{On("c", string.Empty, string.Empty)})";
        string Member(int tenant, int user, string role, bool counts = true) => $"({shape.TenantId(tenant)}, {shape.UserId(user)}, '{role}'{(shape.State == MemberState.None ? string.Empty : counts ? ", " + active : ", " + inactive)})";
        List<string> members = [];
        for (int tenant = 1; tenant <= 3; tenant++)
        {
            members.AddRange(shape.Roles.Select((role, index) => Member(tenant, (tenant * 10) + index, role)));
            if (shape.State != MemberState.None)
            {
                members.Add(Member(tenant, (tenant * 10) + 5, shape.Roles[^1], counts: false));
            }
        }

        members.Add(Member(1, 90, shape.Roles[^1]));
        members.Add(Member(2, 90, shape.Roles[1]));
        string metadata = $"jsonb_build_object('{shape.Tenant}', case id / 10 when 1 then {shape.TenantId(1)} when 2 then {shape.TenantId(2)} when 3 then {shape.TenantId(3)} when 9 then {shape.TenantId(1)} end)";
        string userId = shape.UserKey == "uuid" ? "('10000000-0000-4000-8000-0000000001' || lpad(id::text, 2, '0'))::uuid" : "id";
        return $"""
            insert into {_s}.plans values ('free', 'Free'), ('pro', 'Pro');
            insert into {_s}.{shape.Root} values ({shape.TenantId(1)}, 'One'), ({shape.TenantId(2)}, 'Two'), ({shape.TenantId(3)}, 'Three');
            insert into auth.users (id, email, raw_app_meta_data) select {userId}, 'u' || id || '@example.test', {metadata} from unnest(array[10,11,12,15,20,21,22,25,30,31,32,35,90,99]) id;
            insert into {shape.Members} {columns} values {string.Join(", ", members)};
            insert into {_s}.projects ({shape.Tenant}, name) select t.id, 'p' || n from {_s}.{shape.Root} t, generate_series(1, 4) n;
            insert into {_s}.documents ({shape.Tenant}, project_id, title) select p.{shape.Tenant}, p.id, 'd' || n from {_s}.projects p, generate_series(1, 3) n;
            insert into {_s}.document_lines (document_id, body) select d.id, 'text' from {_s}.documents d, generate_series(1, 2);
            insert into {_s}.usage_counters select t.id, m, 5 from {_s}.{shape.Root} t, unnest(array['calls', 'seats']) m;
            insert into {_s}.activity ({shape.Tenant}, kind, at) select t.id, 'seed', timestamptz '2025-03-01' + n * interval '60 day' from {_s}.{shape.Root} t, generate_series(1, 8) n;
            """;
    }

    private string StateColumn() => shape.State switch { MemberState.Status => "status", MemberState.EnumState => "state", MemberState.Flag => "is_active", MemberState.DeletedAt => "deleted_at", _ => "accepted_at" };
}
