using System.Runtime.CompilerServices;
using AgentFlow.Faults;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Tenancy;

namespace AgentFlow.Rls.Tracing;

/// <summary>
/// Climbs with one request from the API's schema list to the row and says at which rung it ends. Reads only: policies are evaluated on the row's
/// values as the caller, in a READ ONLY transaction.
/// </summary>
public sealed class RlsTracer(RlsGraph graph, TenantModel model, RowReader reader)
{
    /// <summary>The steps as they are known; the last one is the verdict.</summary>
    /// <exception cref="AfFaultException">AfRlsRoleBypasses, AfRlsRowNotFound, AfInputInvalid.</exception>
    public async IAsyncEnumerable<RlsDecisionStep> TraceAsync(RlsTraceRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        Refuse(request);
        (string? old, string? written) = await RowsAsync(request, cancellationToken).ConfigureAwait(false);
        RlsLadder ladder = new(request);
        AccessRungs access = new(graph, request);
        yield return access.Exposed(ladder, await reader.ExposedSchemasAsync(cancellationToken).ConfigureAwait(false));
        RlsDecisionStep usage = access.Usage(ladder);
        yield return usage;
        yield return access.Grant(ladder);
        bool reads = request.Operation is RlsOperation.Update or RlsOperation.Delete;
        if (reads)
        {
            yield return access.ReadGrant(ladder);
        }

        yield return access.RowSecurity(ladder);
        foreach (RlsDecisionStep step in usage.Outcome == RlsStepOutcome.Deny
            ? [ladder.Add(RlsStepKind.Using, RlsStepOutcome.NotReached, request.Table.FullName, "Without the schema no policy can be asked.")]
            : await PoliciesAsync(ladder, access, request, old, written, cancellationToken).ConfigureAwait(false))
        {
            yield return step;
        }

        RowFacts facts = await RowFacts.ReadAsync(model, reader, request, written ?? old, cancellationToken).ConfigureAwait(false);
        foreach (RlsDecisionStep step in facts.Steps(ladder))
        {
            yield return step;
        }

        if (request.Operation != RlsOperation.Insert && old is not null)
        {
            yield return await ObserveAsync(ladder, request, old, cancellationToken).ConfigureAwait(false);
        }

        yield return facts.Verdict(ladder, written ?? old);
    }

    private async Task<IReadOnlyList<RlsDecisionStep>> PoliciesAsync(RlsLadder ladder, AccessRungs access, RlsTraceRequest request, string? old, string? written, CancellationToken cancellationToken)
    {
        if (!request.Table.RowSecurity)
        {
            return [];
        }

        RowRungs rows = new(graph, request, reader);
        List<RlsDecisionStep> steps = [access.Policies(ladder, request.Operation)];
        bool canPass = steps[0].Outcome == RlsStepOutcome.Pass;
        bool changes = request.Operation is RlsOperation.Update or RlsOperation.Delete;
        if (old is null && written is null)
        {
            steps.Add(ladder.Add(RlsStepKind.Using, RlsStepOutcome.Unknown, request.Table.FullName, "No row was named, so no policy could be asked about one.", "Name one with -Key, or its values with -Set."));
            return steps;
        }

        if (changes)
        {
            steps.Add(access.Policies(ladder, RlsOperation.Select));
            canPass &= steps[^1].Outcome == RlsStepOutcome.Pass;
            if (canPass)
            {
                steps.AddRange(await rows.JudgeAsync(ladder, RlsOperation.Select, old!, RlsStepKind.Using, check: false, cancellationToken).ConfigureAwait(false));
            }
        }

        if (canPass && request.Operation != RlsOperation.Insert)
        {
            steps.AddRange(await rows.JudgeAsync(ladder, request.Operation, old!, RlsStepKind.Using, check: false, cancellationToken).ConfigureAwait(false));
        }

        if (canPass && request.Operation is RlsOperation.Insert or RlsOperation.Update)
        {
            steps.AddRange(await rows.JudgeAsync(ladder, request.Operation, written!, RlsStepKind.WithCheck, check: true, cancellationToken).ConfigureAwait(false));
            if (graph.Applicable(request.Table, request.Role, "r").Any(policy => policy.Permissive))
            {
                steps.AddRange(await rows.JudgeAsync(ladder, RlsOperation.Select, written!, RlsStepKind.Returning, check: false, cancellationToken).ConfigureAwait(false));
            }
            else
            {
                steps.Add(ladder.Add(RlsStepKind.Returning, RlsStepOutcome.Deny, request.Table.FullName, $"No SELECT policy applies to {request.Role}: a request that wants the row back (RETURNING, .select()) ends with 42501.", "Write without asking for the row back, or add a SELECT policy."));
            }
        }

        return steps;
    }

    private async Task<RlsDecisionStep> ObserveAsync(RlsLadder ladder, RlsTraceRequest request, string row, CancellationToken cancellationToken)
    {
        RowVerdicts seen = await reader.ObserveAsync(request.Actor, request.Table, request.Key, cancellationToken).ConfigureAwait(false);
        string? policies = PolicyText.Using(graph, request.Table, request.Role, "r");
        RowVerdicts expected = policies is null ? new([false], null, string.Empty) : await reader.EvaluateAsync(request.Actor, request.Table, policies, [row], cancellationToken).ConfigureAwait(false);
        string said = seen.Ran ? seen.Values[0] == true ? "gave the row" : "gave no row" : $"ended with SQLSTATE {seen.State}";
        bool agrees = seen.Ran ? expected.Ran && (seen.Values[0] == true) == (expected.Values[0] == true) : ladder.Denied is not null || !expected.Ran;
        return agrees
            ? ladder.Add(RlsStepKind.Observed, RlsStepOutcome.Pass, request.Table.FullName, $"PostgreSQL itself, asked as the caller, {said}.")
            : ladder.Add(RlsStepKind.Observed, RlsStepOutcome.Unknown, request.Table.FullName, $"PostgreSQL itself, asked as the caller, {said}, which the steps above do not explain.", "The catalog may have changed meanwhile; run the trace again, and report it if it stays.");
    }

    private async Task<(string? Old, string? Written)> RowsAsync(RlsTraceRequest request, CancellationToken cancellationToken)
    {
        string? old = null;
        if (request.Key.Count > 0)
        {
            IReadOnlyList<string> found = await reader.RowsAsync(request.Table, request.Key, 2, cancellationToken).ConfigureAwait(false);
            old = found.Count switch
            {
                1 => found[0],
                0 => throw new AfFaultException(FaultKind.NotFound, FaultId.RlsRowNotFound, $"{request.Table.FullName} has no row with that key.", "Give the key of an existing row with -Key; for a row still to be made, give its values with -Set.", request.Table.FullName),
                _ => throw new AfFaultException(FaultKind.InvalidArgument, FaultId.InputInvalid, $"That key names more than one row of {request.Table.FullName}.", "Give every column of the primary key.", request.Table.FullName),
            };
        }

        bool writes = request.Operation is RlsOperation.Insert or RlsOperation.Update;
        string? written = !writes ? null : request.Values is { } json ? await reader.ReplaceAsync(request.Table, old, json, cancellationToken).ConfigureAwait(false) : old;
        return old is null && request.Operation is RlsOperation.Update or RlsOperation.Delete && request.Key.Count == 0 && written is not null
            ? throw new AfFaultException(FaultKind.InvalidArgument, FaultId.InputInvalid, "An update is traced on an existing row.", "Name the row with -Key.", request.Table.FullName)
            : (old, written);
    }

    private void Refuse(RlsTraceRequest request)
    {
        if (!request.Table.IsTable)
        {
            throw new AfFaultException(FaultKind.InvalidArgument, FaultId.InputInvalid, $"{request.Table.FullName} is not a table; policies belong to tables.", $"Trace the tables it reads: {string.Join(", ", graph.Lineage(request.Table).Where(relation => relation.IsTable).Select(relation => relation.FullName))}.", request.Table.FullName);
        }

        if (graph.Role(request.Role) is not { } role)
        {
            throw new AfFaultException(FaultKind.NotFound, FaultId.InputInvalid, $"The database has no role {request.Role}.", "Use one of the roles that requests run as: anon or authenticated.", request.Role);
        }

        if (graph.Bypasses(role.Name, request.Table))
        {
            string why = role.IsSuperuser ? "is a superuser" : role.BypassesRls ? "has BYPASSRLS" : $"owns {request.Table.FullName}, which does not force row security on its owner";
            throw new AfFaultException(FaultKind.InvalidArgument, FaultId.RlsRoleBypasses, $"{role.Name} {why}: policies are never asked, so a trace would prove nothing.", "Trace a role that requests of tenants run as: authenticated or anon.", role.Name);
        }
    }
}
