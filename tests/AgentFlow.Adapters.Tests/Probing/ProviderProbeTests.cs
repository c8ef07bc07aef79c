using System.Collections;
using AgentFlow.Adapters.Http;
using AgentFlow.Adapters.Probing;
using AgentFlow.Adapters.Tests.Http;
using AgentFlow.Faults;
using AgentFlow.Safety;

namespace AgentFlow.Adapters.Tests.Probing;

/// <summary>A found value goes to its issuer's host and nowhere else.</summary>
public sealed class ProviderProbeTests
{
    private static readonly string s_github = "ghp_" + "a1B2c3D4e5a1B2c3D4e5a1B2c3D4e5a1B2c3";
    private static readonly string s_stripe = "sk_" + "test_" + "51Hq8ZkLmPx2Vb9TnWcR4yDf";

    public static TheoryData<string, string, string> Providers() => new()
    {
        { "github-token", s_github, "https://api.github.com/user" },
        { "github-fine-grained-token", s_github, "https://api.github.com/user" },
        { "stripe-secret-key", s_stripe, "https://api.stripe.com/v1/account" },
        { "stripe-restricted-key", s_stripe, "https://api.stripe.com/v1/account" },
        { "vercel-token", "vcp_0123456789abcdefABCDEF", "https://api.vercel.com/v2/user" },
        { "supabase-access-token", "sbp_0123456789abcdef0123456789abcdef01234567", "https://api.supabase.com/v1/projects" },
    };

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task One_reading_call_goes_to_the_issuer(string rule, string value, string address)
    {
        (ScriptedWire wire, SecretLiveness answer) = await AskAsync(rule, value, ScriptedWire.Answer(200));

        ScriptedWire.SentRequest sent = Assert.Single(wire.Sent);
        Assert.Equal(("GET", address, "Bearer " + value), (sent.Method, sent.Address.AbsoluteUri, sent.Authorization));
        Assert.Equal(SecretLiveness.Live, answer);
        Assert.Contains(rule, RedactionRules.Table.Select(row => row.Name));
    }

    [Theory]
    [InlineData(401, "{}", SecretLiveness.Refused)]
    [InlineData(403, "{}", SecretLiveness.Live)]
    [InlineData(403, """{"error":{"code":"forbidden","invalidToken":true}}""", SecretLiveness.Refused)]
    public async Task The_answer_is_read_by_its_meaning(int status, string body, SecretLiveness expected) =>
        Assert.Equal(expected, (await AskAsync("vercel-token", "vcp_0123456789abcdefABCDEF", ScriptedWire.Answer(status, body))).Answer);

    [Fact]
    public async Task A_redirect_to_another_host_does_not_get_the_value()
    {
        ScriptedWire wire = new(ScriptedWire.Answer(302, "{}", ("Location", "https://collector.test/user")), ScriptedWire.Answer(200));
        await using HttpClients clients = Calls.Over(wire);
        using Secret secret = Secret.FromChars(s_github);

        AfFaultException fault = await Assert.ThrowsAsync<AfFaultException>(() => new ProviderProbe(clients, new() { Name = "x" }).AskAsync("github-token", secret, TestContext.Current.CancellationToken));

        Assert.Equal(FaultId.ServiceRedirected, fault.Id);
        Assert.All((IEnumerable<ScriptedWire.SentRequest>)wire.Sent, sent => Assert.Equal("api.github.com", sent.Address.Host));
        Assert.DoesNotContain(s_github, fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jwt", "eyJhbGciOiJub25lIn0.e30.x")]
    [InlineData("named-secret", "hunter2hunter2")]
    [InlineData("known-value", "whatever it is")]
    public async Task Without_a_known_issuer_nothing_is_sent(string rule, string value)
    {
        (ScriptedWire wire, SecretLiveness answer) = await AskAsync(rule, value, ScriptedWire.Answer(200));

        Assert.Empty((IEnumerable)wire.Sent);
        Assert.Equal(SecretLiveness.NoProvider, answer);
    }

    [Fact]
    public async Task A_wrapped_value_and_one_that_others_may_have_issued_are_not_sent()
    {
        (ScriptedWire wrapped, SecretLiveness first) = await AskAsync("github-token", s_github + "\n" + "abc", ScriptedWire.Answer(200));
        (ScriptedWire foreign, SecretLiveness second) = await AskAsync("stripe-secret-key", "sk_" + "live_" + "AbCdEfGhIjKlMnOpQrStUvWx", ScriptedWire.Answer(200));

        Assert.Empty((IEnumerable)wrapped.Sent);
        Assert.Empty((IEnumerable)foreign.Sent);
        Assert.Equal((SecretLiveness.Unknown, SecretLiveness.Unknown), (first, second));
    }

    private static async Task<(ScriptedWire Wire, SecretLiveness Answer)> AskAsync(string rule, string value, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        ScriptedWire wire = new(answer);
        await using HttpClients clients = Calls.Over(wire);
        using Secret secret = Secret.FromChars(value);
        return (wire, await new ProviderProbe(clients, new() { Name = "x" }).AskAsync(rule, secret, TestContext.Current.CancellationToken));
    }
}
