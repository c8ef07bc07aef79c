using System.Management.Automation;
using AgentFlow.Cmdlets.Completion;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Cmdlets.Session;
using AgentFlow.Operator;
using AgentFlow.Rls.Access;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Listing;

namespace AgentFlow.Cmdlets.Rls;

/// <summary>Lists the row-level security policies of the database with the functions behind them.</summary>
/// <remarks>
/// <para>Reads the catalog in one READ ONLY transaction, in any environment. A policy of a table whose row security is off is listed with RowSecurity false: it sleeps.</para>
/// </remarks>
/// <example><code>Get-AfRlsPolicy leads</code>The policies of one table.</example>
/// <example><code>Get-AfRlsPolicy | Where-Object { -not $_.RowSecurity }</code>Policies that protect nothing, because row security is off.</example>
[Cmdlet(VerbsCommon.Get, "AfRlsPolicy")]
[OutputType(typeof(PolicyInfo))]
public sealed class GetAfRlsPolicyCommand : AfContextCmdlet
{
    /// <summary>Tables, as table or schema.table, with wildcards; all by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TableCompleter))]
    public string[] Table { get; set; } = ["*"];

    /// <summary>Names of policies, with wildcards; all by default.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PolicyCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Only policies written for one of these roles, with wildcards; public stands for everybody.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DatabaseRoleCompleter))]
    public string[] Role { get; set; } = ["*"];

    /// <summary>Secret reference (env:NAME, vault:NAME or file:PATH) to a database connection; the context's database by default.</summary>
    [Parameter]
    public string? Database { get; set; }

    private protected override async Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        RlsTarget target = await DatabaseAsync(Database, cancellationToken).ConfigureAwait(false);
        await using IRlsSession session = await target.Database.BeginAsync(writes: false, cancellationToken).ConfigureAwait(false);
        RlsGraph graph = new(await session.CatalogAsync(target.Config.Rls.ApiRoles, cancellationToken).ConfigureAwait(false));
        RlsFilters tables = new(Table);
        RlsFilters names = new(Name);
        RlsFilters roles = new(Role);
        foreach (PolicyInfo policy in PolicyInfo.All(graph).Where(policy => tables.Match(policy.Table) && names.Match(policy.Name) && policy.Roles.Any(roles.Match)))
        {
            Memory.Seen.Add(TableCompleter.Kind, policy.Table, "has policies");
            Memory.Seen.Add(PolicyCompleter.Kind, policy.Name, $"{policy.Command} on {policy.Table}");
            await sink.WriteAsync(policy, cancellationToken).ConfigureAwait(false);
        }
    }
}
