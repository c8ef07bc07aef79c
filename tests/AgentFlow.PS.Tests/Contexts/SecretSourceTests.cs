using System.Security;
using AgentFlow.PS.Tests.Engine;
using AgentFlow.PS.Tests.Rehearsal;

namespace AgentFlow.PS.Tests.Contexts;

/// <summary>A credential comes from the environment, a file, a vault or a SecureString; each way is tried against a sandbox that knows one token.</summary>
public sealed class SecretSourceTests(SecretSourceTests.World world) : IClassFixture<SecretSourceTests.World>, IDisposable
{
    private const string Variable = "AF_TEST_TOKEN_OF_THE_SANDBOX";

    private readonly EngineSession _session = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("af-secret-").FullName;

    [Fact]
    public void A_variable_of_the_environment_is_read_when_the_context_is_connected()
    {
        Environment.SetEnvironmentVariable(Variable, world.Token);
        try
        {
            Assert.Empty(Connect("env:" + Variable).Errors);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }

        AssertWorks();
    }

    [Fact]
    public void A_vault_entry_is_read_through_Get_Secret()
    {
        _session.Run("""
            param($token)
            $global:sealedToken = [securestring]::new(); foreach ($c in $token.ToCharArray()) { $global:sealedToken.AppendChar($c) }
            function global:Get-Secret { param($Name) if ($Name -eq 'sandbox-vercel') { $global:sealedToken } else { throw "vault: no entry $Name, looked with key hunter2hunter2" } }
            """, ("token", world.Token));
        Assert.Empty(Connect("vault:sandbox-vercel").Errors);
        AssertWorks();
    }

    [Fact]
    public void A_vault_that_refuses_is_our_error_and_does_not_speak_itself()
    {
        _session.Run("function global:Get-Secret { param($Name) throw \"vault: no entry $Name, looked with key hunter2hunter2\" }");
        Assert.Empty(Connect("vault:sandbox-vercel").Errors);
        EngineResult result = _session.Run("Get-AfDeployment -First 1");
        Assert.Equal("AfSecretNotFound", result.ErrorId);
        Assert.Contains("vault:sandbox-vercel", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", result.Errors[0].ToString() + result.Errors[0].Exception, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_vault_module_the_error_says_how_to_get_one()
    {
        Assert.Empty(Connect("vault:sandbox-vercel").Errors);
        EngineResult result = _session.Run("Get-AfDeployment -First 1");
        Assert.Equal("AfSecretNotFound", result.ErrorId);
        Assert.Contains("SecretManagement", result.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_SecureString_takes_precedence_over_the_reference()
    {
        using SecureString token = new();
        foreach (char c in world.Token)
        {
            token.AppendChar(c);
        }

        string path = Write("env:AF_TEST_NO_SUCH_VARIABLE");
        Assert.Empty(_session.Run("param($path, $token) Connect-AfContext $path -VercelToken $token", ("path", path), ("token", token)).Errors);
        AssertWorks();
    }

    [Theory]
    [InlineData("file:/af/no/such/file", "AfSecretNotFound")]
    [InlineData("file:.", "AfSecretNotFound")]
    [InlineData("env:AF_TEST_NO_SUCH_VARIABLE", "AfSecretNotFound")]
    public void A_reference_that_leads_nowhere_is_one_error_where_it_is_needed(string reference, string id)
    {
        Assert.Empty(Connect(reference).Errors);
        EngineResult result = _session.Run("Get-AfDeployment -First 1");
        Assert.Equal(id, result.ErrorId);
        Assert.NotEmpty(result.Errors[0].ErrorDetails.RecommendedAction);
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private EngineResult Connect(string reference) => _session.Run("param($path) Connect-AfContext $path", ("path", Write(reference)));

    private void AssertWorks() => Assert.Empty(_session.Run("Get-AfDeployment -First 1").Errors);

    private string Write(string reference)
    {
        string path = Path.Combine(_folder, "agentflow.json");
        System.Text.Json.Nodes.JsonNode config = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(world.Session.ConfigPath))!;
        config["vercel"]!["token"] = reference;
        File.WriteAllText(path, config.ToJsonString());
        return path;
    }

    public sealed class World : IDisposable
    {
        public World()
        {
            System.Text.Json.Nodes.JsonNode config = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Session.ConfigPath))!;
            Token = File.ReadAllText(config["vercel"]!["token"]!.GetValue<string>()["file:".Length..]).Trim();
        }

        public RehearsalSession Session { get; } = new();

        public string Token { get; }

        public void Dispose() => Session.Dispose();
    }
}
