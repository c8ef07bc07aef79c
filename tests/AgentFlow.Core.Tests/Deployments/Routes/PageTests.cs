using AgentFlow.Checks;
using AgentFlow.Deployments.Routes;

namespace AgentFlow.Core.Tests.Deployments.Routes;

/// <summary>A page that answers 200 is the page; what is put in its place is told from it.</summary>
public sealed class PageTests
{
    private const string Flight = "<script>self.__next_f.push([1,\"0:[\\\"$\\\",\\\"title\\\",null,{\\\"children\\\":\\\"404: This page could not be found.\\\"}],[\\\"$\\\",\\\"h1\\\",null,{\\\"children\\\":\\\"404\\\"}]\"])</script>";

    private readonly RouteScene _scene = new();

    [Theory]
    [InlineData("404: This page could not be found.", "404", "This page could not be found.", "", "soft 404")]
    [InlineData("AgentFlow", "Page not found", "Sorry.", "", "soft 404")]
    [InlineData("AgentFlow", "Welcome", "x", "<meta name=\"next-error\" content=\"not-found\"/>", "soft 404")]
    [InlineData("AgentFlow", "Welcome", "x", "<template data-dgst=\"NEXT_HTTP_ERROR_FALLBACK;404\"></template>", "soft 404")]
    [InlineData("500: Internal Server Error", "500", "Internal Server Error.", "", "server error")]
    [InlineData("AgentFlow", "Oops, something went wrong!", "Try again.", "", "server error")]
    [InlineData("Application error", "Application error: a client-side exception has occurred", "x", "", "server error")]
    [InlineData("502 Bad Gateway", "502 Bad Gateway", "nginx", "", "server error")]
    [InlineData("AgentFlow", "403 Forbidden", "x", "", "says 403")]
    [InlineData("AgentFlow", "Welcome", "x", "<script id=\"__NEXT_DATA__\" type=\"application/json\">{\"page\":\"/_error\",\"props\":{\"pageProps\":{\"statusCode\":500}}}</script>", "server error")]
    public async Task An_error_page_with_status_200_fails(string title, string heading, string text, string head, string reason)
    {
        _scene.Site.Set("/docs", request => MemorySite.Page(request, title, heading, text, head: head));
        CheckResult page = (await _scene.RunAsync()).First(result => result.CheckId == "AFD024" && result.Outcome == CheckOutcome.Fail);
        Assert.Contains(reason, page.Reason, StringComparison.Ordinal);
        Assert.EndsWith("/docs", page.Target, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Errors | AgentFlow Docs", "Why an internal server error is not your fault", "How we answer errors such as 404 Not Found and 500 Internal Server Error.")]
    [InlineData("Status | AgentFlow", "All systems operational", "Bad gateway incident of last May: resolved.")]
    [InlineData("500 customers | AgentFlow", "500 customers and counting", "Thank you.")]
    [InlineData("Pricing", "From 0 to 500 leads", "404 euros a month.")]
    public async Task A_page_about_errors_is_none(string title, string heading, string text)
    {
        _scene.Site.Set("/docs", request => MemorySite.Page(request, title, heading, text, tail: Flight));
        Assert.Empty(await _scene.FaultsAsync());
    }

    [Fact]
    public async Task The_words_of_the_not_found_page_in_flight_data_are_not_seen()
    {
        foreach (string path in new[] { "/docs", "/pricing", "/status" })
        {
            _scene.Site.Set(path, request => MemorySite.Page(request, $"{path} title", $"{path} heading", $"text of {path} alone", tail: Flight));
        }

        Assert.Empty(await _scene.FaultsAsync());
    }

    [Fact]
    public async Task An_empty_answer_fails()
    {
        _scene.Site.Set("/docs", request => new() { Uri = request.Uri, Status = 200, ContentType = "text/html" });
        Assert.Contains("AFD024 Fail /docs", await _scene.FaultsAsync());
    }

    [Fact]
    public async Task JSON_in_place_of_a_page_fails()
    {
        _scene.Site.Set("/docs", request => new() { Uri = request.Uri, Status = 200, ContentType = "application/json", Body = "{\"error\":\"boom\"}" });
        Assert.Contains("AFD024 Fail /docs", await _scene.FaultsAsync());
    }

    [Fact]
    public async Task The_sign_in_page_in_place_of_a_public_page_fails()
    {
        _scene.Site.Set("/docs", request => MemorySite.Page(request, "login | AgentFlow", "All about login", $"The page of login holds words of its own: {string.Join(' ', Enumerable.Repeat("loginword", 12))}."));
        CheckResult page = (await _scene.RunAsync()).First(result => result.CheckId == "AFD024" && result.Outcome == CheckOutcome.Fail);
        Assert.Contains("sign-in page in place", page.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<meta http-equiv=\"refresh\" content=\"0;url=/login\"/>")]
    [InlineData("<template data-dgst=\"NEXT_REDIRECT;replace;/login;307;\"></template>")]
    public async Task A_page_that_sends_the_browser_on_by_itself_fails(string head)
    {
        _scene.Site.Set("/docs", request => MemorySite.Page(request, "Docs", "Docs", "Docs text", head: head));
        Assert.Contains("AFD024 Fail /docs", await _scene.FaultsAsync());
    }

    [Fact]
    public async Task Expected_text_must_be_on_the_page()
    {
        _scene.Config = _scene.Config with { Routes = [new() { Path = "/docs", Contains = "webhooks" }] };
        Assert.Contains("AFD024 Fail /docs", await _scene.FaultsAsync());
    }

    [Theory]
    [InlineData("401 cookie")]
    [InlineData("redirect to vercel.com")]
    [InlineData("challenge")]
    public async Task Protection_hides_the_app_and_is_never_a_pass_or_a_fault_of_the_app(string kind)
    {
        _scene.Site.Stamp = _ => null;
        foreach (string path in RouteExpectation.Defaults.Select(route => route.Path))
        {
            _scene.Site.Set(path, request => kind switch
            {
                "401 cookie" => MemorySite.Page(request, "Authentication Required", "", "Authenticating", 401) with { CookieNames = ["_vercel_sso_nonce"] },
                "challenge" => MemorySite.With(MemorySite.Page(request, "Vercel Security Checkpoint", "", "Verifying", 403), "x-vercel-mitigated", "challenge"),
                _ => MemorySite.Redirect(request, "https://vercel.com/sso-api?url=x&nonce=y", 302),
            });
        }

        List<CheckResult> results = await _scene.RunAsync();
        Assert.All(results.Where(result => result.CheckId is "AFD020" or "AFD021" or "AFD024" or "AFD026"), result => Assert.Equal(CheckOutcome.Inconclusive, result.Outcome));
        Assert.DoesNotContain(results, result => result.Outcome == CheckOutcome.Fail);
        Assert.All(results.Where(result => result.CheckId == "AFD020"), result => Assert.NotNull(result.Remediation));
    }

    [Theory]
    [InlineData("https://vercel.com.attacker.example/sso-api?url=x")]
    [InlineData("https://vercel.com@attacker.example/sso-api")]
    [InlineData("https://vercel.com/pricing")]
    public async Task What_only_looks_like_protection_is_a_redirect_off_the_site(string location)
    {
        _scene.Site.Set("/docs", request => MemorySite.Redirect(request, location, 302));
        Assert.Contains("AFD022 Fail /docs", await _scene.FaultsAsync());
    }

    [Theory]
    [InlineData("DEPLOYMENT_NOT_FOUND", 404)]
    [InlineData("FUNCTION_INVOCATION_TIMEOUT", 504)]
    public async Task An_error_of_the_platform_is_a_fault_with_its_code(string code, int status)
    {
        _scene.Site.Set("/docs", request => MemorySite.With(new() { Uri = request.Uri, Status = status, ContentType = "text/plain", Body = $"x\n\n{code}\n" }, "x-vercel-error", code));
        CheckResult answer = (await _scene.RunAsync()).First(result => result.CheckId == "AFD020" && result.Outcome == CheckOutcome.Fail);
        Assert.Contains(code, answer.Reason, StringComparison.Ordinal);
    }
}
