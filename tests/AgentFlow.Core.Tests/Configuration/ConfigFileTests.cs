using AgentFlow.Configuration;
using AgentFlow.Faults;

namespace AgentFlow.Core.Tests.Configuration;

public sealed class ConfigFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("af-config-").FullName;

    [Fact]
    public void Defaults_are_AgentFlows_and_a_file_written_is_read_back()
    {
        AfConfig config = ConfigFile.Read(Write("""{ "name": "Acme" /* comment */, "vercel": { "projectId": "prj_1" }, }"""), _ => false);
        Assert.Equal("prj_1", config.Vercel.ProjectId);
        Assert.Equal(["/", "/docs", "/pricing", "/login", "/signup", "/status", "/dashboard"], config.Routes.Select(route => route.Path));
        Assert.Equal("organization_id", config.Tables.TenantColumn);
        AfConfig again = ConfigFile.Read(Write(ConfigFile.Write(config)), _ => false);
        Assert.Equal(config.Vercel.ProjectId, again.Vercel.ProjectId);
        Assert.Equal(config.Routes, again.Routes);
    }

    [Fact]
    public void It_is_found_by_walking_up()
    {
        string path = Write("{}");
        string deep = Directory.CreateDirectory(Path.Combine(_folder, "a", "b")).FullName;
        Assert.Equal(path, ConfigFile.Find(deep));
    }

    [Theory]
    [InlineData("{ \"name\": \"x\",\n \"vercle\": {} }", 2)]
    [InlineData("{ \"name\": \"x\",\n\n \"github\": { \"repositoryId\": \"abc\" } }", 3)]
    [InlineData("{ \"name\": ", 1)]
    [InlineData("{}", 1)]
    public void A_malformed_file_is_refused_by_line(string json, int line)
    {
        AfFaultException fault = Assert.Throws<AfFaultException>(() => ConfigFile.Read(Write(json), _ => false));
        Assert.Equal(FaultId.ConfigMalformed, fault.Id);
        Assert.Contains($"line {line}:", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_looks_like_a_secret_is_refused_by_line_and_never_shown()
    {
        AfFaultException fault = Assert.Throws<AfFaultException>(() => ConfigFile.Read(Write("{ \"name\": \"x\",\n  \"vercel\": {\n \"token\": \"hush-hush\" } }"), text => text == "hush-hush"));
        Assert.Equal(FaultId.ConfigHoldsSecret, fault.Id);
        Assert.Contains("line 3", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'token'", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", fault.Message + fault.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_in_a_comment_or_in_an_unknown_member_is_refused_too()
    {
        Assert.Equal(FaultId.ConfigHoldsSecret, Assert.Throws<AfFaultException>(() => ConfigFile.Read(Write("{ // hush-hush\n }"), text => text.Contains("hush", StringComparison.Ordinal))).Id);
        Assert.Equal(FaultId.ConfigHoldsSecret, Assert.Throws<AfFaultException>(() => ConfigFile.Read(Write("{ \"x\": \"hush-hush\" }"), text => text.Contains("hush", StringComparison.Ordinal))).Id);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://127.0.0.1.evil.example/x")]
    [InlineData("file:///etc/passwd")]
    public void A_file_cannot_send_tokens_elsewhere(string endpoint)
    {
        AfFaultException fault = Assert.Throws<AfFaultException>(() => ConfigFile.Read(Write($$"""{ "name": "x", "endpoints": { "vercel": "{{endpoint}}" } }"""), _ => false));
        Assert.Equal(FaultId.ConfigEndpointRefused, fault.Id);
    }

    [Fact]
    public void A_file_that_is_not_there_is_its_own_fault() =>
        Assert.Equal(FaultId.ConfigNotFound, Assert.Throws<AfFaultException>(() => ConfigFile.Read(Path.Combine(_folder, "nothing.json"), _ => false)).Id);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string json)
    {
        string path = Path.Combine(_folder, ConfigFile.FileName);
        File.WriteAllText(path, json);
        return path;
    }
}
