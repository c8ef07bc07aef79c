using AgentFlow.Adapters.Http;
using AgentFlow.Faults;
using AgentFlow.Safety;

namespace AgentFlow.Adapters.Tests.Http;

public sealed class CredentialTests
{
    [Fact]
    public async Task The_token_is_on_the_wire_and_nowhere_else()
    {
        ScriptedWire wire = new(ScriptedWire.Answer(200));
        await using HttpClients clients = Calls.Over(wire);
        using HttpClient client = clients.Create(Calls.Endpoint());

        using HttpResponseMessage response = await client.GetAsync("v1/thing");

        Assert.Equal($"Bearer {Calls.Token}", Assert.Single(wire.Sent).Authorization);
        Assert.Null(response.RequestMessage!.Headers.Authorization);
        Assert.Null(client.DefaultRequestHeaders.Authorization);
    }

    [Fact]
    public async Task The_token_is_read_anew_for_each_send()
    {
        ScriptedWire wire = new(ScriptedWire.Answer(200));
        int reads = 0;
        await using HttpClients clients = Calls.Over(wire);
        ServiceEndpoint endpoint = Calls.Endpoint() with { Token = () => Secret.FromChars($"tok-{++reads}") };

        await Calls.GetAsync(clients, endpoint);
        await Calls.GetAsync(clients, endpoint);

        Assert.Equal(["Bearer tok-1", "Bearer tok-2"], wire.Sent.Select(sent => sent.Authorization));
    }

    [Fact]
    public async Task A_moved_object_is_followed_on_its_own_origin_with_the_token()
    {
        ScriptedWire wire = new(ScriptedWire.Answer(301, "{}", ("Location", "https://api.elsewhere.test/v2/thing")), ScriptedWire.Answer(307, "{}", ("Location", "/v3/thing?x=1")), ScriptedWire.Answer(200, "moved"));
        await using HttpClients clients = Calls.Over(wire);

        Assert.Equal("moved", await Calls.GetAsync(clients, Calls.Endpoint()));
        Assert.Equal(["/v1/thing", "/v2/thing", "/v3/thing?x=1"], wire.Sent.Select(sent => sent.Address.PathAndQuery));
        Assert.All(wire.Sent, sent => Assert.NotNull(sent.Authorization));
    }

    [Theory]
    [InlineData("https://evil.test/v1/thing")]
    [InlineData("http://api.elsewhere.test/v1/thing")]
    [InlineData("https://api.elsewhere.test:8443/v1/thing")]
    [InlineData("//evil.test/")]
    [InlineData("https://api.elsewhere.test@evil.test/")]
    public async Task A_redirect_to_another_origin_is_refused_and_never_sent(string location)
    {
        ScriptedWire wire = new(ScriptedWire.Answer(302, "{}", ("Location", location)));
        await using HttpClients clients = Calls.Over(wire);

        AfFaultException fault = await Calls.FaultAsync(Calls.GetAsync(clients, Calls.Endpoint()));

        Assert.Equal(FaultId.ServiceRedirected, fault.Id);
        Assert.Single(wire.Sent);
    }

    [Fact]
    public async Task A_redirect_of_a_write_and_a_loop_are_refused()
    {
        ScriptedWire wire = new(ScriptedWire.Answer(307, "{}", ("Location", "/v1/thing")));
        await using HttpClients clients = Calls.Over(wire);
        using HttpRequestMessage write = new(HttpMethod.Post, "v1/thing");

        Assert.Equal(FaultId.ServiceRedirected, (await Calls.FaultAsync(Calls.SendAsync(clients, Calls.Endpoint(), write))).Id);
        Assert.Single(wire.Sent);
        Assert.Equal(FaultId.ServiceRedirected, (await Calls.FaultAsync(Calls.GetAsync(clients, Calls.Endpoint()))).Id);
        Assert.Equal(5, wire.Sent.Count);
    }

    [Theory]
    [InlineData("http://api.elsewhere.test/", "v1/thing")]
    [InlineData("https://api.elsewhere.test/", "https://evil.test/v1/thing")]
    public async Task The_token_travels_over_TLS_to_its_own_host_only(string address, string path)
    {
        ScriptedWire wire = new(ScriptedWire.Answer(200));
        await using HttpClients clients = Calls.Over(wire);

        AfFaultException fault = await Calls.FaultAsync(Calls.GetAsync(clients, Calls.Endpoint(new(address)), path));

        Assert.Equal((FaultKind.Guard, FaultId.ServiceRedirected), (fault.Kind, fault.Id));
        Assert.Empty(wire.Sent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two\nlines-of-canary")]
    [InlineData("sp ace-canary")]
    [InlineData("tök-canary")]
    public async Task A_token_that_cannot_be_one_is_refused_without_quoting_it(string token)
    {
        ScriptedWire wire = new(ScriptedWire.Answer(200));
        await using HttpClients clients = Calls.Over(wire);

        AfFaultException fault = await Calls.FaultAsync(Calls.GetAsync(clients, Calls.Endpoint(token: token)));

        Assert.Equal(FaultId.CredentialRejected, fault.Id);
        Assert.DoesNotContain("canary", fault.ToString() + fault.Fix, StringComparison.Ordinal);
        Assert.Empty(wire.Sent);
    }

    [Fact]
    public async Task A_secret_that_is_not_there_is_its_own_fault()
    {
        await using HttpClients clients = Calls.Over(new ScriptedWire(ScriptedWire.Answer(200)));
        ServiceEndpoint endpoint = Calls.Endpoint() with { Token = () => throw new AfFaultException(FaultKind.Authentication, FaultId.SecretNotFound, "not there", "put it there") };

        Assert.Equal(FaultId.SecretNotFound, (await Calls.FaultAsync(Calls.GetAsync(clients, endpoint))).Id);
    }

    [Fact]
    public void An_SDK_that_disposes_its_handler_leaves_the_chain_alone()
    {
        ScriptedWire wire = new(ScriptedWire.Answer(200));
        HttpClients clients = Calls.Over(wire);

        clients.CreateHandler(Calls.Endpoint()).Dispose();

        Assert.NotNull(Calls.GetAsync(clients, Calls.Endpoint()));
    }
}
