using System.Management.Automation;
using AgentFlow.PS.Tests.Engine;
using AgentFlow.PS.Tests.Rehearsal;
using AgentFlow.TestKit.Database;
using Npgsql;

namespace AgentFlow.PS.Tests.Rls;

/// <summary>The isolation commands on the packed module, against the rehearsed database.</summary>
public sealed class RlsCommandTests(RlsCommandTests.World world) : IClassFixture<RlsCommandTests.World>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("af-rls-").FullName;

    [Fact]
    public void A_trace_goes_from_memberships_through_the_pipeline_to_a_verdict()
    {
        EngineResult result = Run("""
            $own = Get-AfMembership -Active -Role member | Where-Object { $_.Tenant -like '*a' }
            $own | Trace-AfRlsDecision organizations -Key $own.Tenant
            """);
        Assert.Empty(result.Errors);
        Assert.Equal("Verdict", $"{result.Output[^1].Properties["Step"].Value}");
        Assert.Equal("Pass", $"{result.Output[^1].Properties["Outcome"].Value}");
        Assert.Contains(result.Output, step => $"{step.Properties["Step"].Value}" == "Observed");
    }

    [Theory]
    [InlineData("Trace-AfRlsDecision leads -User 7c1f0000-0000-4000-8000-0000000001a3", "Undecided at Using", "Unknown")]
    [InlineData("Trace-AfRlsDecision organizations -Anonymous", "Denied at Grant", "Deny")]
    [InlineData("Trace-AfRlsDecision organizations Update -User 7c1f0000-0000-4000-8000-0000000001a2 -Key 7c1f0000-0000-4000-8000-00000000000a -Set @{ name = 'x' }", "Denied at Grant", "Deny")]
    [InlineData("Trace-AfRlsDecision memberships -User 7c1f0000-0000-4000-8000-0000000001a3 -Key @{ organization_id = '7c1f0000-0000-4000-8000-00000000000a'; user_id = '7c1f0000-0000-4000-8000-0000000001a3' }", "Denied at Using", "Deny")]
    [InlineData("Trace-AfRlsDecision leads Insert -User 7c1f0000-0000-4000-8000-0000000001a2 -Set @{ organization_id = '7c1f0000-0000-4000-8000-00000000000b'; name = 'x'; email = 'x@example.test' }", "Denied at WithCheck", "Deny")]
    [InlineData("Trace-AfRlsDecision leads Insert -User 7c1f0000-0000-4000-8000-0000000001a2 -Set @{ organization_id = '7c1f0000-0000-4000-8000-00000000000a'; name = 'x'; email = 'x@example.test' }", "Allowed.", "Pass")]
    public void The_verdict_says_where_and_why(string command, string said, string outcome)
    {
        PSObject verdict = Run(command).Output[^1];
        Assert.Contains(said, $"{verdict.Properties["Reason"].Value}", StringComparison.Ordinal);
        Assert.Equal(outcome, $"{verdict.Properties["Outcome"].Value}");
    }

    [Theory]
    [InlineData("Trace-AfRlsDecision leads -User x -As service_role", "AfRlsRoleBypasses")]
    [InlineData("Trace-AfRlsDecision nowhere -Anonymous", "AfRlsTableNotFound")]
    [InlineData("Trace-AfRlsDecision leads -Anonymous -Key 00000000-0000-4000-8000-000000000000", "AfRlsRowNotFound")]
    [InlineData("Trace-AfRlsDecision leads -Anonymous -Key 1, 2", "AfInputInvalid")]
    [InlineData("Get-AfRlsPolicy -Database 'Host=db.example;Password=hunter2'", "AfSecretReferenceInvalid")]
    [InlineData("Get-AfGrant -Database env:AF_NO_SUCH_VARIABLE", "AfSecretNotFound")]
    [InlineData("New-AfTenantFixture -ExpectedEnvironment staging -Confirm:$false", "AfProductionGuard")]
    public void What_cannot_be_done_is_one_error(string command, string id)
    {
        EngineResult result = Run(command);
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(error.ErrorDetails?.RecommendedAction));
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Lists_filter_by_wildcards_and_need_no_context()
    {
        Environment.SetEnvironmentVariable("AF_TEST_RLS_CONNECTION", world.Connection);
        try
        {
            using EngineSession alone = new();
            EngineResult policies = alone.Run("(Get-AfRlsPolicy 'lead*' -Name *_select -Database env:AF_TEST_RLS_CONNECTION).Name");
            Assert.Empty(policies.Errors);
            Assert.Equal(["leads_select"], policies.Output.Select(name => name.ToString()));
            EngineResult grants = alone.Run("(Get-AfGrant public.leads -Grantee authenticated -Database env:AF_TEST_RLS_CONNECTION).Privilege");
            Assert.Equal(["DELETE", "INSERT", "SELECT", "UPDATE"], grants.Output.Select(privilege => privilege.ToString()));
            Assert.Equal(1, (int)alone.Run("@(Get-AfMembership -Inactive -Database env:AF_TEST_RLS_CONNECTION).Count").Output[0].BaseObject);
            EngineResult completed = alone.Run("[System.Management.Automation.CommandCompletion]::CompleteInput('Trace-AfRlsDecision leads -User 7c1f', 36, $null).CompletionMatches | ForEach-Object CompletionText");
            Assert.Equal(["7c1f0000-0000-4000-8000-0000000001a3"], completed.Output.Select(text => text.ToString()));
        }
        finally
        {
            Environment.SetEnvironmentVariable("AF_TEST_RLS_CONNECTION", null);
        }
    }

    [Fact]
    public void A_spec_is_written_once_replaced_by_force_and_keeps_its_suppressions()
    {
        string path = Path.Combine(_folder, "rls.spec.json");
        Assert.Empty(Run($"New-AfRlsSpec '{path}' -WhatIf").Errors);
        Assert.False(File.Exists(path));
        EngineResult made = Run($"New-AfRlsSpec '{path}' -Confirm:$false");
        Assert.Empty(made.Errors);
        Assert.Empty(made.Warnings);
        Assert.Contains("\"public.leads\": \"organization_id\"", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.StartsWith("AfRlsSpecExists,", Assert.Single(Run($"New-AfRlsSpec '{path}' -Confirm:$false").Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        string edited = File.ReadAllText(path).Replace("\"suppressions\": []", "\"suppressions\": [ { \"checkId\": \"AFR205\", \"target\": \"public.leads\", \"reason\": \"by design\", \"until\": \"2027-01-31\" } ]", StringComparison.Ordinal);
        File.WriteAllText(path, edited);
        Assert.Empty(Run($"New-AfRlsSpec '{path}' -Force -Confirm:$false").Errors);
        Assert.Contains("by design", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fixture_is_planned_made_and_removed()
    {
        string before = await world.CountsAsync();
        EngineResult plan = Run("New-AfTenantFixture one -ExpectedEnvironment local -WhatIf");
        Assert.Empty(plan.Errors);
        Assert.Equal("Planned", $"{Assert.Single(plan.Output).Properties["State"].Value}");
        Assert.Equal(before, await world.CountsAsync());
        EngineResult made = Run("New-AfTenantFixture one -ExpectedEnvironment local -Confirm:$false");
        Assert.Empty(made.Errors);
        Assert.Equal("Present", $"{Assert.Single(made.Output).Properties["State"].Value}");
        Assert.NotEqual(before, await world.CountsAsync());
        Assert.StartsWith("AfRlsFixtureExists,", Assert.Single(Run("New-AfTenantFixture one -ExpectedEnvironment local -Confirm:$false").Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        string present = await world.CountsAsync();
        Assert.Empty(Run("Remove-AfTenantFixture one -ExpectedEnvironment local -WhatIf").Errors);
        Assert.Equal(present, await world.CountsAsync());
        Assert.Equal("Removed", $"{Run("Remove-AfTenantFixture one -ExpectedEnvironment local -Confirm:$false").Output[0].Properties["State"].Value}");
        Assert.Equal(before, await world.CountsAsync());
        Assert.Equal("Absent", $"{Run("Remove-AfTenantFixture one -ExpectedEnvironment local -Confirm:$false").Output[0].Properties["State"].Value}");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private EngineResult Run(string script)
    {
        Assert.SkipUnless(world.Session.DatabaseAvailable, "The sandbox has no database on this machine.");
        return world.Session.Run(script);
    }

    public sealed class World : IDisposable
    {
        public RehearsalSession Session { get; } = new(database: true);

        /// <summary>The connection as the config's reference gives it.</summary>
        public string Connection => File.ReadAllText(System.Text.Json.JsonDocument.Parse(File.ReadAllText(Session.ConfigPath)).RootElement.GetProperty("supabase").GetProperty("database").GetString()!["file:".Length..]).Trim();

        public async Task<string> CountsAsync()
        {
            await using NpgsqlConnection connection = new(Connection);
            await connection.OpenAsync();
            await using NpgsqlCommand command = new(RowCounts.Sql, connection);
            return (string)(await command.ExecuteScalarAsync())!;
        }

        public void Dispose() => Session.Dispose();
    }
}
