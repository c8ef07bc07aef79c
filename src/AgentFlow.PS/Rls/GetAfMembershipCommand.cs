using System.Management.Automation;
using AgentFlow.Cmdlets.Completion;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Cmdlets.Session;
using AgentFlow.Operator;
using AgentFlow.Rls;
using AgentFlow.Rls.Access;
using AgentFlow.Rls.Listing;

namespace AgentFlow.Cmdlets.Rls;

/// <summary>Lists who belongs to which tenant, with role and state, by ids only.</summary>
/// <remarks>
/// <para>The table of memberships and what makes one active are found in the catalog or declared in agentflow.json (rls). Reads in one READ ONLY transaction, in any environment, page by page.</para>
/// </remarks>
/// <example><code>Get-AfMembership -Inactive</code>Invited, suspended and removed members.</example>
/// <example><code>Get-AfMembership -Role owner | Trace-AfRlsDecision memberships</code>Traces as each owner how far a read of the memberships gets.</example>
[Cmdlet(VerbsCommon.Get, "AfMembership", DefaultParameterSetName = "All")]
[OutputType(typeof(TenantMembership))]
public sealed class GetAfMembershipCommand : AfContextCmdlet
{
    /// <summary>User ids, with wildcards; all by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DatabaseUserCompleter))]
    [Alias("UserId")]
    public string[] User { get; set; } = ["*"];

    /// <summary>Tenant ids, with wildcards; all by default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    public string[] Tenant { get; set; } = ["*"];

    /// <summary>Roles in the tenant, with wildcards; all by default.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[] Role { get; set; } = ["*"];

    /// <summary>Only memberships that count.</summary>
    [Parameter(ParameterSetName = "Active")]
    public SwitchParameter Active { get; set; }

    /// <summary>Only memberships that do not count.</summary>
    [Parameter(ParameterSetName = "Inactive")]
    public SwitchParameter Inactive { get; set; }

    /// <summary>Secret reference (env:NAME, vault:NAME or file:PATH) to a database connection; the context's database by default.</summary>
    [Parameter]
    public string? Database { get; set; }

    private protected override async Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        RlsTarget target = await DatabaseAsync(Database, cancellationToken).ConfigureAwait(false);
        await using IRlsSession session = await target.Database.BeginAsync(writes: false, cancellationToken).ConfigureAwait(false);
        RlsScene scene = (await RlsWorld.ReadAsync(session, RlsOptions.From(target.Config, null, null), cancellationToken).ConfigureAwait(false)).Scene;
        RlsFilters users = new(User);
        RlsFilters tenants = new(Tenant);
        RlsFilters roles = new(Role);
        await foreach (TenantMembership membership in new MembershipList(scene.Model, session).ReadAsync(RlsFilters.Exact(User), RlsFilters.Exact(Tenant), cancellationToken).ConfigureAwait(false))
        {
            if (users.Match(membership.UserId) && tenants.Match(membership.Tenant) && roles.Match(membership.Role ?? string.Empty) && (!Active || membership.Active) && (!Inactive || !membership.Active))
            {
                Memory.Seen.Add(DatabaseUserCompleter.Kind, membership.UserId, $"{membership.Role ?? "member"}, {membership.State}");
                await sink.WriteAsync(membership, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
