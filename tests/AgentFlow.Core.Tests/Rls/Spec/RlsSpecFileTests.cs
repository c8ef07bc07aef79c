using AgentFlow.Faults;
using AgentFlow.Rls.Spec;
using AgentFlow.Rls.Tenancy;

namespace AgentFlow.Core.Tests.Rls.Spec;

/// <summary>The spec's file: what is written is read back, and what is wrong is named by its line.</summary>
public sealed class RlsSpecFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"af-spec-{Guid.NewGuid():N}.json");

    [Fact]
    public void What_is_written_is_read_back()
    {
        RlsSpec spec = new()
        {
            Membership = new() { Table = "public.seats", TenantColumn = "account_id", UserColumn = "user_id", RoleColumn = "role", Active = [new("deleted_at", ActiveRuleKind.Null), new("state", ActiveRuleKind.Equal, "on")] },
            RootTable = "public.accounts",
            TenantColumns = new Dictionary<string, string> { ["public.leads"] = "account_id" },
            TenantPaths = new Dictionary<string, string> { ["storage.objects"] = "folder of name" },
            GlobalTables = ["public.plans"],
            SystemOwned = ["public.usage"],
            SecretColumns = ["public.keys.hash"],
            Routines = new Dictionary<string, string> { ["public.join(text)"] = "00ff" },
            Grants = new Dictionary<string, IReadOnlyList<string>> { ["public.keys"] = ["authenticated SELECT (id, name)"] },
            Matrix = [new() { Table = "public.leads", Role = "owner", Select = RlsReach.All, Insert = RlsReach.None, Update = RlsReach.Some }],
            Suppressions = [new() { CheckId = "AFR205", Target = "public.leads", Reason = "by design", Until = new(2027, 1, 31) }],
        };
        File.WriteAllText(_path, RlsSpecFile.Write(spec));
        Assert.Equal(RlsSpecFile.Write(spec), RlsSpecFile.Write(RlsSpecFile.Read(_path)));
        Assert.Equal(new DateOnly(2027, 1, 31), RlsSpecFile.Read(_path).Suppressions[0].Until);
        Assert.Null(RlsSpecFile.Read(_path).Matrix[0].Delete);
        Assert.DoesNotContain('\r', File.ReadAllText(_path));
    }

    [Fact]
    public void Sections_may_be_left_out()
    {
        File.WriteAllText(_path, """{ "version": 1, "suppressions": [] }""");
        RlsSpec spec = RlsSpecFile.Read(_path);
        Assert.Empty(spec.TenantColumns);
        Assert.Empty(spec.Grants);
        Assert.False(spec.Knows("public.leads"));
    }

    [Theory]
    [InlineData("{ \"version\": 1,\n \"tenantColums\": {} }", "line 2")]
    [InlineData("{ \"version\": 2 }", "version is 2")]
    [InlineData("null", "empty")]
    [InlineData("{\n\n \"matrix\": [ { \"table\": \"x\" } ] }", "line 3")]
    [InlineData("{ \"suppressions\": [ { \"checkId\": \"a\", \"target\": \"b\", \"reason\": \"c\", \"until\": \"soon\" } ] }", "line 1")]
    public void What_is_wrong_is_named(string text, string said)
    {
        File.WriteAllText(_path, text);
        AfFaultException fault = Assert.Throws<AfFaultException>(() => RlsSpecFile.Read(_path));
        Assert.Equal(FaultId.RlsSpecInvalid, fault.Id);
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_said() => Assert.Equal(FaultId.RlsSpecNotFound, Assert.Throws<AfFaultException>(() => RlsSpecFile.Read(_path)).Id);

    public void Dispose() => File.Delete(_path);
}
