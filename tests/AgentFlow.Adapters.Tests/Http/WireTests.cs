using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AgentFlow.Adapters.Http;
using AgentFlow.Faults;
using AgentFlow.Safety;

namespace AgentFlow.Adapters.Tests.Http;

/// <summary>The chain over real sockets, against a server that misbehaves below HTTP.</summary>
public sealed class WireTests
{
    private static readonly HttpLimits s_quick = new() { FirstWait = TimeSpan.FromMilliseconds(1), LongestWait = TimeSpan.FromMilliseconds(2), Retries = 2 };

    [Fact]
    public async Task A_body_that_breaks_off_is_read_again()
    {
        await using RawServer server = new(async (request, _, stream, stop) =>
            await stream.WriteAsync(request == 1 ? RawServer.Bytes("HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n{\"half\":") : RawServer.Answer("whole"), stop));
        await using HttpClients clients = new(TimeProvider.System, s_quick);

        Assert.Equal("whole", await Calls.GetAsync(clients, Calls.Endpoint(server.Address)));
        Assert.Equal(2, server.Requests);
    }

    [Fact]
    public async Task A_connection_that_is_always_reset_is_unreachable()
    {
        await using RawServer server = new((_, socket, _, _) =>
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Close();
            return Task.CompletedTask;
        });
        await using HttpClients clients = new(TimeProvider.System, s_quick);

        AfFaultException fault = await Calls.FaultAsync(Calls.GetAsync(clients, Calls.Endpoint(server.Address)));

        Assert.Equal((FaultKind.Connection, FaultId.ServiceUnreachable), (fault.Kind, fault.Id));
        Assert.Equal(3, server.Requests);
    }

    [Fact]
    public async Task A_body_that_drips_ends_with_the_attempt()
    {
        await using RawServer server = new(async (_, _, stream, stop) =>
        {
            await stream.WriteAsync(RawServer.Bytes("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"), stop);
            while (!stop.IsCancellationRequested)
            {
                await stream.WriteAsync(new byte[] { (byte)' ' }, stop);
                await Task.Delay(20, stop);
            }
        });
        await using HttpClients clients = new(TimeProvider.System, s_quick with { Attempt = TimeSpan.FromMilliseconds(200), Retries = 1 });

        AfFaultException fault = await Calls.FaultAsync(Calls.GetAsync(clients, Calls.Endpoint(server.Address)));

        Assert.Equal((FaultId.ServiceTimeout, 2), (fault.Id, server.Requests));
    }

    [Fact]
    public async Task Nobody_listening_is_unreachable()
    {
        Uri address;
        await using (RawServer gone = new((_, _, _, _) => Task.CompletedTask))
        {
            address = gone.Address;
        }

        await using HttpClients clients = new(TimeProvider.System, s_quick);

        AfFaultException fault = await Calls.FaultAsync(Calls.GetAsync(clients, Calls.Endpoint(address)));

        Assert.Equal(FaultId.ServiceUnreachable, fault.Id);
        Assert.Contains(address.Authority, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_that_is_not_TLS_is_said_to_be_that()
    {
        await using RawServer server = new(async (_, _, stream, stop) => await stream.WriteAsync(RawServer.Answer("plain"), stop));
        await using HttpClients clients = new(TimeProvider.System, s_quick with { Retries = 1 });
        UriBuilder secure = new(server.Address) { Scheme = "https" };

        AfFaultException fault = await Calls.FaultAsync(Calls.GetAsync(clients, Calls.Endpoint(secure.Uri)));

        Assert.Equal(FaultId.ServiceUnreachable, fault.Id);
        Assert.Contains("TLS", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_beyond_the_bound_is_refused(bool announced)
    {
        string body = new('x', 5000);
        await using RawServer server = new(async (_, _, stream, stop) =>
            await stream.WriteAsync(announced ? RawServer.Answer(body) : RawServer.Bytes($"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{body}"), stop));
        await using HttpClients clients = new(TimeProvider.System, s_quick with { MostBytes = 4999 });
        await using HttpClients roomier = new(TimeProvider.System, s_quick with { MostBytes = 5000 });

        AfFaultException fault = await Calls.FaultAsync(Calls.GetAsync(clients, Calls.Endpoint(server.Address)));

        Assert.Equal((FaultId.ResponseTooLarge, 1), (fault.Id, server.Requests));
        Assert.Equal(body, await Calls.GetAsync(roomier, Calls.Endpoint(server.Address)));
    }

    [Fact]
    public async Task The_bound_counts_what_compression_unfolds_to()
    {
        using MemoryStream packed = new();
        await using (GZipStream gzip = new(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[1_000_000]);
        }

        await using RawServer server = new(async (_, _, stream, stop) =>
        {
            await stream.WriteAsync(RawServer.Bytes($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\nConnection: close\r\n\r\n"), stop);
            await stream.WriteAsync(packed.ToArray(), stop);
        });
        await using HttpClients clients = new(TimeProvider.System, s_quick with { MostBytes = 100_000 });

        Assert.Equal(FaultId.ResponseTooLarge, (await Calls.FaultAsync(Calls.GetAsync(clients, Calls.Endpoint(server.Address)))).Id);
    }

    [Fact]
    public async Task Cookies_are_not_kept_and_the_agent_is_named()
    {
        await using RawServer server = new(async (_, _, stream, stop) => await stream.WriteAsync(RawServer.Answer("{}", "Set-Cookie: session=1; Path=/\r\n"), stop));
        await using HttpClients clients = new(TimeProvider.System, s_quick);

        await Calls.GetAsync(clients, Calls.Endpoint(server.Address));
        await Calls.GetAsync(clients, Calls.Endpoint(server.Address));

        Assert.All(server.Heads, head => Assert.DoesNotContain("Cookie:", head, StringComparison.OrdinalIgnoreCase));
        Assert.All(server.Heads, head => Assert.Contains("User-Agent: AgentFlow.PS/", head, StringComparison.Ordinal));
        Assert.All(server.Heads, head => Assert.DoesNotContain("traceparent", head, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_long_error_body_is_read_only_so_far()
    {
        await using RawServer server = new(async (_, _, stream, stop) =>
        {
            await stream.WriteAsync(RawServer.Bytes("HTTP/1.1 404 Not Found\r\nContent-Length: 900000000\r\n\r\n{\"error\":{\"code\":\"not_found\"},\"more\":\""), stop);
            await stream.WriteAsync(Encoding.Latin1.GetBytes(new string('x', 20_000)), stop);
            await Task.Delay(Timeout.InfiniteTimeSpan, stop);
        });
        await using HttpClients clients = new(TimeProvider.System, s_quick);

        AfFaultException fault = await Calls.FaultAsync(Calls.GetAsync(clients, Calls.Endpoint(server.Address)));

        Assert.Contains("404 (not_found)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_data_is_cut_at_the_bound()
    {
        await using RawServer server = new(async (_, _, stream, stop) => await stream.WriteAsync(RawServer.Answer(new string('x', 5000)), stop));
        await using HttpClients clients = new(TimeProvider.System, s_quick with { MostBytes = 1000 });

        Assert.Equal(1000, (await Calls.GetAsync(clients, Calls.Endpoint(server.Address) with { Token = null, AnswersAreData = true })).Length);
    }

    [Fact]
    public async Task A_body_in_memory_is_wiped_with_its_response()
    {
        await using HttpClients clients = Calls.Over(new ScriptedWire(ScriptedWire.Answer(200, "value-of-a-variable")));
        using HttpClient client = clients.Create(Calls.Endpoint());

        HttpResponseMessage response = await client.GetAsync("v1/thing", HttpCompletionOption.ResponseHeadersRead);
        ReadOnlyMemory<byte> bytes = Assert.IsType<HeldContent>(response.Content).Bytes;
        Assert.Equal("value-of-a-variable", Encoding.UTF8.GetString(bytes.Span));
        response.Dispose();

        Assert.False(bytes.Span.ContainsAnyExcept((byte)0));
    }
}
