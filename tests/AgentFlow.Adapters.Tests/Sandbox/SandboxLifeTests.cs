using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using AgentFlow.Sandbox.Database;
using AgentFlow.TestKit.Sandbox;
using Npgsql;

namespace AgentFlow.Adapters.Tests.Rehearsal;

/// <summary>The sandbox as a process: it comes with a list of scenarios, runs without PostgreSQL, and leaves nothing behind, whatever ends its owner.</summary>
public sealed class SandboxLifeTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Killing_the_owner_ends_the_sandbox_and_its_database()
    {
        Assert.SkipWhen(await PostgresBinaries.FindAsync(CancellationToken.None) is null, "There is no PostgreSQL on this machine: " + PostgresBinaries.HowToInstall);
        await using SandboxHost owner = await SandboxHost.StartAsync();
        using Process owned = SandboxHost.Launch(["--scenario", "healthy", "--database", "auto", "--ignore-stdin", "--parent", owner.Process.Id.ToString(CultureInfo.InvariantCulture)]);
        string ready = (await owned.StandardOutput.ReadLineAsync().WaitAsync(s_patience))!;
        string config = System.Text.Json.JsonDocument.Parse(ready).RootElement.GetProperty("configPath").GetString()!;
        string folder = Path.GetDirectoryName(config)!;
        int port = new NpgsqlConnectionStringBuilder(await File.ReadAllTextAsync(Path.Combine(folder, "app-database.connection"))).Port;
        Assert.True(Listens(port));

        owner.Process.Kill();

        await owned.WaitForExitAsync().WaitAsync(s_patience);
        Assert.Equal(0, owned.ExitCode);
        Assert.False(Listens(port));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Killing_the_sandbox_itself_ends_its_database()
    {
        Assert.SkipWhen(await PostgresBinaries.FindAsync(CancellationToken.None) is null, "There is no PostgreSQL on this machine: " + PostgresBinaries.HowToInstall);
        await using SandboxHost host = await SandboxHost.StartAsync(database: "auto");
        int port = new NpgsqlConnectionStringBuilder(await File.ReadAllTextAsync(Path.Combine(host.Folder, "app-database.connection"))).Port;
        host.Process.Kill();
        await host.Process.WaitForExitAsync().WaitAsync(s_patience);
        Stopwatch waited = Stopwatch.StartNew();
        while (Listens(port))
        {
            Assert.True(waited.Elapsed < s_patience, "PostgreSQL is still there.");
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Without_PostgreSQL_it_runs_and_says_how_to_get_one()
    {
        await using SandboxHost host = await SandboxHost.StartAsync(database: "auto", environment: new Dictionary<string, string> { [PostgresBinaries.Override] = Path.Combine(Path.GetTempPath(), "af-no-such-folder") });
        Assert.False(host.Ready.DatabaseAvailable);
        Assert.Contains(PostgresBinaries.HowToInstall, host.Ready.DatabaseReason, StringComparison.Ordinal);
        using HttpClient client = new(new SocketsHttpHandler());
        Assert.True((await client.GetAsync(new Uri(host.Ready.ProductionUri, "/pricing"))).IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_given_server_is_borrowed_and_its_database_given_back()
    {
        Assert.SkipWhen(await PostgresBinaries.FindAsync(CancellationToken.None) is null, "There is no PostgreSQL on this machine: " + PostgresBinaries.HowToInstall);
        await using PostgresCluster cluster = await PostgresCluster.StartAsync((await PostgresBinaries.FindAsync(CancellationToken.None))!, null, CancellationToken.None);
        await using (SandboxHost host = await SandboxHost.StartAsync(database: "env:AF_TEST_SERVER", environment: new Dictionary<string, string> { ["AF_TEST_SERVER"] = cluster.ConnectionString }))
        {
            Assert.True(host.Ready.DatabaseAvailable, host.Ready.DatabaseReason);
            Assert.Equal(1, await CountAsync(cluster));
        }

        Assert.Equal(0, await CountAsync(cluster));
    }

    [Fact]
    public async Task It_lists_its_scenarios_and_refuses_an_unknown_one_by_name()
    {
        await using SandboxHost host = await SandboxHost.StartAsync();
        IReadOnlyList<string> scenarios = await host.ScenariosAsync();
        Assert.Superset(
            new HashSet<string>(["healthy", "missing-env", "wrong-repository", "cli-upload", "stale-alias", "broken-route", "open-redirect", "protected", "lead-without-audit", "double-usage", "cross-tenant-lead"]),
            scenarios.ToHashSet());
        foreach (string scenario in scenarios)
        {
            await host.SwitchScenarioAsync(scenario);
        }

        await host.SwitchScenarioAsync("missing-env+broken-route");
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.SwitchScenarioAsync("no-such-scenario"));
    }

    [Theory]
    [InlineData("--scenario no-such-scenario", "no-such-scenario")]
    [InlineData("--database Host=x;Password=hunter2", "never a connection string")]
    [InlineData("--frobnicate", "not an option")]
    [InlineData("--parent zero", "process id")]
    public async Task A_wrong_command_line_is_told_and_ends_with_2(string line, string says)
    {
        using Process process = SandboxHost.Launch(line.Split(' '));
        string errors = await process.StandardError.ReadToEndAsync().WaitAsync(s_patience);
        await process.WaitForExitAsync().WaitAsync(s_patience);
        Assert.Equal(2, process.ExitCode);
        Assert.Contains(says, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("latency")]
    [InlineData("reset")]
    [InlineData("truncate")]
    [InlineData("malform")]
    [InlineData("drip")]
    public async Task Each_fault_befalls_as_many_requests_as_it_is_told(string kind)
    {
        await using SandboxHost host = await SandboxHost.StartAsync();
        await host.AddFaultAsync(new(kind) { Provider = "app", PathContains = "/pricing", Status = 503, Milliseconds = 1, Times = 1 });
        using HttpClient client = new(new SocketsHttpHandler());
        Uri page = new(host.Ready.ProductionUri, "/pricing");
        await AskAsync(client, page);
        await AskAsync(client, page);
        IReadOnlyList<RecordedExchange> exchanges = await host.RequestsAsync();
        Assert.Equal(1, exchanges.Count(exchange => exchange.Faults.Contains(kind)));
        Assert.True(exchanges.Count(exchange => exchange.Path == "/pricing") >= 2);
    }

    [Fact]
    public async Task A_fault_finds_its_request_by_the_form_of_the_path_and_by_the_body()
    {
        await using SandboxHost host = await SandboxHost.StartAsync();
        await host.AddFaultAsync(new("status") { Provider = "vercel", PathLike = "/v9/projects/*", Status = 503 });
        await host.AddFaultAsync(new("status") { Provider = "iam", BodyContains = "Action=ListAccessKeys", Status = 503 });
        using HttpClient client = new(new SocketsHttpHandler());
        Uri main = new(host.Ready.ControlUri, "/");
        foreach (string path in (string[])["vercel/v9/projects/one", "vercel/v9/projects", "vercel/v9/projects/one/env"])
        {
            using HttpResponseMessage _ = await client.GetAsync(new Uri(main, path));
        }

        foreach (string action in (string[])["ListAccessKeys", "CreateAccessKey"])
        {
            using FormUrlEncodedContent form = new(new Dictionary<string, string> { ["Action"] = action });
            using HttpResponseMessage _ = await client.PostAsync(new Uri(main, "iam/"), form);
        }

        Assert.Equal([true, false, false, true, false], (await host.RequestsAsync()).Select(exchange => exchange.Faults.Contains("status")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_late_request_is_answered_by_the_world_that_it_was_made_in_or_not_at_all(bool reset)
    {
        await using SandboxHost host = await SandboxHost.StartAsync();
        await host.AddFaultAsync(new("late") { Provider = "app", PathContains = "/pricing", Milliseconds = 3000, Times = 1 });
        using HttpClient client = new(new SocketsHttpHandler());
        Task<HttpResponseMessage> late = client.GetAsync(new Uri(host.Ready.ProductionUri, "/pricing"));
        while (!(await host.RequestsAsync()).Any(exchange => exchange.Faults.Contains("late")))
        {
            Assert.False(late.IsCompleted, "It came before anybody could look.");
        }

        if (reset)
        {
            await host.SwitchScenarioAsync("healthy");
            await Assert.ThrowsAsync<HttpRequestException>(() => late);
        }
        else
        {
            using HttpResponseMessage answer = await late;
            Assert.True(answer.IsSuccessStatusCode);
        }
    }

    [Fact]
    public async Task A_fault_that_nobody_knows_is_refused()
    {
        await using SandboxHost host = await SandboxHost.StartAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.AddFaultAsync(new("earthquake")));
    }

    private static async Task AskAsync(HttpClient client, Uri page)
    {
        try
        {
            await client.GetStringAsync(page);
        }
        catch (HttpRequestException)
        {
            // That is the fault.
        }
    }

    private static bool Listens(int port)
    {
        using TcpClient client = new();
        try
        {
            client.Connect("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task<long> CountAsync(PostgresCluster cluster)
    {
        await using NpgsqlConnection connection = new(new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using NpgsqlCommand command = new("select count(*) from pg_database where datname like 'agentflow_app%'", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
