namespace AgentFlow.Adapters.Tests.Rls.Transfers;

/// <summary>Single faults for a shape, written from the list of failure modes.</summary>
public static class TransferMutations
{
    public static IReadOnlyList<TransferMutation> For(TransferShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        TransferSchema schema = new(shape);
        (string s, string tenant, string members, string user) = (shape.Schema, shape.Tenant, shape.Members, shape.User);
        string docs = $"{s}.documents";
        string helper = $"private.my_{shape.Root}";
        List<TransferMutation> all =
        [
            new("row security off", $"alter table {docs} disable row level security", docs),
            new("using true", $"alter policy documents_read on {docs} using (true)", docs, "documents_read"),
            new("extra permissive policy", $"create policy support on {s}.projects for select to authenticated using (created_by is null)", $"{s}.projects", "support"),
            new("signed in is enough", $"alter policy projects_read on {s}.projects using ((select auth.uid()) is not null)", $"{s}.projects", "projects_read"),
            new("insert check true", $"alter policy documents_insert on {docs} with check (true)", docs, "documents_insert"),
            new("update may move", $"alter policy projects_update on {s}.projects with check (true)", $"{s}.projects", "projects_update"),
            new("delete too wide", $"alter policy projects_delete on {s}.projects using ((select auth.uid()) is not null)", $"{s}.projects", "projects_delete"),
            new("definer view", $"create view {s}.document_list as select * from {docs}; grant select on {s}.document_list to authenticated", $"{s}.document_list"),
            new("anon grant", $"grant select on {s}.projects to anon", $"{s}.projects"),
            new("anon policy", $"grant select on {s}.projects to anon; create policy visitors on {s}.projects for select to anon using (true)", $"{s}.projects", "visitors"),
            new("self compare", $"alter policy documents_read on {docs} using (exists (select 1 from {members} m where m.{tenant} = m.{tenant} and m.{user} = (select auth.uid()) and {shape.Active}))", docs, "documents_read"),
            new("wrong column", $"alter policy documents_read on {docs} using ({schema.Mine("project_id", "documents")})", docs, "documents_read"),
            new("policy for nobody", $"alter policy documents_read on {docs} to service_role", docs, "documents_read"),
            new("policy gone", $"drop policy projects_read on {s}.projects", $"{s}.projects"),
            new("schema closed", $"revoke usage on schema {s} from authenticated", s, docs),
            new("grant gone", $"revoke select on {docs} from authenticated", docs),
            new("user metadata trusted", $"alter policy projects_read on {s}.projects using ({tenant}::text = (auth.jwt() -> 'user_metadata' ->> '{tenant}'))", $"{s}.projects", "projects_read"),
            new("header trusted", $"create policy by_header on {docs} for select to authenticated using ({tenant}::text = current_setting('request.headers', true)::jsonb ->> 'x-tenant')", docs, "by_header"),
            new("literal tenant", $"create policy first on {docs} for select to authenticated using ({tenant} = {shape.TenantId(1)})", docs, "first"),
            new("definer function without a check", $"create function {s}.all_documents(wanted {shape.Key}) returns setof {docs} language sql stable security definer set search_path = '' as $f$ select * from {docs} d where d.{tenant} = wanted $f$; grant execute on function {s}.all_documents({shape.Key}) to authenticated", $"{s}.all_documents({shape.Key})"),
            new("self join", $"create policy join_any on {members} for insert to authenticated with check ({user} = (select auth.uid())); grant insert on {members} to authenticated", members, "join_any"),
            new("child uncorrelated", $"alter policy lines_read on {s}.document_lines using (exists (select 1 from {docs} d))", $"{s}.document_lines", "lines_read"),
            new("partition open", $"alter table {s}.activity_2026 disable row level security; grant select on {s}.activity_2026 to authenticated", $"{s}.activity_2026"),
            new("rows without tenant", $"alter table {s}.projects alter {tenant} drop not null; insert into {s}.projects ({tenant}, name) values (null, 'x')", $"{s}.projects"),
            new("usage written by tenants", $"grant update on {s}.usage_counters to authenticated; create policy usage_update on {s}.usage_counters for update to authenticated using ({schema.Mine(tenant, "usage_counters")})", $"{s}.usage_counters", "usage_update"),
            new("role bypasses", "alter role authenticated bypassrls", "authenticated"),
        ];
        if (shape.State != MemberState.None)
        {
            all.Add(shape.Helper == HelperKind.Inline
                ? new("state not asked", $"alter policy documents_read on {docs} using ({schema.Mine(tenant, "documents", active: false)})", docs, "documents_read")
                : new("state not asked", schema.Helpers(active: false), helper));
        }

        if (shape.Helper != HelperKind.Inline)
        {
            string arguments = shape.Helper is HelperKind.Plpgsql or HelperKind.PerRow ? shape.Key : string.Empty;
            all.Add(new("helper closed", $"revoke execute on function {helper}({arguments}) from authenticated", helper));
            all.Add(new("second rank gives the first", $"alter policy members_insert on {members} with check ({schema.Mine(tenant, shape.MemberTable, ranks: 2)})", members, "members_insert"));
            all.Add(new("helper without search_path", $"alter function {helper}({arguments}) reset search_path", helper));
        }

        return all;
    }
}
