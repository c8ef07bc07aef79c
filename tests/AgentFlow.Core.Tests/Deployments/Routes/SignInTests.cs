using AgentFlow.Checks;

namespace AgentFlow.Core.Tests.Deployments.Routes;

/// <summary>A signed-out visitor of /dashboard goes to the same host's /login with a relative way back, and nowhere else.</summary>
public sealed class SignInTests
{
    private readonly RouteScene _scene = new();

    [Theory]
    [InlineData("/login?next=/dashboard")]
    [InlineData("/login?next=%2Fdashboard")]
    [InlineData("login?next=%2Fdashboard")]
    [InlineData("/login?next=%2Fdashboard%3Ftab%3D1")]
    [InlineData("/login?x=1&next=%2Fdashboard%2F")]
    public async Task A_relative_way_back_on_the_same_host_passes(string location) => Assert.Equal(CheckOutcome.Pass, (await JudgeAsync(location)).Outcome);

    [Fact]
    public async Task An_absolute_address_of_the_same_host_passes_when_the_way_back_is_relative()
    {
        _scene.Site.Set("/dashboard", request => MemorySite.Redirect(request, $"{request.Uri.GetLeftPart(UriPartial.Authority)}/login?next=%2Fdashboard"));
        Assert.Empty(await _scene.FaultsAsync());
    }

    [Theory]
    [InlineData("https://attacker.example/login?next=%2Fdashboard", "another host")]
    [InlineData("//attacker.example/login?next=%2Fdashboard", "another host")]
    [InlineData("/\\attacker.example/login?next=%2Fdashboard", "another host")]
    [InlineData("https://agentflow.example@attacker.example/login?next=%2Fdashboard", "another host")]
    [InlineData("https://attacker@agentflow-abc.vercel.app/login?next=%2Fdashboard", "another host")]
    [InlineData("http:attacker.example/login?next=%2Fdashboard", "another host")]
    [InlineData("javascript:location='/login'", "not http")]
    [InlineData("/signin?next=%2Fdashboard", "instead of /login")]
    [InlineData("/login", "carries no way back in 'next'")]
    [InlineData("/login?to=%2Fdashboard", "carries no way back in 'next'")]
    [InlineData("/login?next=", "is empty")]
    [InlineData("/login?next=https%3A%2F%2Fattacker.example", "leaves the site")]
    [InlineData("/login?next=%2F%2Fattacker.example", "leaves the site")]
    [InlineData("/login?next=%2F%5Cattacker.example", "leaves the site")]
    [InlineData("/login?next=%2F%09%2Fattacker.example", "leaves the site")]
    [InlineData("/login?next=%252F%252Fattacker.example", "leaves the site once it is decoded again")]
    [InlineData("/login?next=%25252F%25252Fattacker.example", "leaves the site once it is decoded 2 more times")]
    [InlineData("/login?next=%2Fdashboard&callbackUrl=https%3A%2F%2Fattacker.example", "(callbackUrl) leaves the site")]
    public async Task Everything_else_fails_and_says_why(string location, string reason)
    {
        CheckResult result = await JudgeAsync(location);
        Assert.Equal(CheckOutcome.Fail, result.Outcome);
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
        Assert.NotNull(result.Remediation);
        Assert.StartsWith("307 /login?next=%2Fdashboard", result.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_way_back_that_names_the_own_host_fails()
    {
        _scene.Site.Set("/dashboard", request => MemorySite.Redirect(request, $"/login?next={Uri.EscapeDataString($"{request.Uri.GetLeftPart(UriPartial.Authority)}/dashboard")}"));
        Assert.Equal(["AFD021 Fail /dashboard"], await _scene.FaultsAsync());
    }

    [Fact]
    public async Task A_way_back_to_another_page_is_told() => Assert.Equal(CheckOutcome.Warn, (await JudgeAsync("/login?next=%2F")).Outcome);

    [Fact]
    public async Task The_production_sign_in_from_a_preview_is_another_host()
    {
        CheckResult result = await JudgeAsync($"{MemorySite.Alias}/login?next=%2Fdashboard");
        Assert.Equal(CheckOutcome.Fail, result.Outcome);
        Assert.Contains("another host", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(301, "permanent")]
    [InlineData(302, null)]
    [InlineData(303, null)]
    [InlineData(308, "permanent")]
    public async Task The_kind_of_redirect_matters_where_browsers_keep_it(int status, string? reason)
    {
        _scene.Site.Set("/dashboard", request => MemorySite.Redirect(request, "/login?next=%2Fdashboard", status));
        CheckResult result = Find(await _scene.RunAsync());
        Assert.Equal(reason is null ? CheckOutcome.Pass : CheckOutcome.Fail, result.Outcome);
        Assert.Contains(reason ?? "with a relative path back", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "shown to visitors")]
    [InlineData(404, "instead of sending the visitor to sign-in")]
    [InlineData(500, "instead of sending the visitor to sign-in")]
    public async Task A_dashboard_that_does_not_redirect_fails(int status, string reason)
    {
        _scene.Site.Set("/dashboard", request => MemorySite.Page(request, "Dashboard", "Dashboard", "12 leads", status));
        Assert.Contains(reason, Find(await _scene.RunAsync()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_that_only_the_browser_makes_shows_the_page_to_everybody()
    {
        _scene.Site.Set("/dashboard", request => MemorySite.Page(request, "Dashboard", "Dashboard", "12 leads", head: "<meta http-equiv=\"refresh\" content=\"0; url=/login?next=%2Fdashboard\"/>"));
        Assert.Contains("only in the browser", Find(await _scene.RunAsync()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_in_that_redirects_back_is_a_loop()
    {
        _scene.Site.Set("/login", request => MemorySite.Redirect(request, "/dashboard"));
        string[] faults = await _scene.FaultsAsync();
        Assert.Contains("AFD021 Fail /dashboard", faults);
        Assert.Contains("AFD022 Fail /dashboard", faults);
        Assert.Contains("AFD022 Fail /login", faults);
    }

    [Fact]
    public async Task A_way_back_that_grows_with_every_redirect_ends_after_ten()
    {
        _scene.Site.Set("/login", request => MemorySite.Redirect(request, $"/login?next={Uri.EscapeDataString(request.Uri.PathAndQuery)}"));
        List<CheckResult> results = await _scene.RunAsync();
        Assert.Contains(results, result => result.CheckId == "AFD022" && result.Reason == "There are more than 10 redirects.");
        Assert.InRange(_scene.Site.Asked.Count, 20, 400);
    }

    [Fact]
    public async Task A_sign_in_page_that_is_broken_is_said_at_the_dashboard_too()
    {
        _scene.Site.Set("/login", request => MemorySite.Page(request, "500", "500", "Internal Server Error.", 500));
        Assert.Contains("which answers 500", Find(await _scene.RunAsync()).Reason, StringComparison.Ordinal);
    }

    private async Task<CheckResult> JudgeAsync(string location)
    {
        _scene.Site.Set("/dashboard", request => MemorySite.Redirect(request, location));
        return Find(await _scene.RunAsync());
    }

    private static CheckResult Find(List<CheckResult> results) => results.First(result => result.CheckId == "AFD021" && result.Target.StartsWith(MemorySite.Immutable, StringComparison.Ordinal));
}
