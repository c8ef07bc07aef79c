using AgentFlow.Adapters.Http;
using AgentFlow.Faults;

namespace AgentFlow.Adapters.Tests.Http;

public sealed class FaultMappingTests
{
    private static readonly HttpLimits s_once = new() { Retries = 1, FirstWait = TimeSpan.FromTicks(1), LongestWait = TimeSpan.FromTicks(1) };

    [Theory]
    [InlineData(400, FaultKind.InvalidArgument, FaultId.RequestRefused)]
    [InlineData(401, FaultKind.Authentication, FaultId.CredentialRejected)]
    [InlineData(402, FaultKind.Permission, FaultId.RequestRefused)]
    [InlineData(403, FaultKind.Permission, FaultId.ScopeMissing)]
    [InlineData(404, FaultKind.NotFound, FaultId.ResourceNotFound)]
    [InlineData(408, FaultKind.Timeout, FaultId.ServiceTimeout)]
    [InlineData(409, FaultKind.Conflict, FaultId.ResourceConflict)]
    [InlineData(410, FaultKind.NotFound, FaultId.ResourceNotFound)]
    [InlineData(418, FaultKind.InvalidArgument, FaultId.RequestRefused)]
    [InlineData(422, FaultKind.InvalidArgument, FaultId.RequestRefused)]
    [InlineData(429, FaultKind.RateLimited, FaultId.RateLimited)]
    [InlineData(451, FaultKind.Permission, FaultId.ScopeMissing)]
    [InlineData(500, FaultKind.Unavailable, FaultId.ServiceUnavailable)]
    [InlineData(503, FaultKind.Unavailable, FaultId.ServiceUnavailable)]
    [InlineData(599, FaultKind.Unavailable, FaultId.ServiceUnavailable)]
    [InlineData(304, FaultKind.InvalidData, FaultId.ResponseMalformed)]
    public async Task A_status_becomes_one_fault_with_a_fix(int status, FaultKind kind, string id)
    {
        await using HttpClients clients = Calls.Over(new ScriptedWire(ScriptedWire.Answer(status)), limits: s_once);

        AfFaultException fault = await Calls.FaultAsync(Calls.GetAsync(clients, Calls.Endpoint()));

        Assert.Equal((kind, id), (fault.Kind, fault.Id));
        Assert.Contains($"{status}", fault.Message, StringComparison.Ordinal);
        Assert.Equal("Elsewhere GET /v1/thing", fault.Target);
        Assert.NotEmpty(fault.Fix);
        Assert.Null(fault.InnerException);
    }

    [Fact]
    public async Task The_fix_names_the_reference_and_the_scope()
    {
        await using HttpClients clients = Calls.Over(new ScriptedWire(ScriptedWire.Answer(401), ScriptedWire.Answer(403)));

        AfFaultException rejected = await Calls.FaultAsync(Calls.GetAsync(clients, Calls.Endpoint()));
        AfFaultException refused = await Calls.FaultAsync(Calls.GetAsync(clients, Calls.Endpoint()));

        Assert.Contains("env:ELSEWHERE_TOKEN", rejected.Fix, StringComparison.Ordinal);
        Assert.Contains("read of the project", refused.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_403_that_says_invalid_token_is_a_rejected_credential()
    {
        await using HttpClients clients = Calls.Over(new ScriptedWire(ScriptedWire.Answer(403, """{"error":{"code":"forbidden","message":"Not authorized","invalidToken":true}}""")));

        AfFaultException fault = await Calls.FaultAsync(Calls.GetAsync(clients, Calls.Endpoint()));

        Assert.Equal(FaultId.CredentialRejected, fault.Id);
        Assert.Contains("(forbidden)", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":{"code":"CANARY","message":"the token CANARY was refused"}}""")]
    [InlineData("""{"message":"CANARY","documentation_url":"https://CANARY"}""")]
    [InlineData("""{"error":"CANARY"}""")]
    [InlineData("<html>CANARY</html>")]
    [InlineData("""{"error":{"code":"forb""")]
    public async Task Nothing_of_an_error_body_but_a_plain_code_reaches_the_fault(string body)
    {
        string canary = "sk_" + "live_" + "51Canary7Q";
        await using HttpClients clients = Calls.Over(new ScriptedWire(ScriptedWire.Answer(400, body.Replace("CANARY", canary, StringComparison.Ordinal), ("X-Canary", canary))));

        AfFaultException fault = await Calls.FaultAsync(Calls.GetAsync(clients, Calls.Endpoint(), $"v1/thing?secret={canary}"));

        Assert.DoesNotContain(canary, fault.ToString() + fault.Fix + fault.Target, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":{"code":"rate_limited"}}""", "rate_limited", false)]
    [InlineData("""{"error":{"message":"x","details":{"code":"deep"},"code":"not_found"}}""", "not_found", false)]
    [InlineData("""{"code":"token_expired"}""", "token_expired", true)]
    [InlineData("""{"error":{"code":42}}""", null, false)]
    [InlineData("[1,2]", null, false)]
    [InlineData("", null, false)]
    public void A_code_is_taken_when_it_is_plainly_a_code(string body, string? code, bool invalid)
    {
        ErrorCode read = ErrorCode.Read(System.Text.Encoding.UTF8.GetBytes(body));

        Assert.Equal((code, invalid), (read.Code, read.InvalidToken));
    }

    [Fact]
    public async Task An_answer_that_is_data_keeps_its_status_and_its_redirect()
    {
        ScriptedWire wire = new(ScriptedWire.Answer(500, "broken"), ScriptedWire.Answer(302, string.Empty, ("Location", "https://evil.test/")));
        await using HttpClients clients = Calls.Over(wire);
        using HttpClient client = clients.Create(Calls.Endpoint() with { Token = null, AnswersAreData = true });

        using HttpResponseMessage broken = await client.GetAsync("page");
        using HttpResponseMessage moved = await client.GetAsync("page");

        Assert.Equal((500, "broken"), ((int)broken.StatusCode, await broken.Content.ReadAsStringAsync()));
        Assert.Equal("https://evil.test/", moved.Headers.Location?.ToString());
        Assert.Equal(2, wire.Sent.Count);
    }
}
