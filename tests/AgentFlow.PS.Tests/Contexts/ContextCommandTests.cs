using AgentFlow.PS.Tests.Engine;

namespace AgentFlow.PS.Tests.Contexts;

public sealed class ContextCommandTests : IDisposable
{
    private readonly EngineSession _session = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("af-context-").FullName;

    [Theory]
    [InlineData("{ \"name\": ", "AfConfigMalformed")]
    [InlineData("{ \"name\": \"x\", \"nonsense\": 1 }", "AfConfigMalformed")]
    [InlineData("{ \"name\": \"x\", \"endpoints\": { \"vercel\": \"https://elsewhere.example\" } }", "AfConfigEndpointRefused")]
    [InlineData("{ \"name\": \"x\", \"vercel\": { \"token\": \"not-a-reference\" } }", "AfSecretReferenceInvalid")]
    public void A_bad_config_is_one_clear_error_and_changes_nothing(string json, string id)
    {
        EngineResult result = _session.Run("param($path) Connect-AfContext $path", ("path", Write(json)));
        Assert.Equal(id, result.ErrorId);
        Assert.NotEmpty(result.Errors[0].ErrorDetails.RecommendedAction);
        Assert.Equal("AfContextMissing", _session.Run("Get-AfContext").ErrorId);
    }

    [Fact]
    public void A_secret_in_the_config_is_refused_by_line_and_shown_nowhere()
    {
        string fake = "sk_" + "live_" + string.Concat(Enumerable.Repeat("aB3dE5fG7", 4));
        EngineResult result = _session.Run("param($path) Connect-AfContext $path", ("path", Write($"{{ \"name\": \"x\",\n \"stripe\": {{\n \"key\": \"{fake}\" }} }}")));
        Assert.Equal("AfConfigHoldsSecret", result.ErrorId);
        Assert.Contains("line 3", result.Errors[0].ToString(), StringComparison.Ordinal);
        EngineResult trace = _session.Run("$Error | ForEach-Object { $_.ToString(); $_.Exception.ToString(); $_.ScriptStackTrace; $_.ErrorDetails.RecommendedAction }");
        Assert.DoesNotContain(trace.Output, text => text.ToString().Contains(fake, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_is_not_there_and_no_file_at_all_say_what_to_do()
    {
        Assert.Equal("AfConfigNotFound", _session.Run("Connect-AfContext ./nothing.json").ErrorId);
        Assert.Equal("AfConfigNotFound", _session.Run("param($folder) $null = $ExecutionContext.SessionState.Path.SetLocation($folder); Connect-AfContext", ("folder", _folder)).ErrorId);
    }

    [Fact]
    public void A_failed_connection_can_be_caught_and_leaves_the_application_before()
    {
        string path = Write("{ \"name\": \"before\" }");
        EngineResult result = _session.Run("param($path) Connect-AfContext $path | Out-Null; try { Connect-AfContext ./nothing.json; 'went on' } catch { $_.FullyQualifiedErrorId.Split(',')[0] }; (Get-AfContext).Name", ("path", path));
        Assert.Equal(["AfConfigNotFound", "before"], result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void Missing_credentials_matter_only_where_they_are_needed()
    {
        string path = Write("{ \"name\": \"x\", \"vercel\": { \"projectId\": \"prj_x\", \"token\": \"env:AF_TEST_NO_SUCH_TOKEN\" } }");
        EngineResult connected = _session.Run("param($path) Connect-AfContext $path", ("path", path));
        Assert.Empty(connected.Errors);
        EngineResult result = _session.Run("Get-AfDeployment");
        Assert.Equal("AfSecretNotFound", result.ErrorId);
        Assert.Contains("AF_TEST_NO_SUCH_TOKEN", result.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_file_that_others_can_read_is_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Unix modes.");
            return;
        }

        string token = Path.Combine(_folder, "token");
        File.WriteAllText(token, "value-of-a-token");
        File.SetUnixFileMode(token, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        EngineResult result = _session.Run("param($path) Connect-AfContext $path", ("path", Write($"{{ \"name\": \"x\", \"vercel\": {{ \"token\": \"file:{token}\" }} }}")));
        Assert.Equal("AfSecretFileExposed", result.ErrorId);
    }

    [Fact]
    public void Contexts_of_two_runspaces_are_apart()
    {
        using EngineSession other = new();
        string path = Write("{ \"name\": \"mine\" }");
        Assert.Empty(_session.Run("param($path) Connect-AfContext $path", ("path", path)).Errors);
        Assert.Equal("AfContextMissing", other.Run("Get-AfContext").ErrorId);
        Assert.Equal("mine", _session.Run("(Get-AfContext).Name").Output[0].ToString());
        Assert.Equal("AfProjectNotPinned", _session.Run("Get-AfDeployment").ErrorId);
        Assert.Empty(_session.Run("Disconnect-AfContext").Errors);
        Assert.Equal("AfContextMissing", _session.Run("Get-AfContext").ErrorId);
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Write(string json)
    {
        string path = Path.Combine(_folder, "agentflow.json");
        File.WriteAllText(path, json);
        return path;
    }
}
