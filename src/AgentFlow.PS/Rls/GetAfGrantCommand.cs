using System.Management.Automation;
using AgentFlow.Cmdlets.Completion;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Cmdlets.Session;
using AgentFlow.Operator;
using AgentFlow.Rls.Access;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Listing;

namespace AgentFlow.Cmdlets.Rls;

/// <summary>Lists who holds which privilege in the database: schemas, tables, columns, views, sequences, functions and defaults.</summary>
/// <remarks>
/// <para>By default only what the roles of requests (anon, authenticated) and PUBLIC hold; -Grantee * lists everybody. Owners' own privileges are left out. Reads the catalog in one READ ONLY transaction, in any environment.</para>
/// <para>A privilege comes before any policy: without it a request ends with 42501 and no policy is asked.</para>
/// </remarks>
/// <example><code>Get-AfGrant leads</code>What requests may do with one table.</example>
/// <example><code>Get-AfGrant -Grantee anon, PUBLIC | Where-Object Privilege -ne USAGE</code>What visitors hold.</example>
[Cmdlet(VerbsCommon.Get, "AfGrant")]
[OutputType(typeof(GrantInfo))]
public sealed class GetAfGrantCommand : AfContextCmdlet
{
    /// <summary>Tables, or views, functions, sequences and schemas, as name or schema.name, with wildcards; all by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TableCompleter))]
    [Alias("Object")]
    public string[] Table { get; set; } = ["*"];

    /// <summary>Roles that hold it, with wildcards; the roles of requests and PUBLIC by default.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DatabaseRoleCompleter))]
    public string[]? Grantee { get; set; }

    /// <summary>Privileges, with wildcards: SELECT, INSERT, EXECUTE and so on.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[] Privilege { get; set; } = ["*"];

    /// <summary>Kinds of objects; all by default.</summary>
    [Parameter]
    public GrantKind[] Kind { get; set; } = [];

    /// <summary>Secret reference (env:NAME, vault:NAME or file:PATH) to a database connection; the context's database by default.</summary>
    [Parameter]
    public string? Database { get; set; }

    private protected override async Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        RlsTarget target = await DatabaseAsync(Database, cancellationToken).ConfigureAwait(false);
        await using IRlsSession session = await target.Database.BeginAsync(writes: false, cancellationToken).ConfigureAwait(false);
        RlsGraph graph = new(await session.CatalogAsync(target.Config.Rls.ApiRoles, cancellationToken).ConfigureAwait(false));
        RlsFilters names = new(Table);
        RlsFilters grantees = new(Grantee ?? [.. graph.Catalog.ApiRoles, "PUBLIC"]);
        RlsFilters privileges = new(Privilege);
        foreach (GrantInfo grant in new GrantList(graph).All().Where(grant => (Kind.Length == 0 || Kind.Contains(grant.Kind)) && names.Match(grant.Name) && grantees.Match(grant.Grantee) && privileges.Match(grant.Privilege)))
        {
            Memory.Seen.Add(DatabaseRoleCompleter.Kind, grant.Grantee, "holds privileges");
            if (grant.Kind is GrantKind.Table or GrantKind.View or GrantKind.Column)
            {
                Memory.Seen.Add(TableCompleter.Kind, grant.Name, "has grants");
            }

            await sink.WriteAsync(grant, cancellationToken).ConfigureAwait(false);
        }
    }
}
