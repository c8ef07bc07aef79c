using System.Management.Automation;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Cmdlets.Session;
using AgentFlow.Operator;
using AgentFlow.Rls;
using AgentFlow.Rls.Fixtures;

namespace AgentFlow.Cmdlets.Rls;

/// <summary>Removes a tenant fixture: every row that New-AfTenantFixture registered and no other.</summary>
/// <remarks>
/// <para>One transaction. When rows that are not the fixture's hang on its tenants or users, nothing is removed and the error names the tables. A fixture that is not there is no error: the record says Absent. With the last fixture the registry in agentflow_meta goes as well.</para>
/// </remarks>
/// <example><code>Remove-AfTenantFixture -ExpectedEnvironment local</code>Removes the fixture named default, if it is there.</example>
/// <example><code>New-AfTenantFixture demo -ExpectedEnvironment local | Remove-AfTenantFixture -ExpectedEnvironment local</code>Makes a fixture and removes it at once.</example>
[Cmdlet(VerbsCommon.Remove, "AfTenantFixture", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(TenantFixture))]
public sealed class RemoveAfTenantFixtureCommand : AfContextCmdlet
{
    /// <summary>The name of the fixture.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidatePattern("^[A-Za-z0-9][A-Za-z0-9-]{0,39}$")]
    public string Name { get; set; } = "default";

    /// <summary>The name that the database's marker must carry; rls.expectedEnvironment of the config by default.</summary>
    [Parameter]
    public string? ExpectedEnvironment { get; set; }

    /// <summary>Secret reference (env:NAME, vault:NAME or file:PATH) to a database connection; the context's database by default.</summary>
    [Parameter]
    public string? Database { get; set; }

    private protected override async Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        RlsTarget target = await DatabaseAsync(Database, cancellationToken).ConfigureAwait(false);
        TenantFixtures fixtures = new(target.Database, target.Fixtures, RlsOptions.From(target.Config, ExpectedEnvironment, null), Time);
        TenantFixture found = await fixtures.FindAsync(Name, cancellationToken).ConfigureAwait(false);
        bool remove = found.State == FixtureState.Present && await sink.ShouldProcessAsync(target.Database.Address, $"Remove the {found.RowCount} rows of the tenant fixture '{Name}'", cancellationToken).ConfigureAwait(false);
        await sink.WriteAsync(remove ? await fixtures.RemoveAsync(Name, cancellationToken).ConfigureAwait(false) : found, cancellationToken).ConfigureAwait(false);
    }
}
