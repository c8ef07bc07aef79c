using System.Globalization;
using AgentFlow.Adapters.Http;
using AgentFlow.Faults;

namespace AgentFlow.Adapters.Tests.Http;

public sealed class RetryTests
{
    private static readonly HttpLimits s_limits = new();
    private readonly WatchedTime _time = new();

    [Fact]
    public async Task A_read_is_tried_again_with_growing_waits_until_it_succeeds()
    {
        ScriptedWire wire = new(ScriptedWire.Answer(503), ScriptedWire.Break(new HttpRequestException("reset")), ScriptedWire.Answer(200, "done"));
        await using HttpClients clients = Calls.Over(wire, _time);

        Task<string> call = Calls.GetAsync(clients, Calls.Endpoint());
        TimeSpan first = await _time.PassNextWaitAsync(s_limits.Attempt, s_limits.Total);
        TimeSpan second = await _time.PassNextWaitAsync(s_limits.Attempt, s_limits.Total);

        Assert.Equal("done", await call);
        Assert.Equal(3, wire.Sent.Count);
        Assert.InRange(first, TimeSpan.FromTicks(1), s_limits.LongestWait);
        Assert.InRange(second, TimeSpan.FromTicks(1), s_limits.LongestWait);
    }

    [Fact]
    public async Task The_number_of_attempts_is_bounded()
    {
        ScriptedWire wire = new(ScriptedWire.Answer(502));
        await using HttpClients clients = Calls.Over(wire, _time);

        Task<string> call = Calls.GetAsync(clients, Calls.Endpoint());
        for (int wait = 0; wait < s_limits.Retries; wait++)
        {
            await _time.PassNextWaitAsync(s_limits.Attempt, s_limits.Total);
        }

        Assert.Equal(FaultId.ServiceUnavailable, (await Calls.FaultAsync(call)).Id);
        Assert.Equal(1 + s_limits.Retries, wire.Sent.Count);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PATCH")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task A_write_is_sent_once(string method)
    {
        ScriptedWire wire = new(ScriptedWire.Answer(503, "{}", ("Retry-After", "1")));
        await using HttpClients clients = Calls.Over(wire, _time);
        using HttpRequestMessage request = new(new(method), "v1/thing");

        AfFaultException fault = await Calls.FaultAsync(Calls.SendAsync(clients, Calls.Endpoint(), request));

        Assert.Equal((FaultId.ServiceUnavailable, TimeSpan.FromSeconds(1)), (fault.Id, fault.RetryAfter));
        Assert.Single(wire.Sent);
    }

    [Fact]
    public async Task A_write_that_its_caller_calls_repeatable_is_tried_again()
    {
        ScriptedWire wire = new(ScriptedWire.Answer(503), ScriptedWire.Answer(200, "done"));
        await using HttpClients clients = Calls.Over(wire, _time);
        using HttpRequestMessage request = new(HttpMethod.Post, "v1/thing") { Content = new StringContent("body") };
        request.Options.Set(RequestMarks.Repeatable, true);

        Task<string> call = Calls.SendAsync(clients, Calls.Endpoint(), request);
        await _time.PassNextWaitAsync(s_limits.Attempt, s_limits.Total);

        Assert.Equal("done", await call);
    }

    [Fact]
    public async Task Retry_After_is_waited_for_to_the_second()
    {
        ScriptedWire wire = new(ScriptedWire.Answer(429, "{}", ("Retry-After", "7")), ScriptedWire.Answer(200, "done"));
        await using HttpClients clients = Calls.Over(wire, _time);

        Task<string> call = Calls.GetAsync(clients, Calls.Endpoint());

        Assert.Equal(TimeSpan.FromSeconds(7), await _time.PassNextWaitAsync(s_limits.Attempt, s_limits.Total));
        Assert.Equal("done", await call);
    }

    [Theory]
    [InlineData("Retry-After", "120", 120)]
    [InlineData("Retry-After", "Sun, 01 Mar 2026 12:05:00 GMT", 300)]
    [InlineData("X-RateLimit-Reset", "1772366460", 60)]
    public async Task A_longer_wait_than_allowed_is_a_fault_at_once_with_the_wait_in_it(string header, string value, int seconds)
    {
        ScriptedWire wire = new(ScriptedWire.Answer(429, "{}", (header, value)));
        await using HttpClients clients = Calls.Over(wire, _time);

        AfFaultException fault = await Calls.FaultAsync(Calls.GetAsync(clients, Calls.Endpoint()));

        Assert.Equal((FaultKind.RateLimited, TimeSpan.FromSeconds(seconds)), (fault.Kind, fault.RetryAfter));
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"Wait {seconds} s"), fault.Fix, StringComparison.Ordinal);
        Assert.Single(wire.Sent);
    }

    [Fact]
    public async Task Waits_that_together_pass_the_total_are_not_begun()
    {
        ScriptedWire wire = new(ScriptedWire.Answer(429, "{}", ("Retry-After", "10")));
        TimeSpan attempt = TimeSpan.FromSeconds(9);
        await using HttpClients clients = Calls.Over(wire, _time, s_limits with { Attempt = attempt });

        Task<string> call = Calls.GetAsync(clients, Calls.Endpoint());
        await _time.PassNextWaitAsync(attempt, s_limits.Total);
        await _time.PassNextWaitAsync(attempt, s_limits.Total);
        AfFaultException fault = await Calls.FaultAsync(call);

        Assert.Equal((FaultKind.RateLimited, 3), (fault.Kind, wire.Sent.Count));
    }

    [Theory]
    [InlineData("X-RateLimit-Remaining", "0")]
    [InlineData("Retry-After", "60")]
    public async Task A_403_that_speaks_of_the_rate_is_a_rate_limit(string header, string value)
    {
        await using HttpClients clients = Calls.Over(new ScriptedWire(ScriptedWire.Answer(403, "{}", (header, value), ("X-RateLimit-Reset", "1772366460"))), _time);

        Assert.Equal(TimeSpan.FromSeconds(60), (await Calls.FaultAsync(Calls.GetAsync(clients, Calls.Endpoint()))).RetryAfter);
    }

    [Fact]
    public async Task An_attempt_that_hangs_is_given_up_and_repeated()
    {
        ScriptedWire wire = new(ScriptedWire.Hang(), ScriptedWire.Answer(200, "done"));
        await using HttpClients clients = Calls.Over(wire, _time);

        Task<string> call = Calls.GetAsync(clients, Calls.Endpoint());
        await _time.PassAsync(s_limits.Attempt);
        await _time.PassNextWaitAsync(s_limits.Attempt, s_limits.Total);

        Assert.Equal("done", await call);
    }

    [Fact]
    public async Task What_never_answers_is_a_timeout()
    {
        await using HttpClients clients = Calls.Over(new ScriptedWire(ScriptedWire.Hang()), _time, s_limits with { Attempt = TimeSpan.FromMinutes(5) });

        Task<string> call = Calls.GetAsync(clients, Calls.Endpoint());
        await _time.PassAsync(s_limits.Total);

        AfFaultException fault = await Calls.FaultAsync(call);
        Assert.Equal((FaultKind.Timeout, FaultId.ServiceTimeout), (fault.Kind, fault.Id));
        Assert.Contains("30 s", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_stays_cancellation_even_while_waiting()
    {
        ScriptedWire wire = new(ScriptedWire.Answer(503));
        await using HttpClients clients = Calls.Over(wire, _time);
        using CancellationTokenSource stop = new();

        Task<string> call = Calls.GetAsync(clients, Calls.Endpoint(), cancellationToken: stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }
}
