using AgentFlow.Faults;
using AgentFlow.Rls.Access;
using AgentFlow.Rls.Guard;

namespace AgentFlow.Core.Tests.Rls;

/// <summary>Probes need every fact; one that is missing or speaks of production refuses them.</summary>
public sealed class RlsGuardTests
{
    private static readonly RlsFacts s_facts = new() { Database = "app", User = "postgres", MarkerExists = true, Markers = [new("test", true)], SystemIdentifier = "7001", BypassesRls = true };
    private static readonly RlsGuardPolicy s_policy = new() { ExpectedEnvironment = "test", ProductionHosts = ["db.example.com"], ProductionSystemIds = ["42"], ProductionRef = "prodprodprodprodprod" };

    [Fact]
    public void A_marked_database_is_allowed() => Assert.True(RlsGuard.Judge(new Place(), s_facts, s_policy).Allowed);

    public static TheoryData<string, RlsFacts, RlsGuardPolicy> Refusals() => new()
    {
        { "no marker", s_facts with { MarkerExists = false, Markers = null }, s_policy },
        { "may not read", s_facts with { Markers = null }, s_policy },
        { "no marker", s_facts with { Markers = [] }, s_policy },
        { "more than one row", s_facts with { Markers = [new("test", true), new("production", false)] }, s_policy },
        { "says production", s_facts with { Markers = [new("Production", true)] }, s_policy with { ExpectedEnvironment = "production" } },
        { "does not allow probes", s_facts with { Markers = [new("test", false)] }, s_policy },
        { "no expected environment", s_facts, s_policy with { ExpectedEnvironment = null } },
        { "'staging' was expected", s_facts, s_policy with { ExpectedEnvironment = "staging" } },
        { "standby", s_facts with { InRecovery = true }, s_policy },
        { "can write the marker", s_facts with { MarkerWritableBy = ["authenticated"] }, s_policy },
        { "is production's", s_facts with { SystemIdentifier = "42" }, s_policy },
        { "cannot be read", s_facts with { SystemIdentifier = null }, s_policy },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void One_fact_refuses(string reason, RlsFacts facts, RlsGuardPolicy policy)
    {
        RlsGuardVerdict verdict = RlsGuard.Judge(new Place(), facts, policy);
        Assert.False(verdict.Allowed);
        Assert.Contains(reason, verdict.Reason, StringComparison.Ordinal);
        AfFaultException fault = Assert.Throws<AfFaultException>(() => RlsGuard.Require(new Place(), facts, policy, "Acting as tenants"));
        Assert.Equal(FaultId.ProductionGuard, fault.Id);
    }

    [Fact]
    public void A_production_address_refuses_whatever_the_marker_says()
    {
        Assert.False(RlsGuard.Judge(new Place { Host = "DB.example.com" }, s_facts, s_policy).Allowed);
        Assert.False(RlsGuard.Judge(new Place { Ref = "prodprodprodprodprod" }, s_facts, s_policy).Allowed);
        Assert.False(RlsGuard.Judge(new Place { Ref = "otherotherotherother" }, s_facts, s_policy with { NonProductionRefs = ["stagstagstagstagstag"] }).Allowed);
        Assert.True(RlsGuard.Judge(new Place { Ref = "stagstagstagstagstag" }, s_facts, s_policy with { NonProductionRefs = ["stagstagstagstagstag"] }).Allowed);
    }

    private sealed record Place : IRlsDatabase
    {
        public string Address => $"{Host}:5432/app";

        public string Host { get; init; } = "127.0.0.1";

        public bool IsLoopback => Host == "127.0.0.1";

        public string? Ref { get; init; }

        public Task<IRlsSession> BeginAsync(bool writes, CancellationToken cancellationToken) => throw new InvalidOperationException("The guard asks facts only.");
    }
}
