using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using AgentFlow.Sandbox.Database;
using AgentFlow.Sandbox.Scenarios;

namespace AgentFlow.Sandbox.Hosting;

/// <summary>The life of the process: start everything, say that it is ready, wait for a reason to end, leave nothing behind.</summary>
internal static class SandboxProgram
{
    private const int Protocol = 1;

    /// <summary>Exit codes: 0 ended as asked, 1 could not start, 2 the command line is wrong.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        SandboxOptions options;
        Scenario? scenario;
        try
        {
            options = SandboxOptions.Parse(arguments);
            if (!ScenarioCatalog.TryFind(options.Scenario, out scenario))
            {
                throw new ArgumentException($"there is no scenario '{options.Scenario}'; there are: {string.Join(", ", ScenarioCatalog.All.Select(one => one.Name))}");
            }
        }
        catch (ArgumentException exception)
        {
            Terminal.Complain(exception.Message);
            return 2;
        }

        using CancellationTokenSource ending = new();
        if (options.Parent is not null)
        {
            ProcessGroup.Leave();
        }

        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => End(signal, ending));
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => End(signal, ending));
        using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => End(signal, ending));
        Task owner = WatchAsync(options, ending);
        try
        {
            await ServeAsync(options, scenario, ending).ConfigureAwait(false);
            return 0;
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or UnauthorizedAccessException or ArgumentException or Npgsql.NpgsqlException)
        {
            Terminal.Complain(exception.Message);
            return 1;
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            // Reading standard input cannot always be cancelled; the process's end ends it.
            _ = owner;
        }
    }

    private static async Task ServeAsync(SandboxOptions options, Scenario scenario, CancellationTokenSource ending)
    {
        StateFolder.SweepStale();
        using StateFolder folder = new(options.StateFolder);
        Task<SandboxDatabase> starting = SandboxDatabase.StartAsync(options.Database, ending.Token);
        SandboxDatabase? database = null;
        try
        {
            SandboxState sandbox = new(folder, scenario, TimeProvider.System);
            IReadOnlyList<ISandboxPart> parts = SandboxParts.Create(sandbox);
            ISiteDirectory sites = parts.OfType<ISiteDirectory>().Single();
            ControlRoutes control = new(sandbox, token => ResetAsync(parts, token), ending.Cancel);
            await using WebApplication app = await WebServer.StartAsync(sandbox, parts, control, sites.Visit, ending.Token).ConfigureAwait(false);
            database = await starting.ConfigureAwait(false);
            sandbox.Database = database;
            await ResetAsync(parts, ending.Token).ConfigureAwait(false);
            string config = WriteConfig(sandbox, parts);
            Terminal.Say(Ready(sandbox, sites, config));
            await Task.Delay(Timeout.Infinite, ending.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
            using CancellationTokenSource grace = new(TimeSpan.FromSeconds(1));
            await app.StopAsync(grace.Token).ConfigureAwait(false);
        }
        finally
        {
            database ??= await starting.ConfigureAwait(false);
            await database.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task ResetAsync(IReadOnlyList<ISandboxPart> parts, CancellationToken cancellationToken)
    {
        foreach (ISandboxPart part in parts)
        {
            await part.ResetAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static string WriteConfig(SandboxState sandbox, IReadOnlyList<ISandboxPart> parts)
    {
        JsonObject config = new() { ["name"] = "agentflow", ["endpoints"] = new JsonObject() };
        foreach (ISandboxPart part in parts)
        {
            part.Configure(config);
        }

        return sandbox.Folder.Write("agentflow.json", config.ToJsonString(new() { WriteIndented = true }));
    }

    private static string Ready(SandboxState sandbox, ISiteDirectory sites, string config) => new JsonObject
    {
        ["protocol"] = Protocol,
        ["scenario"] = sandbox.Scenario.Name,
        ["controlUri"] = $"{sandbox.Ports.MainOrigin}/control",
        ["configPath"] = config,
        ["vercelUri"] = $"{sandbox.Ports.MainOrigin}/vercel",
        ["githubUri"] = $"{sandbox.Ports.MainOrigin}/github",
        ["productionUri"] = $"http://{sandbox.Ports.AliasHost}",
        ["previewUri"] = $"http://{sites.PreviewHost}",
        ["databaseAvailable"] = sandbox.Database.IsAvailable,
        ["databaseReason"] = sandbox.Database.Reason,
    }.ToJsonString();

    private static async Task WatchAsync(SandboxOptions options, CancellationTokenSource ending)
    {
        List<Task> reasons = [];
        if (options.Parent is { } parent)
        {
            reasons.Add(OwnerWatch.ParentEndedAsync(parent, TimeProvider.System, ending.Token));
        }

        if (!options.IgnoreInput && Terminal.InputIsPipe)
        {
            reasons.Add(OwnerWatch.InputEndedAsync(ending.Token));
        }

        if (reasons.Count > 0)
        {
            await Task.WhenAny(reasons).ConfigureAwait(false);
            await ending.CancelAsync().ConfigureAwait(false);
        }
    }

    private static void End(PosixSignalContext signal, CancellationTokenSource ending)
    {
        signal.Cancel = true;
        ending.Cancel();
    }
}
