using AgentFlow.Checks;
using AgentFlow.Deployments.Routes;

namespace AgentFlow.Core.Tests.Deployments.Routes;

/// <summary>Return addresses that a careless check lets through, against apps with just those checks.</summary>
public sealed class OpenRedirectTests
{
    private readonly RouteScene _scene = new();

    public static TheoryData<string> Careless => ["everything", "begins with a slash", "no double slash", "names the own host", "no scheme", "decodes once more", "no own check of backslashes"];

    [Theory]
    [MemberData(nameof(Careless))]
    public async Task A_sign_in_with_a_careless_check_is_found(string kind)
    {
        _scene.Site.Set("/login", request => Query(request, "next") is { } next && Accepts(kind, request.Uri, next)
            ? MemorySite.Redirect(request, kind == "decodes once more" ? Uri.UnescapeDataString(next) : next)
            : MemorySite.Page(request, "login | AgentFlow", "Sign in", "Welcome back, sign in please."));
        CheckResult result = Assert.Single(await _scene.RunAsync(), one => one.CheckId == "AFD023");
        Assert.Equal(CheckOutcome.Fail, result.Outcome);
        Assert.Contains("followed off the site", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_in_that_goes_to_paths_only_passes()
    {
        _scene.Site.Set("/login", request => Query(request, "next") is { } next && next.StartsWith('/') && BrowserAddress.Resolve(request.Uri, next).Kind == BrowserTargetKind.Same && !next.Contains('%', StringComparison.Ordinal) && next.Length > 20
            ? MemorySite.Redirect(request, "/status")
            : MemorySite.Page(request, "login | AgentFlow", "Sign in", "Welcome back, sign in please."));
        Assert.Equal(CheckOutcome.Pass, Assert.Single(await _scene.RunAsync(), one => one.CheckId == "AFD023").Outcome);
    }

    [Theory]
    [InlineData("<meta http-equiv=\"refresh\" content=\"0;url={0}\"/>")]
    [InlineData("<script>window.location.href = \"{0}\"</script>")]
    [InlineData("<script>location.replace('{0}')</script>")]
    [InlineData("<a href=\"{0}\">go on</a>")]
    [InlineData("<form action=\"{0}\" method=\"post\"></form>")]
    public async Task A_page_that_sends_the_browser_there_counts_as_well(string markup)
    {
        _scene.Site.Set("/login", request => MemorySite.Page(request, "login | AgentFlow", "Sign in", "Welcome back.", head: Query(request, "next") is { } next ? markup.Replace("{0}", next, StringComparison.Ordinal) : string.Empty));
        Assert.Equal(CheckOutcome.Fail, Assert.Single(await _scene.RunAsync(), one => one.CheckId == "AFD023").Outcome);
    }

    [Fact]
    public async Task A_form_that_carries_it_on_is_told()
    {
        _scene.Site.Set("/login", request => MemorySite.Page(request, "login | AgentFlow", "Sign in", "Welcome back.", head: Query(request, "next") is { } next ? $"<form><input type=\"hidden\" name=\"next\" value=\"{next}\"/></form>" : string.Empty));
        Assert.Equal(CheckOutcome.Warn, Assert.Single(await _scene.RunAsync(), one => one.CheckId == "AFD023").Outcome);
    }

    [Fact]
    public async Task A_path_that_becomes_a_host_is_found()
    {
        _scene.Site.Before = (request, _) =>
        {
            if (request.Uri.AbsolutePath.StartsWith("//", StringComparison.Ordinal))
            {
                _scene.Site.Set(request.Uri.AbsolutePath, one => MemorySite.Redirect(one, one.Uri.AbsolutePath.TrimEnd('/'), 308));
            }

            return Task.CompletedTask;
        };
        CheckResult result = Assert.Single(await _scene.RunAsync(), one => one.CheckId == "AFD023");
        Assert.Equal((CheckOutcome.Fail, true), (result.Outcome, result.Actual!.Contains("the path //attacker.example/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_app_that_limits_the_rate_is_not_passed()
    {
        _scene.Site.Set("/login", request => request.Uri.Query.Contains("attacker", StringComparison.Ordinal) ? new() { Uri = request.Uri, Status = 429 } : MemorySite.Page(request, "login", "Sign in", "Welcome back."));
        Assert.Equal(CheckOutcome.Inconclusive, Assert.Single(await _scene.RunAsync(), one => one.CheckId == "AFD023").Outcome);
    }

    // Checks as they stand in real applications, each with its hole.
    private static bool Accepts(string kind, Uri uri, string next) => kind switch
    {
        "everything" => true,
        "begins with a slash" => next.StartsWith('/'),
        "no double slash" => next.StartsWith('/') && !next.StartsWith("//", StringComparison.Ordinal),
        "names the own host" => next.Contains(uri.Host, StringComparison.Ordinal),
        "no scheme" => !next.Contains("://", StringComparison.Ordinal),
        "decodes once more" => !next.Contains("//", StringComparison.Ordinal) && !next.Contains('\\', StringComparison.Ordinal) && !next.Contains('\t', StringComparison.Ordinal) && !next.Contains(':', StringComparison.Ordinal),
        _ => next.StartsWith('/') && !next.StartsWith("//", StringComparison.Ordinal) && !next.Contains(':', StringComparison.Ordinal) && !next.Contains('\t', StringComparison.Ordinal),
    };

    private static string? Query(RouteRequest request, string name) => QueryString.Parse(request.Uri.Query).FirstOrDefault(pair => pair.Key == name).Value is { Length: > 0 } value ? value : null;
}
