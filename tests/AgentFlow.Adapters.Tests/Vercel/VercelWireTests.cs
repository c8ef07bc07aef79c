using AgentFlow.Adapters.Http;
using AgentFlow.Adapters.Tests.Http;
using AgentFlow.Adapters.Vercel;
using AgentFlow.Faults;
using AgentFlow.TestKit.Sandbox;

namespace AgentFlow.Adapters.Tests.Vercel;

/// <summary>Vercel over a real wire that fails in every way that the sandbox knows.</summary>
public sealed class VercelWireTests(VercelWireTests.World world) : IClassFixture<VercelWireTests.World>
{
    private static readonly HttpLimits s_short = new() { Attempt = TimeSpan.FromSeconds(2), Total = TimeSpan.FromSeconds(6), FirstWait = TimeSpan.FromMilliseconds(5), LongestWait = TimeSpan.FromMilliseconds(20) };

    [Theory]
    [InlineData(429, 0)]
    [InlineData(500, null)]
    [InlineData(503, 0)]
    public async Task A_refusal_that_passes_is_not_seen(int status, int? retryAfter)
    {
        await FaultAsync(new("status") { Status = status, RetryAfterSeconds = retryAfter, Times = 2 });
        await using HttpClients clients = new(TimeProvider.System, s_short);
        Assert.NotEmpty(await Client(clients).ListDeploymentsAsync(new() { ProjectId = world.Project }, default).ToListAsync());
    }

    [Theory]
    [InlineData(429, 3600, FaultId.RateLimited, FaultKind.RateLimited)]
    [InlineData(502, null, FaultId.ServiceUnavailable, FaultKind.Unavailable)]
    [InlineData(401, null, FaultId.CredentialRejected, FaultKind.Authentication)]
    [InlineData(403, null, FaultId.ScopeMissing, FaultKind.Permission)]
    public async Task A_refusal_that_stays_is_one_fault(int status, int? retryAfter, string id, FaultKind kind)
    {
        await FaultAsync(new("status") { Status = status, RetryAfterSeconds = retryAfter });
        AfFaultException fault = await AskAsync();
        Assert.Equal((id, kind), (fault.Id, fault.Kind));
        Assert.NotEmpty(fault.Fix);
        Assert.Equal(retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null, fault.RetryAfter);
    }

    [Theory]
    [InlineData("reset", FaultId.ServiceUnreachable)]
    [InlineData("truncate", FaultId.ServiceUnreachable)]
    [InlineData("malform", FaultId.ResponseMalformed)]
    public async Task A_broken_answer_is_one_fault_and_never_half_a_list(string kind, string id)
    {
        await FaultAsync(new(kind));
        AfFaultException fault = await AskAsync();
        Assert.Equal(id, fault.Id);
        Assert.NotEmpty(fault.Fix);
    }

    [Fact]
    public async Task A_slow_drip_within_the_time_is_an_answer_and_beyond_it_a_timeout()
    {
        await FaultAsync(new("drip") { Milliseconds = 20 });
        await using HttpClients patient = new(TimeProvider.System, s_short);
        Assert.NotEmpty(await Client(patient).ListDeploymentsAsync(new() { ProjectId = world.Project }, default).ToListAsync());
        await world.Host.ClearFaultsAsync();
        await FaultAsync(new("drip") { Milliseconds = 60_000 });
        await using HttpClients hasty = new(TimeProvider.System, s_short with { Attempt = TimeSpan.FromMilliseconds(300), Total = TimeSpan.FromMilliseconds(700), Retries = 1 });
        AfFaultException fault = await Assert.ThrowsAsync<AfFaultException>(async () => await Client(hasty).ListDeploymentsAsync(new() { ProjectId = world.Project }, default).ToListAsync());
        Assert.Equal((FaultId.ServiceTimeout, FaultKind.Timeout), (fault.Id, fault.Kind));
    }

    [Fact]
    public async Task Cancellation_ends_a_call_that_hangs()
    {
        await FaultAsync(new("latency") { Milliseconds = 60_000 });
        await using HttpClients clients = new(TimeProvider.System);
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(200));
        long start = TimeProvider.System.GetTimestamp();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Client(clients).ListDeploymentsAsync(new() { ProjectId = world.Project }, stop.Token).ToListAsync());
        Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(5));
    }

    private VercelClient Client(HttpClients clients) => new(clients, world.Endpoint, world.Team);

    private async Task FaultAsync(SandboxFault fault)
    {
        await world.Host.ClearFaultsAsync();
        await world.Host.AddFaultAsync(fault with { Provider = "vercel" });
    }

    private async Task<AfFaultException> AskAsync()
    {
        await using HttpClients clients = new(TimeProvider.System, s_short);
        return await Assert.ThrowsAsync<AfFaultException>(async () => await Client(clients).ListDeploymentsAsync(new() { ProjectId = world.Project }, default).ToListAsync());
    }

    public sealed class World : IAsyncLifetime
    {
        private Contracts.RehearsedWorld? _world;

        public SandboxHost Host => _world!.Host;

        public ServiceEndpoint Endpoint => _world!.VercelEndpoint;

        public string Project => _world!.Project;

        public string? Team => _world!.Config.Vercel.TeamId;

        public async ValueTask InitializeAsync() => _world = await Contracts.RehearsedWorld.StartAsync();

        public ValueTask DisposeAsync() => _world!.DisposeAsync();
    }
}
