using System.Management.Automation;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Cmdlets.Session;
using AgentFlow.Operator;
using AgentFlow.Rls;
using AgentFlow.Rls.Fixtures;

namespace AgentFlow.Cmdlets.Rls;

/// <summary>Makes two tenants with users in every state of membership and a row in each tenant table, in a non-production database.</summary>
/// <remarks>
/// <para>Each tenant gets an active member of every role and a member in every other state; one user belongs to both tenants and one to none. Columns are filled by key, check and type; a table that cannot be filled is named with the reason. Ids follow from the name where their type allows, so a test can know them beforehand.</para>
/// <para>Everything happens in one transaction, and every row made, those of triggers included, is registered by its key in agentflow_meta, out of reach of tenants: Remove-AfTenantFixture removes exactly these.</para>
/// <para>The database's marker (agentflow_meta.environment) must allow it and carry the expected name; production is refused and there is no -Force.</para>
/// </remarks>
/// <example><code>New-AfTenantFixture -ExpectedEnvironment local
/// Remove-AfTenantFixture -ExpectedEnvironment local</code>Makes the fixture and removes it again.</example>
/// <example><code>New-AfTenantFixture demo -ExpectedEnvironment local -WhatIf</code>Says which tables would get rows and writes nothing.</example>
[Cmdlet(VerbsCommon.New, "AfTenantFixture", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(TenantFixture))]
public sealed class NewAfTenantFixtureCommand : AfContextCmdlet
{
    /// <summary>The name of the fixture: letters, digits and hyphens.</summary>
    [Parameter(Position = 0)]
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
        TenantFixture plan = await fixtures.PlanAsync(Name, cancellationToken).ConfigureAwait(false);
        TenantFixture result = await sink.ShouldProcessAsync(target.Database.Address, $"Make the tenant fixture '{Name}'", cancellationToken).ConfigureAwait(false)
            ? await fixtures.CreateAsync(Name, cancellationToken).ConfigureAwait(false)
            : plan;
        await sink.WriteAsync(result, cancellationToken).ConfigureAwait(false);
    }
}
