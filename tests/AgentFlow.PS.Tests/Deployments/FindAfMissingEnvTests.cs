using AgentFlow.PS.Tests.Engine;
using AgentFlow.PS.Tests.Rehearsal;

namespace AgentFlow.PS.Tests.Deployments;

/// <summary>Find-AfMissingEnv on the packed module: every kind of input, one log or several.</summary>
public sealed class FindAfMissingEnvTests : IDisposable
{
    private readonly EngineSession _engine = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("af-missing-").FullName;

    public void Dispose()
    {
        _engine.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Lines_are_one_log_and_each_name_comes_once()
    {
        EngineResult result = _engine.Run("'✖ Invalid input: expected string, received undefined', '  → at MAIL_FROM', 'MAIL_FROM is not set', $null, '' | Find-AfMissingEnv");
        Assert.Empty(result.Errors);
        dynamic missing = Assert.Single(result.Output).BaseObject;
        Assert.Equal("MAIL_FROM", missing.Name);
        Assert.Equal(2, missing.Line);
        Assert.Equal("zod", missing.Source);
        Assert.Equal("issue line", missing.Parser);
    }

    [Fact]
    public void Texts_of_several_lines_are_logs_of_their_own()
    {
        EngineResult result = _engine.Run("\"Missing env vars:`r`n - MAIL_FROM`r`n - MAIL_HOST`r`n\", \"MAIL_FROM is not set`nexit 1\" | Find-AfMissingEnv");
        Assert.Empty(result.Errors);
        Assert.Equal(["MAIL_FROM", "MAIL_HOST", "MAIL_FROM"], Names(result));
    }

    [Fact]
    public async Task Files_are_logs_of_their_own_and_a_missing_file_does_not_stop_the_next()
    {
        string first = Path.Combine(_folder, "a.log");
        string second = Path.Combine(_folder, "b.log");
        await File.WriteAllTextAsync(first, "panic: required key MAIL_FROM missing value\r\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(second, "deploy.sh: line 3: MAIL_FROM: unbound variable", TestContext.Current.CancellationToken);
        EngineResult result = _engine.Run("param($a, $b, $none) Find-AfMissingEnv -Path $a, $none, $b", ("a", first), ("b", second), ("none", Path.Combine(_folder, "none.log")));
        Assert.Equal(["MAIL_FROM", "MAIL_FROM"], Names(result));
        Assert.Equal("AfFileNotFound", result.ErrorId);
    }

    [Fact]
    public void Something_that_is_no_text_is_one_clear_error_and_the_next_goes_on()
    {
        EngineResult result = _engine.Run("[DateTime]::UtcNow, 'MAIL_FROM is not set' | Find-AfMissingEnv");
        Assert.Equal("AfInputInvalid", result.ErrorId);
        Assert.Equal(["MAIL_FROM"], Names(result));
    }

    [Fact]
    public void Build_log_records_of_two_deployments_are_two_logs()
    {
        using RehearsalSession session = new("missing-env");
        EngineResult result = session.Run("$log = Get-AfDeployment -State ERROR -First 1 | Get-AfBuildLog; $log + $log | Find-AfMissingEnv");
        Assert.Empty(result.Errors);
        string[] names = Names(result);
        Assert.NotEmpty(names);
        Assert.Equal(names.Length, names.Distinct().Count() * 2);
    }

    private static string[] Names(EngineResult result) => [.. result.Output.Select(record => (string)((dynamic)record.BaseObject).Name)];
}
