using AgentFlow.Faults;
using AgentFlow.Safety;

namespace AgentFlow.Core.Tests.Safety;

/// <summary>A probe that writes needs two independent systems that say non-production and none that says production.</summary>
public sealed class ProductionGuardTests
{
    private static readonly AfConfig s_config = new()
    {
        Name = "agentflow",
        Vercel = new() { ProductionDomains = ["agentflow.example"] },
        Supabase = new() { ProductionRef = "productionprojectxxx", Ref = "stagingprojectxxxxxx", NonProductionRefs = ["stagingprojectxxxxxx"] },
    };

    private static readonly EnvironmentSignal s_preview = EnvironmentSignals.OfDeployment(s_config, "preview", new("https://preview.vercel.app"));
    private static readonly EnvironmentSignal s_staging = EnvironmentSignals.OfDatabase(s_config.Supabase, "stagingprojectxxxxxx");

    [Fact]
    public void Two_systems_that_agree_let_it_pass() => ProductionGuard.Require([s_preview, s_staging], "The probe");

    [Fact]
    public void One_system_is_not_enough_however_often_it_says_so()
    {
        AfFaultException fault = Refused(s_preview, s_preview, s_preview);
        Assert.Contains("only the hosting platform", fault.Message, StringComparison.Ordinal);
        Refused();
        Refused(s_staging, EnvironmentSignals.OfStripe(null));
    }

    [Theory]
    [InlineData("production", "https://preview.vercel.app")]
    [InlineData(" Production ", "https://preview.vercel.app")]
    [InlineData("preview", "https://agentflow.example")]
    public void One_that_says_production_outweighs_all_others(string target, string origin) =>
        Refused(EnvironmentSignals.OfDeployment(s_config, target, new(origin)), s_staging, EnvironmentSignals.OfStripe(Key("test")));

    [Fact]
    public void An_alias_of_production_is_production() => Refused(EnvironmentSignals.OfDeployment(s_config, "preview", new("https://preview.vercel.app"), ["agentflow.example"]), s_staging);

    [Fact]
    public void A_live_key_and_a_production_database_refuse()
    {
        Refused(s_preview, s_staging, EnvironmentSignals.OfStripe(Key("live")));
        Refused(s_preview, EnvironmentSignals.OfDatabase(s_config.Supabase, "productionprojectxxx"), EnvironmentSignals.OfStripe(Key("test")));
        Refused(s_preview, EnvironmentSignals.OfMarker("production", isLoopback: true), s_staging);
    }

    [Fact]
    public void A_connection_that_goes_elsewhere_than_the_config_says_is_a_disagreement() =>
        Refused(s_preview, EnvironmentSignals.OfDatabase(s_config.Supabase with { NonProductionRefs = ["otherprojectxxxxxxxx"] }, "otherprojectxxxxxxxx"), EnvironmentSignals.OfStripe(Key("test")));

    [Theory]
    [InlineData("staging", false)]
    [InlineData("anything", true)]
    [InlineData(null, true)]
    public void A_marker_alone_proves_nothing_for_a_remote_database_and_no_unknown_word_ever(string? marker, bool loopback) =>
        Refused(s_preview, EnvironmentSignals.OfMarker(marker, loopback));

    [Fact]
    public void The_refusal_names_no_secret_and_no_way_around()
    {
        AfFaultException fault = Refused(s_preview, s_staging, EnvironmentSignals.OfStripe(Key("live")));
        Assert.DoesNotContain("abcdefghij", fault.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("-Force", fault.Fix, StringComparison.Ordinal);
        Assert.Equal(FaultKind.Guard, fault.Kind);
    }

    // Put together here, so that no file of the repository holds what looks like a key.
    private static Secret Key(string mode) => Secret.FromChars("rk_" + mode + "_" + "abcdefghij");

    private static AfFaultException Refused(params EnvironmentSignal[] signals)
    {
        AfFaultException fault = Assert.Throws<AfFaultException>(() => ProductionGuard.Require(signals, "The probe"));
        Assert.Equal(FaultId.ProductionGuard, fault.Id);
        return fault;
    }
}
