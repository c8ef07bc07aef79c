using AgentFlow.TestKit.Postgres;

namespace AgentFlow.Adapters.Tests.Postgres;

/// <summary>The cluster that tests share gives each its own database.</summary>
public sealed class ThrowawayPostgresTests
{
    [Fact]
    public async Task Each_test_gets_a_database_of_its_own()
    {
        TestDatabase? first = await ThrowawayPostgres.TryCreateAsync();
        Assert.SkipWhen(first is null, ThrowawayPostgres.Reason);
        TestDatabase second = (await ThrowawayPostgres.TryCreateAsync())!;
        await first.ExecuteAsync("create table only_here (n int)");
        Assert.Equal("only_here", await first.TextAsync("select to_regclass('only_here')::text"));
        Assert.Null(await second.TextAsync("select to_regclass('only_here')::text"));
    }

    [Fact]
    public async Task The_app_is_there_with_two_tenants()
    {
        TestDatabase? database = await ThrowawayPostgres.TryCreateAsync(app: true);
        Assert.SkipWhen(database is null, ThrowawayPostgres.Reason);
        Assert.Equal("2", await database.TextAsync("select count(*) from public.organizations"));
        Assert.Equal("t", await database.TextAsync("select rolbypassrls::text::char from pg_roles where rolname = 'service_role'"));
    }
}
