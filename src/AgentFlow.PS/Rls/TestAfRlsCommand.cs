using System.Management.Automation;
using AgentFlow.Cmdlets.Completion;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Cmdlets.Session;
using AgentFlow.Operator;
using AgentFlow.Rls;
using AgentFlow.Rls.Spec;

namespace AgentFlow.Cmdlets.Rls;

/// <summary>Proves that no tenant reads or changes another tenant's rows, and that members reach their own.</summary>
/// <remarks>
/// <para>Catalog (AFR101-205) reads switches, policies, grants, roles, functions and views, in any environment. Data (AFR201-206) counts rows without a tenant, of missing tenants and in disagreement with their parents. Behaviour (AFR301-311) acts as members in every state, outsiders and visitors, with forged metadata and headers. Spec (AFR401-405) compares with what New-AfRlsSpec has learned. AFR001-004 say what the run could do.</para>
/// <para>Behaviour runs only where the marker agentflow_meta.environment carries the expected name, allows probes, and nothing says production; elsewhere it is Skipped with the reason. Everything runs in transactions that are rolled back: reads in READ ONLY, writes stopped before a row is written. Row security is never turned off, and no fix is run.</para>
/// <para>A finding is a record with outcome Fail or Warn; its Target or Reason names the guilty object, its Remediation gives SQL as text. A Pass says how much was looked at, every row or a sample.</para>
/// </remarks>
/// <example><code>Test-AfRls -Check Catalog</code>What the catalog of the context's database says.</example>
/// <example><code>Test-AfRls -ExpectedEnvironment local | Where-Object Outcome -in Fail, Warn</code>All findings in a rehearsal database.</example>
[Cmdlet(VerbsDiagnostic.Test, "AfRls")]
[OutputType(typeof(CheckResult), typeof(bool))]
public sealed class TestAfRlsCommand : AfContextCmdlet
{
    /// <summary>Tables to report about, as table or schema.table, with wildcards; all by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TableCompleter))]
    public string[] Table { get; set; } = [];

    /// <summary>Schemas to report about, with wildcards; all by default.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[] Schema { get; set; } = [];

    /// <summary>Only these layers; all by default.</summary>
    [Parameter]
    public RlsLayer[] Check { get; set; } = [];

    /// <summary>Secret reference (env:NAME, vault:NAME or file:PATH) to a database connection; the context's database by default.</summary>
    [Parameter]
    public string? Database { get; set; }

    /// <summary>The name that the database's marker must carry for acting as tenants; rls.expectedEnvironment of the config by default.</summary>
    [Parameter]
    public string? ExpectedEnvironment { get; set; }

    /// <summary>A spec that New-AfRlsSpec wrote and people reviewed.</summary>
    [Parameter]
    public string? Spec { get; set; }

    /// <summary>Gives exactly one bool: true when nothing failed and something ran.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override async Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        RlsSpec? spec = Spec is null ? null : RlsSpecFile.Read(await AskPipelineAsync(() => SessionState.Path.GetUnresolvedProviderPathFromPSPath(Spec), cancellationToken).ConfigureAwait(false));
        RlsTarget target = await DatabaseAsync(Database, cancellationToken).ConfigureAwait(false);
        RlsOptions options = RlsOptions.From(target.Config, ExpectedEnvironment, spec) with { Layers = Check, Schemas = Schema, Tables = Table };
        await sink.ProgressAsync("Test-AfRls", $"Looking at {target.Database.Address}", 10, cancellationToken).ConfigureAwait(false);
        await CheckWriter.WriteAsync(sink, Seen(new RlsTest(target.Database, options).RunAsync(new(Time), cancellationToken)), Quiet, cancellationToken).ConfigureAwait(false);
    }

    private async IAsyncEnumerable<CheckResult> Seen(IAsyncEnumerable<CheckResult> results)
    {
        await foreach (CheckResult result in results.ConfigureAwait(false))
        {
            if (result.Outcome is CheckOutcome.Fail or CheckOutcome.Warn && result.Target.Contains('.', StringComparison.Ordinal) && !result.Target.Contains('(', StringComparison.Ordinal))
            {
                Memory.Seen.Add(TableCompleter.Kind, result.Target, "has findings");
            }

            yield return result;
        }
    }
}
