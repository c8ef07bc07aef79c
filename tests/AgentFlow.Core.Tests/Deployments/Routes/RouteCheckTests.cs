using AgentFlow.Checks;
using AgentFlow.Deployments.Routes;
using AgentFlow.Faults;

namespace AgentFlow.Core.Tests.Deployments.Routes;

/// <summary>The seven routes on both addresses: all at once, each judged by what it is.</summary>
public sealed class RouteCheckTests
{
    private readonly RouteScene _scene = new();

    [Fact]
    public async Task A_healthy_site_passes_every_check_on_both_addresses()
    {
        List<CheckResult> results = await _scene.RunAsync();
        Assert.Empty(results.Where(result => result.Outcome != CheckOutcome.Pass).Select(result => $"{RouteScene.Text(result)}: {result.Reason}"));
        Assert.Equal(12, results.Count(result => result.CheckId == "AFD020"));
        Assert.Equal(2, results.Count(result => result.CheckId == "AFD021"));
        Assert.Equal(RouteChecks.All.Select(check => check.CheckId).Order(StringComparer.Ordinal), results.Select(result => result.CheckId).Distinct().Order(StringComparer.Ordinal));
        Assert.All(_scene.Site.Asked.GroupBy(request => request.Uri.AbsoluteUri), same => Assert.Single(same));
    }

    [Fact]
    public async Task All_routes_of_both_addresses_are_asked_before_the_first_answer()
    {
        TaskCompletionSource all = new();
        HashSet<string> seen = [];
        _scene.Site.Before = (request, _) =>
        {
            lock (seen)
            {
                seen.Add(request.Uri.GetLeftPart(UriPartial.Path));
                if (RouteExpectation.Defaults.All(route => seen.Contains($"{MemorySite.Immutable}{route.Path}") && seen.Contains($"{MemorySite.Alias}{route.Path}")))
                {
                    all.TrySetResult();
                }
            }

            return all.Task;
        };
        Assert.DoesNotContain(await _scene.RunAsync().WaitAsync(TimeSpan.FromSeconds(30)), result => result.Outcome != CheckOutcome.Pass);
    }

    [Fact]
    public async Task A_fast_route_is_told_while_a_slow_one_is_under_way()
    {
        TaskCompletionSource slow = new();
        _scene.Site.Before = (request, _) => request.Uri.AbsolutePath == "/docs" ? slow.Task : Task.CompletedTask;
        int before = 0;
        await foreach (CheckResult result in new RouteCheck(_scene.Config, _scene.Site).RunAsync(new(_scene.Time), _scene.Target, null, CancellationToken.None))
        {
            before += slow.Task.IsCompleted ? 0 : 1;
            if (before == 10)
            {
                slow.TrySetResult();
            }
        }

        Assert.InRange(before, 10, 30);
    }

    [Fact]
    public async Task A_stop_ends_every_request()
    {
        using CancellationTokenSource stop = new();
        int running = 0;
        _scene.Site.Before = async (_, token) =>
        {
            Interlocked.Increment(ref running);
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
            }
            finally
            {
                Interlocked.Decrement(ref running);
            }
        };
        Task all = Task.Run(async () =>
        {
            await foreach (CheckResult unused in new RouteCheck(_scene.Config, _scene.Site).RunAsync(new(_scene.Time), _scene.Target, null, stop.Token))
            {
                Assert.Fail("nothing answers");
            }
        });
        while (Volatile.Read(ref running) < 14)
        {
            await Task.Yield();
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => all.WaitAsync(TimeSpan.FromSeconds(5)));
        Assert.Equal(0, Volatile.Read(ref running));
    }

    [Fact]
    public async Task Only_the_routes_that_are_asked_for_are_checked()
    {
        List<CheckResult> results = await _scene.RunAsync("/pricing/");
        Assert.Equal(["/pricing"], results.Where(result => result.CheckId == "AFD020").Select(result => new Uri(result.Target).AbsolutePath).Distinct());
        Assert.Equal(FaultId.RouteUnknown, (await Assert.ThrowsAsync<AfFaultException>(() => _scene.RunAsync("/prices"))).Id);
    }

    [Fact]
    public async Task A_route_that_cannot_be_reached_is_an_error_with_its_fix_and_the_others_go_on()
    {
        _scene.Site.Set("/docs", request => throw MemorySite.Unreachable(request));
        List<CheckResult> results = await _scene.RunAsync();
        Assert.All(results.Where(result => result.CheckId == "AFD020" && result.Target.EndsWith("/docs", StringComparison.Ordinal)), result => Assert.Equal((CheckOutcome.Error, "Check the network."), (result.Outcome, result.Remediation)));
        Assert.Equal(10, results.Count(result => result.CheckId == "AFD020" && result.Outcome == CheckOutcome.Pass));
        Assert.Equal(CheckOutcome.Inconclusive, results.Single(result => result.CheckId == "AFD025").Outcome);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(404)]
    [InlineData(204)]
    public async Task Another_status_fails(int status)
    {
        _scene.Site.Set("/pricing", request => MemorySite.Page(request, "x", "x", "x", status));
        Assert.Contains("AFD020 Fail /pricing", await _scene.FaultsAsync());
    }

    [Fact]
    public async Task A_public_page_behind_sign_in_fails_and_says_so()
    {
        _scene.Site.Set("/pricing", request => MemorySite.Redirect(request, "/login?next=%2Fpricing"));
        CheckResult result = (await _scene.RunAsync()).First(one => one.CheckId == "AFD020" && one.Outcome == CheckOutcome.Fail);
        Assert.Equal("It is a public page and asks visitors to sign in.", result.Reason);
    }

    [Theory]
    [InlineData("https://attacker.example/", "AFD022 Fail /docs")]
    [InlineData("http://agentflow-abc.vercel.app/docs", "AFD022 Fail /docs")]
    [InlineData("https://", "AFD022 Fail /docs")]
    [InlineData(null, "AFD022 Fail /docs")]
    [InlineData("/docs", "AFD022 Fail /docs")]
    [InlineData("/gone", "AFD022 Fail /docs")]
    public async Task A_chain_that_leaves_breaks_or_circles_fails(string? location, string fault)
    {
        _scene.Site.Set(MemorySite.Immutable, "/docs", request => MemorySite.Redirect(request, location));
        string[] faults = await _scene.FaultsAsync();
        Assert.Contains(fault, faults);
        Assert.Contains("AFD020 Fail /docs", faults);
    }

    [Fact]
    public async Task No_request_goes_to_a_foreign_host()
    {
        _scene.Site.Set("/docs", request => MemorySite.Redirect(request, "https://attacker.example/docs"));
        _scene.Site.Set("/login", request => MemorySite.Redirect(request, "https://attacker@agentflow.example/docs"));
        await _scene.RunAsync();
        Assert.All(_scene.Site.Asked, request => Assert.Contains(request.Uri.Host, new[] { "agentflow-abc.vercel.app", "agentflow.example" }));
        Assert.All(_scene.Site.Asked, request => Assert.Empty(request.Uri.UserInfo));
        Assert.All(_scene.Site.Asked.Where(request => request.Uri.Scheme == "https"), request => Assert.True(request.Own));
    }

    [Fact]
    public async Task The_alias_must_answer_what_the_immutable_address_answers()
    {
        _scene.Site.Set(MemorySite.Alias, "/pricing", request => MemorySite.Page(request, "Old prices", "Old", "Old prices of last year."));
        List<CheckResult> results = await _scene.RunAsync();
        CheckResult alias = results.Single(result => result.CheckId == "AFD025");
        Assert.Equal((CheckOutcome.Fail, $"{MemorySite.Alias}/pricing"), (alias.Outcome, alias.Target));
    }

    [Fact]
    public async Task An_alias_that_serves_another_build_takes_back_what_its_answers_seem_to_prove()
    {
        _scene.Site.Stamp = uri => uri.Host == "agentflow.example" ? "dpl_2" : "dpl_1";
        List<CheckResult> results = await _scene.RunAsync();
        Assert.All(results.Where(result => result.CheckId == "AFD020"), result =>
            Assert.Equal(result.Target.StartsWith(MemorySite.Alias, StringComparison.Ordinal) ? CheckOutcome.Inconclusive : CheckOutcome.Pass, result.Outcome));
        Assert.Equal(CheckOutcome.Fail, results.Single(result => result.CheckId == "AFD026" && result.Target.StartsWith(MemorySite.Alias, StringComparison.Ordinal)).Outcome);
        Assert.Equal(CheckOutcome.Inconclusive, results.Single(result => result.CheckId == "AFD025").Outcome);
    }

    [Fact]
    public async Task Builds_that_take_turns_are_noticed()
    {
        _scene.Site.Stamp = uri => uri.AbsolutePath == "/docs" ? "dpl_2" : "dpl_1";
        Assert.Contains((await _scene.RunAsync()).Where(result => result.CheckId == "AFD026"), result => result.Reason.StartsWith("Several builds", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, CheckOutcome.Inconclusive)]
    [InlineData("build 7", CheckOutcome.Inconclusive)]
    public async Task A_stamp_that_says_nothing_is_no_pass(string? stamp, CheckOutcome outcome)
    {
        _scene.Site.Stamp = _ => stamp;
        Assert.All((await _scene.RunAsync()).Where(result => result.CheckId == "AFD026"), result => Assert.Equal(outcome, result.Outcome));
    }

    [Fact]
    public async Task A_page_from_before_the_deployment_fails()
    {
        _scene.Site.Set("/docs", request => MemorySite.With(MemorySite.With(MemorySite.Page(request, "docs", "docs", "docs and more docs"), "age", "86400"), "x-vercel-cache", "HIT"));
        Assert.Contains("AFD027 Fail /docs", await _scene.FaultsAsync());
    }

    [Theory]
    [InlineData(404, "AFD029 Pass /")]
    [InlineData(403, "AFD029 Pass /")]
    [InlineData(200, "AFD029 Fail /")]
    [InlineData(500, "AFD029 Fail /")]
    public async Task An_address_that_cannot_exist_must_be_refused(int status, string said)
    {
        RouteScene scene = new();
        scene.Site.Before = (request, _) =>
        {
            if (request.Uri.AbsolutePath.StartsWith("/agentflow-check-", StringComparison.Ordinal))
            {
                scene.Site.Set(request.Uri.AbsolutePath, one => MemorySite.NotFound(one, status));
            }

            return Task.CompletedTask;
        };
        Assert.Contains(said, (await scene.RunAsync()).Select(RouteScene.Text));
    }

    [Theory]
    [InlineData(308, "https://agentflow.example/", CheckOutcome.Pass)]
    [InlineData(307, "https://agentflow.example/", CheckOutcome.Warn)]
    [InlineData(308, "https://attacker.example/", CheckOutcome.Fail)]
    [InlineData(308, "http://www.agentflow.example/", CheckOutcome.Fail)]
    [InlineData(200, null, CheckOutcome.Fail)]
    public async Task Plain_http_is_upgraded(int status, string? location, CheckOutcome outcome)
    {
        _scene.Site.Set("http://agentflow.example", "/", request => new() { Uri = request.Uri, Status = status, Location = location, ContentType = "text/html", Body = "<p>x</p>" });
        Assert.Equal(outcome, (await _scene.RunAsync()).Single(result => result.CheckId == "AFD028").Outcome);
    }
}
