using System.Text.Json;
using AgentFlow.Adapters.Postgres.Rls;
using AgentFlow.Adapters.Tests.Rls;
using AgentFlow.Safety;
using AgentFlow.TestKit;
using AgentFlow.TestKit.Database;

[assembly: AssemblyFixture(typeof(CorpusServer))]

namespace AgentFlow.Adapters.Tests.Rls;

/// <summary>A cluster of its own for the RLS corpus (its mutations change roles, which a cluster shares) with the baseline as a template.</summary>
public sealed class CorpusServer : IAsyncLifetime
{
    private const string Baseline = "baseline";
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private PostgresServer? _server;

    /// <summary>The folder of the corpus; null where it is absent.</summary>
    public static string? Folder { get; } = SharedFolder.Path is null ? null : SharedFolder.File("corpora", "rls");

    /// <summary>Every case of the manifest.</summary>
    public static IReadOnlyList<CorpusCase> Cases { get; } = Folder is null ? [] : JsonSerializer.Deserialize<IReadOnlyList<CorpusCase>>(File.ReadAllText(Path.Combine(Folder, "manifest.json")), s_json)!;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>The server with the baseline in it, or the test is skipped.</summary>
    public async Task<PostgresServer> RequireAsync()
    {
        Assert.SkipWhen(Folder is null, SharedFolder.Reason);
        await _gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_server is null)
            {
                PostgresServer? started = await PostgresServer.TryStartAsync(TestContext.Current.CancellationToken);
                Assert.SkipWhen(started is null, PostgresServer.Reason);
                await started.CreateAsync(Baseline, Path.Combine(Folder!, "baseline.sql"));
                _server = started;
            }

            return _server;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A copy of the baseline.</summary>
    public async Task<string> CopyAsync() => await (await RequireAsync()).CopyAsync(Baseline);

    /// <summary>What the product sees of one database.</summary>
    public async Task<RlsDatabase> OpenAsync(string name)
    {
        PostgresServer server = await RequireAsync();
        return new(() => Secret.FromChars(server.For(name)));
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _gate.Dispose();
    }
}
