using AgentFlow.Deployments.Routes;

namespace AgentFlow.Core.Tests.Deployments.Routes;

/// <summary>Addresses are read as browsers read them (WHATWG URL), not as a regular expression would.</summary>
public sealed class BrowserAddressTests
{
    private static readonly Uri s_page = new("https://agentflow.example/dashboard");

    [Theory]
    [InlineData("/login", "/login")]
    [InlineData("/login?next=%2Fdashboard", "/login")]
    [InlineData("login", "/login")]
    [InlineData("?next=/x", "/dashboard")]
    [InlineData("", "/dashboard")]
    [InlineData("https:/login", "/login")]
    [InlineData("https:login", "/login")]
    [InlineData("https://agentflow.example/login", "/login")]
    [InlineData("HTTPS://AgentFlow.Example:443/login", "/login")]
    [InlineData("https://agentflow%2Eexample/login", "/login")]
    [InlineData("https://agentflow\u3002example/login", "/login")]
    [InlineData("//agentflow.example/login", "/login")]
    [InlineData(" \t/login\r\n", "/login")]
    [InlineData("/lo\tgin", "/login")]
    [InlineData("/@attacker.example", "/@attacker.example")]
    [InlineData("/..//attacker.example", "//attacker.example")]
    public void What_stays_on_the_site_is_known_to_stay(string text, string path)
    {
        BrowserTarget target = BrowserAddress.Resolve(s_page, text);
        Assert.Equal((BrowserTargetKind.Same, path), (target.Kind, target.Uri!.AbsolutePath));
    }

    [Theory]
    [InlineData("//attacker.example")]
    [InlineData("///attacker.example")]
    [InlineData("/\\attacker.example")]
    [InlineData("\\/attacker.example")]
    [InlineData("\\\\attacker.example")]
    [InlineData("/\t/attacker.example")]
    [InlineData("/\n/attacker.example")]
    [InlineData("\r\n//attacker.example")]
    [InlineData("\u0001//attacker.example")]
    [InlineData("h\tttps://attacker.example")]
    [InlineData("https://attacker.example")]
    [InlineData("https:\\\\attacker.example")]
    [InlineData("https:///attacker.example")]
    [InlineData("https://agentflow.example@attacker.example")]
    [InlineData("https://agentflow.example:x@attacker.example")]
    [InlineData("//agentflow.example%40@attacker.example")]
    [InlineData("https://attacker@agentflow.example/")]
    [InlineData("https://agentflow.example.attacker.example")]
    [InlineData("https://attacker.example?agentflow.example")]
    [InlineData("https://attacker.example#agentflow.example")]
    [InlineData("https://attacker.example\\agentflow.example")]
    [InlineData("https://agentflow.example%2F.attacker.example")]
    [InlineData("https://agentflow.example:8443/")]
    [InlineData("https://agentflow.example./")]
    [InlineData("https://xn--agentflow-x.example")]
    public void What_leaves_the_site_is_foreign(string text) => Assert.Equal(BrowserTargetKind.Foreign, BrowserAddress.Resolve(s_page, text).Kind);

    [Theory]
    [InlineData("http:attacker.example")]
    [InlineData("http:/attacker.example")]
    [InlineData("http://attacker.example")]
    public void Another_scheme_needs_no_slashes_for_its_host(string text)
    {
        BrowserTarget target = BrowserAddress.Resolve(s_page, text);
        Assert.Equal((BrowserTargetKind.Foreign, "attacker.example"), (target.Kind, target.Host));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JavaScript:alert(1)")]
    [InlineData("java\nscript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("mailto:a@agentflow.example")]
    [InlineData("ftp://agentflow.example/")]
    [InlineData("intent://agentflow.example")]
    public void Other_schemes_are_not_followed(string text) => Assert.Equal(BrowserTargetKind.NotHttp, BrowserAddress.Resolve(s_page, text).Kind);

    [Theory]
    [InlineData("http://agentflow.example/login", nameof(BrowserTargetKind.Downgrade))]
    [InlineData("http:agentflow.example/login", nameof(BrowserTargetKind.Downgrade))]
    [InlineData("https://", nameof(BrowserTargetKind.Malformed))]
    [InlineData("//", nameof(BrowserTargetKind.Malformed))]
    [InlineData("https://agentflow.example:99x/", nameof(BrowserTargetKind.Malformed))]
    public void The_rest_has_its_own_kind(string text, string kind) => Assert.Equal(kind, BrowserAddress.Resolve(s_page, text).Kind.ToString());

    [Fact]
    public void From_plain_http_the_same_host_over_https_is_an_upgrade() =>
        Assert.Equal(BrowserTargetKind.Upgrade, BrowserAddress.Resolve(new("http://agentflow.example/"), "https://agentflow.example/login").Kind);

    [Theory]
    [InlineData("/dashboard", nameof(ReturnPathKind.Relative))]
    [InlineData("/dashboard?tab=1#x", nameof(ReturnPathKind.Relative))]
    [InlineData("%2Fdashboard", nameof(ReturnPathKind.Relative))]
    [InlineData("https://agentflow.example/dashboard", nameof(ReturnPathKind.Absolute))]
    [InlineData("http://agentflow.example/dashboard", nameof(ReturnPathKind.Absolute))]
    [InlineData("", nameof(ReturnPathKind.Malformed))]
    [InlineData("   ", nameof(ReturnPathKind.Malformed))]
    [InlineData("//attacker.example", nameof(ReturnPathKind.Foreign))]
    [InlineData("/\\attacker.example", nameof(ReturnPathKind.Foreign))]
    [InlineData("%2F%2Fattacker.example", nameof(ReturnPathKind.Foreign))]
    [InlineData("/%2Fattacker.example", nameof(ReturnPathKind.Foreign))]
    [InlineData("/%5Cattacker.example", nameof(ReturnPathKind.Foreign))]
    [InlineData("/%09/attacker.example", nameof(ReturnPathKind.Foreign))]
    [InlineData("/%0A/attacker.example", nameof(ReturnPathKind.Foreign))]
    [InlineData("%252F%252Fattacker.example", nameof(ReturnPathKind.Foreign))]
    [InlineData("%25252F%25252Fattacker.example", nameof(ReturnPathKind.Foreign))]
    [InlineData("https%3A%2F%2Fattacker.example", nameof(ReturnPathKind.Foreign))]
    [InlineData("https://agentflow.example%40attacker.example", nameof(ReturnPathKind.Foreign))]
    [InlineData("javascript%3Aalert(1)", nameof(ReturnPathKind.Foreign))]
    public void A_way_back_is_judged_as_often_as_a_careless_reader_might_decode_it(string value, string kind) => Assert.Equal(kind, ReturnPath.Judge(s_page, value).Kind.ToString());
}
