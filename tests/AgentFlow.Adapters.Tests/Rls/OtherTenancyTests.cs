using AgentFlow.TestKit.Database;

namespace AgentFlow.Adapters.Tests.Rls;

/// <summary>Tenancy that is not written down in memberships is discovered, proved and disproved all the same.</summary>
[Collection("RLS: roles are the cluster's")]
public sealed class OtherTenancyTests(CorpusServer corpus)
{
    public static TheoryData<string, string, string> Cases() => new()
    {
        { OtherTenancies.Claim, "", "" },
        { OtherTenancies.Claim, "alter policy i on invoices using (true)", "policy \"i\"" },
        { OtherTenancies.Claim, "alter policy l on invoice_lines using (exists (select 1 from invoices i))", "public.invoice_lines" },
        { OtherTenancies.Claim, "create or replace function app.current_tenant() returns uuid language sql stable set search_path='' as $f$ select nullif(auth.jwt()->'user_metadata'->>'tenant_id','')::uuid $f$", "app.current_tenant()" },
        { OtherTenancies.Profile, "", "" },
        { OtherTenancies.Profile, "create or replace function private.my_company() returns bigint language sql stable security definer set search_path='' as $f$ select max(p.company_id) from public.profiles p $f$", "private.my_company()" },
        { OtherTenancies.Profile, "grant update on profiles to authenticated; alter policy pu on profiles with check (id = (select auth.uid()))", "policy \"pu\"" },
        { OtherTenancies.Profile, "alter policy a on attachments using (exists (select 1 from tickets t))", "policy \"a\"" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task It_is_clean_or_the_fault_is_named(string schema, string fault, string guilty)
    {
        PostgresServer server = await corpus.RequireAsync();
        string name = await server.CopyAsync("template0");
        await server.ExecuteAsync(name, schema);
        if (fault.Length > 0)
        {
            await server.ExecuteAsync(name, fault);
        }

        List<CheckResult> flagged = [.. (await corpus.RunAsync(name)).Flagged()];
        string found = string.Join("\n", flagged.Select(result => result.Line()));
        Assert.True(guilty.Length == 0 ? flagged.Count == 0 : flagged.Any(result => result.Names(guilty)), found);
    }
}
