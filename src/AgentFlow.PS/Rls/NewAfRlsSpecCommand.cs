using System.Management.Automation;
using AgentFlow.Cmdlets.Pipeline;
using AgentFlow.Cmdlets.Session;
using AgentFlow.Faults;
using AgentFlow.Operator;
using AgentFlow.Rls;
using AgentFlow.Rls.Access;
using AgentFlow.Rls.Checks;
using AgentFlow.Rls.Spec;

namespace AgentFlow.Cmdlets.Rls;

/// <summary>Learns from a database that is known to be good what its tenant isolation is meant to be, and writes it as JSON for review.</summary>
/// <remarks>
/// <para>The spec holds the memberships and what makes one active, the tenant column of each table, global and system-owned tables, secret columns, what the roles of requests are granted, a hash of every SECURITY DEFINER function, and the role matrix: how much of its own tenant's rows each membership role may read, insert, change and delete. Test-AfRls -Spec reports every drift from it.</para>
/// <para>Reads only, in any environment; the matrix is asked with at most 25 rows per tenant and table. The order is stable, so that a review sees what changed. Suppressions of a file that -Force replaces are kept.</para>
/// </remarks>
/// <example><code>New-AfRlsSpec -Path ./rls.spec.json</code>Learns from the context's database.</example>
/// <example><code>New-AfRlsSpec -Path ./rls.spec.json -Force -WhatIf</code>Says what would be learned and replaces nothing.</example>
[Cmdlet(VerbsCommon.New, "AfRlsSpec", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(RlsSpec))]
public sealed class NewAfRlsSpecCommand : AfContextCmdlet
{
    /// <summary>Where to write.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Secret reference (env:NAME, vault:NAME or file:PATH) to a database connection; the context's database by default.</summary>
    [Parameter]
    public string? Database { get; set; }

    /// <summary>Replaces an existing file; its suppressions stay.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override async Task ProcessAsync(IOperatorSink sink, CancellationToken cancellationToken)
    {
        string path = await AskPipelineAsync(() => SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path), cancellationToken).ConfigureAwait(false);
        if (File.Exists(path) && !Force)
        {
            throw new AfFaultException(FaultKind.Conflict, FaultId.RlsSpecExists, $"The file '{path}' exists already.", "Give another -Path, or -Force to replace it; its suppressions are kept.", path);
        }

        RlsSpec? before = File.Exists(path) ? RlsSpecFile.Read(path) : null;
        RlsTarget target = await DatabaseAsync(Database, cancellationToken).ConfigureAwait(false);
        await using IRlsSession session = await target.Database.BeginAsync(writes: false, cancellationToken).ConfigureAwait(false);
        RlsScene scene = (await RlsWorld.ReadAsync(session, RlsOptions.From(target.Config, null, null), cancellationToken).ConfigureAwait(false)).Scene;
        RlsSpec spec = RlsSpecLearner.Learn(scene, await SpecLayer.MatrixAsync(scene, session, cancellationToken).ConfigureAwait(false)) with { Suppressions = before?.Suppressions ?? [], SharedTables = before?.SharedTables ?? [] };
        foreach (string doubt in Doubts(scene, spec))
        {
            await sink.WarnAsync(doubt, cancellationToken).ConfigureAwait(false);
        }

        if (await sink.ShouldProcessAsync(path, "Write the spec", cancellationToken).ConfigureAwait(false))
        {
            await File.WriteAllTextAsync(path, RlsSpecFile.Write(spec), cancellationToken).ConfigureAwait(false);
        }

        await sink.WriteAsync(spec, cancellationToken).ConfigureAwait(false);
    }

    // What is wrong now would be declared right.
    private static IEnumerable<string> Doubts(RlsScene scene, RlsSpec spec)
    {
        List<RlsFinding> failed = [.. RlsCatalogChecks.All.SelectMany(check => check.Judge(scene)).Where(finding => finding.Finding.Outcome == CheckOutcome.Fail)];
        if (failed.Count > 0)
        {
            yield return $"The catalog has {failed.Count} findings ({string.Join(", ", failed.Select(finding => $"{finding.Check.CheckId} {finding.Target}").Distinct().Take(5))}{(failed.Count > 5 ? ", ..." : string.Empty)}); a spec should be learned when Test-AfRls is green.";
        }

        if (spec.Matrix.Count == 0)
        {
            yield return "No active member was found, so the spec has no role matrix. New-AfTenantFixture makes members of every role.";
        }
    }
}
