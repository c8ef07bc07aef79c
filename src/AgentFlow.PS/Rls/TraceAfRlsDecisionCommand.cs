using System.Collections;
using System.Management.Automation;
using AgentFlow.Cmdlets.Completion;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Cmdlets.Session;
using AgentFlow.Operator;
using AgentFlow.Rls;
using AgentFlow.Rls.Access;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Principals;
using AgentFlow.Rls.Tracing;

namespace AgentFlow.Cmdlets.Rls;

/// <summary>Says for one table, caller, operation and row at which step row-level security lets a request pass or ends it, and why.</summary>
/// <remarks>
/// <para>Climbs the ladder in the order of a request: schema exposed by the API, schema usage, grant on table and columns, row security, policies that apply, USING of each policy for the row, WITH CHECK of each policy for the new row, SELECT policies for a row given back, the caller's membership, the tenant of the row. The last record is the verdict; PostgreSQL's own answer to the read stands before it.</para>
/// <para>Reads only, in any environment: the row is read with the connection's own rights, and each policy is evaluated over it as the caller, in a READ ONLY transaction that rolls back. The connection needs a role that reads every row and may become the caller's role, such as postgres on Supabase.</para>
/// <para>Roles that bypass row security (superuser, BYPASSRLS, owner without FORCE) are refused: they prove nothing.</para>
/// </remarks>
/// <example><code>Get-AfMembership -Inactive | Trace-AfRlsDecision leads</code>How far a read of leads gets for members that no longer count, without looking at a row.</example>
/// <example><code>Trace-AfRlsDecision organizations -Anonymous | Where-Object Step -eq Verdict</code>Where a visitor's read of organizations ends.</example>
/// <example><code>$member = Get-AfMembership -Active -Role owner | Where-Object Tenant -ne $null
/// Trace-AfRlsDecision organizations Update -User $member[0].UserId -Key $member[0].Tenant -Set @{ name = 'New name' }</code>Whether an owner may rename the organization, policy by policy.</example>
[Cmdlet(VerbsDiagnostic.Trace, "AfRlsDecision", DefaultParameterSetName = "User")]
[OutputType(typeof(RlsDecisionStep))]
public sealed class TraceAfRlsDecisionCommand : AfContextCmdlet
{
    /// <summary>The table, as table or schema.table.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ArgumentCompleter(typeof(TableCompleter))]
    public string Table { get; set; } = string.Empty;

    /// <summary>What is done with the row; Select by default.</summary>
    [Parameter(Position = 1)]
    public RlsOperation Operation { get; set; }

    /// <summary>The row: its primary key, several values in the key's order, or one hashtable of columns. Without it no policy can be asked about a row.</summary>
    [Parameter(Position = 2)]
    public object[] Key { get; set; } = [];

    /// <summary>The user's id; a membership from Get-AfMembership gives it by the pipeline.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "User", ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DatabaseUserCompleter))]
    [Alias("UserId")]
    public string User { get; set; } = string.Empty;

    /// <summary>Traces a visitor who is not signed in.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Anonymous")]
    public SwitchParameter Anonymous { get; set; }

    /// <summary>Columns that the request writes, with their values; what is left out stays as it is (Update) or is null (Insert without -Key).</summary>
    [Parameter]
    public Hashtable? Set { get; set; }

    /// <summary>Claims of the token beside those that the database knows: @{ app_metadata = @{ ... } }.</summary>
    [Parameter]
    public Hashtable? Claim { get; set; }

    /// <summary>The database role of the request; authenticated for a user and anon for a visitor by default.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DatabaseRoleCompleter))]
    [Alias("DatabaseRole")]
    public string? As { get; set; }

    /// <summary>Secret reference (env:NAME, vault:NAME or file:PATH) to a database connection; the context's database by default.</summary>
    [Parameter]
    public string? Database { get; set; }

    private protected override async Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        RlsTarget target = await DatabaseAsync(Database, cancellationToken).ConfigureAwait(false);
        await using IRlsSession session = await target.Database.BeginAsync(writes: false, cancellationToken).ConfigureAwait(false);
        (RlsFacts facts, RlsScene scene) = await RlsWorld.ReadAsync(session, RlsOptions.From(target.Config, null, null), cancellationToken).ConfigureAwait(false);
        RlsTraceRequestBuilder.RequireReader(facts);
        RowReader reader = new(session);
        RlsTraceRequest request = await RequestAsync(new(scene, reader), scene.Graph, cancellationToken).ConfigureAwait(false);
        Memory.Seen.Add(TableCompleter.Kind, request.Table.FullName, "traced");
        await foreach (RlsDecisionStep step in new RlsTracer(scene.Graph, scene.Model, reader).TraceAsync(request, cancellationToken).ConfigureAwait(false))
        {
            await sink.WriteAsync(step, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<RlsTraceRequest> RequestAsync(RlsTraceRequestBuilder builder, RlsGraph graph, CancellationToken cancellationToken)
    {
        RlsRelation table = RlsTraceRequestBuilder.Table(graph, Table);
        (RlsMember? member, RlsActor actor) = await builder.CallerAsync(Anonymous ? null : User, As, HashtableJson.Write(Claim), cancellationToken).ConfigureAwait(false);
        return new()
        {
            Table = table,
            Operation = Operation,
            Role = actor.Role,
            Member = member,
            Actor = actor,
            Key = Key is [Hashtable named] ? builder.Key(table, [], HashtableJson.Texts(named)) : builder.Key(table, [.. Key.Select(HashtableJson.Text)], new Dictionary<string, string>()),
            Values = HashtableJson.Write(Set),
            Columns = [.. Set?.Keys.Cast<object>().Select(HashtableJson.Text) ?? []],
        };
    }
}
