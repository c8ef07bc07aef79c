using System.Diagnostics;
using System.Management.Automation;
using System.Text.Json;
using AgentFlow.TestKit.Postgres;
using Npgsql;

namespace AgentFlow.PS.Tests.Deployments;

/// <summary>Ctrl+C at any moment of a lead: soon over, nothing of it left in the database, no connection open.</summary>
public sealed class LeadStopTests(VerificationTests.World world) : IClassFixture<VerificationTests.World>
{
    private const string Tagged = "select (select count(*) from public.leads where correlation_id like 'af-verify-%') + (select count(*) from public.qualifications q join public.leads l on l.id = q.lead_id where l.correlation_id like 'af-verify-%')";
    private const string Connections = "select count(*) from pg_stat_activity where application_name = 'AgentFlow.PS lead'";

    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(5.5);

    [Fact]
    public async Task Before_the_send_nothing_is_sent()
    {
        TestDatabase database = await PrepareAsync("healthy");
        await world.Session.AddFaultAsync(new { match = new { provider = "vercel" }, kind = "latency", milliseconds = 20000, times = 100 });
        await StopAsync("Invoke-AfLeadQualification -Confirm:$false", () => Task.FromResult(true), s_second, TimeSpan.FromMilliseconds(400));
        Assert.DoesNotContain(await RequestsAsync(), request => request.EndsWith("/api/leads", StringComparison.Ordinal));
        await CleanAsync(database);
    }

    [Fact]
    public async Task During_the_send_its_end_is_awaited_within_the_grace_time()
    {
        TestDatabase database = await PrepareAsync("healthy");
        await world.Session.AddFaultAsync(new { match = new { pathContains = "/api/leads" }, kind = "latency", milliseconds = 20000, times = 100 });
        await StopAsync("Invoke-AfLeadQualification -Confirm:$false", async () => await database.TextAsync(Connections) == "2", s_grace, TimeSpan.FromMilliseconds(400));
        await CleanAsync(database);
    }

    [Theory]
    [InlineData("Invoke-AfLeadQualification -Confirm:$false")]
    [InlineData("Test-AfDeployment -Target preview")]
    [InlineData("Test-AfDeployment -Target preview -Check Lead -Quiet")]
    public async Task While_it_waits_the_rows_go_within_a_second(string command)
    {
        TestDatabase database = await PrepareAsync("lead-stuck");
        await StopAsync(command, async () => await database.TextAsync(Tagged) == "2", s_second);
        await CleanAsync(database);
    }

    [Fact]
    public async Task While_it_removes_the_removal_goes_on()
    {
        TestDatabase database = await PrepareAsync("healthy");
        await using NpgsqlConnection other = await database.OpenAsync();
        NpgsqlTransaction? hold = null;
        await StopAsync(
            "Invoke-AfLeadQualification -Confirm:$false",
            async () =>
            {
                if (hold is null && await database.TextAsync("select count(*) from public.audit_events where lead_id in (select id from public.leads where correlation_id like 'af-verify-%')") == "1")
                {
                    hold = await other.BeginTransactionAsync();
                    await using NpgsqlCommand take = new("select 1 from public.audit_events where lead_id in (select id from public.leads where correlation_id like 'af-verify-%') for update", other, hold);
                    await take.ExecuteScalarAsync();
                }

                return hold is not null && await database.TextAsync($"{Connections} and wait_event_type = 'Lock'") == "1";
            },
            s_second,
            meanwhile: () => hold!.RollbackAsync());
        await CleanAsync(database);
    }

    [Fact]
    public async Task A_reader_that_needs_no_more_ends_it_as_well()
    {
        TestDatabase database = await PrepareAsync("lead-stuck");
        Assert.Equal("AFD030", Assert.Single(world.Session.Run("foreach ($once in 1) { Test-AfDeployment -Target preview -Check Lead | ForEach-Object { $_.CheckId; break } }").Output).ToString());
        await CleanAsync(database);
    }

    private async Task<TestDatabase> PrepareAsync(string scenario)
    {
        Assert.SkipUnless(world.Session.DatabaseAvailable, "PostgreSQL is not installed.");
        await world.Session.ClearFaultsAsync();
        await world.Session.SwitchAsync(scenario);
        await world.Session.ClearRequestsAsync();
        string file = Directory.EnumerateFiles(Path.GetDirectoryName(world.Session.ConfigPath)!, "app-database*", SearchOption.AllDirectories).Single();
        return new((await File.ReadAllTextAsync(file)).Trim());
    }

    // Starts the command, stops it once the moment has come, and holds the stop against the time that it may take.
    private async Task StopAsync(string command, Func<Task<bool>> moment, TimeSpan most, TimeSpan atLeast = default, Func<Task>? meanwhile = null)
    {
        using PowerShell shell = world.Session.Engine.Create(command);
        IAsyncResult running = shell.BeginInvoke();
        long start = Stopwatch.GetTimestamp();
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
        using PeriodicTimer tick = new(TimeSpan.FromMilliseconds(20));
        while (!await moment() || Stopwatch.GetElapsedTime(start) < atLeast)
        {
            Assert.False(running.IsCompleted, "the command ended before its moment came");
            await tick.WaitForNextTickAsync(limit.Token);
        }

        Assert.False(running.IsCompleted, "the command ended before its moment came");
        start = Stopwatch.GetTimestamp();
        Task stop = Task.Factory.FromAsync(shell.BeginStop, shell.EndStop, null);
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        await stop;
        Assert.True(Stopwatch.GetElapsedTime(start) < most, $"it took {Stopwatch.GetElapsedTime(start)}");
    }

    private async Task CleanAsync(TestDatabase database)
    {
        await world.Session.ClearFaultsAsync();
        Assert.Equal("0", await database.TextAsync(Tagged));

        // The server takes a moment to notice that a connection is closed.
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(10));
        using PeriodicTimer tick = new(TimeSpan.FromMilliseconds(50));
        while (await database.TextAsync(Connections) != "0")
        {
            await tick.WaitForNextTickAsync(limit.Token);
        }
    }

    private async Task<IReadOnlyList<string>> RequestsAsync() =>
        [.. (await world.Session.RequestsAsync()).GetProperty("requests").EnumerateArray().Select(request => request.GetProperty("path").GetString()!)];
}
