using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Checks;

namespace AgentFlow.Rls.Tracing;

/// <summary>The rungs that look at a row: policy by policy, evaluated as the caller.</summary>
internal sealed class RowRungs(RlsGraph graph, RlsTraceRequest request, RowReader reader)
{
    private readonly RlsRelation _table = request.Table;

    /// <summary>Every policy's USING (or, with <paramref name="check"/>, what it demands of a written row) and then all together.</summary>
    public async Task<IReadOnlyList<RlsDecisionStep>> JudgeAsync(RlsLadder ladder, RlsOperation operation, string row, RlsStepKind whole, bool check, CancellationToken cancellationToken)
    {
        List<RlsDecisionStep> steps = [];
        bool passes = false;
        bool unknown = false;
        RlsDecisionStep? broken = null;
        RlsDecisionStep? floor = null;
        List<string> names = [];
        RlsStepKind one = check ? RlsStepKind.PolicyCheck : RlsStepKind.PolicyUsing;
        foreach (RlsPolicy policy in graph.Applicable(_table, request.Role, RlsTraceRequest.CommandOf(operation)).OrderBy(policy => !policy.Permissive).ThenBy(policy => policy.Name, StringComparer.Ordinal))
        {
            string expression = (check ? policy.EffectiveCheck : policy.Using) ?? "true";
            RowVerdicts answer = await reader.EvaluateAsync(request.Actor, _table, expression, [row], cancellationToken).ConfigureAwait(false);
            RlsDecisionStep step = answer.Ran ? Answered(ladder, one, policy, expression, answer.Values[0], check) : Failed(ladder, one, policy, expression, answer.State!);
            steps.Add(step);
            passes |= policy.Permissive && step.Outcome == RlsStepOutcome.Pass;
            unknown |= step.Outcome == RlsStepOutcome.Unknown;
            broken ??= step.Outcome == RlsStepOutcome.Deny && !answer.Ran ? step : null;
            floor ??= step.Outcome == RlsStepOutcome.Deny && answer.Ran ? step : null;
            if (policy.Permissive)
            {
                names.Add($"\"{policy.Name}\"");
            }
        }

        string thing = check ? "the new row" : "the row";
        string effect = check ? "new row violates row-level security policy (42501)" : operation == RlsOperation.Select ? "the row is not given, without an error" : "0 rows are affected, without an error";
        steps.Add((broken ?? floor) is { } cause
            ? ladder.Add(whole, RlsStepOutcome.Deny, _table.FullName, $"{cause.Target} stops it: {cause.Reason}", cause.Fix)
            : unknown ? ladder.Add(whole, RlsStepOutcome.Unknown, _table.FullName, $"Some policy could not be evaluated for {thing}.", "See the steps above.")
            : passes ? ladder.Add(whole, RlsStepOutcome.Pass, _table.FullName, $"{Name(operation)}: {thing} passes.")
            : ladder.Add(whole, RlsStepOutcome.Deny, _table.FullName, $"{Name(operation)}: no permissive policy lets {thing} pass ({string.Join(", ", names)}): {effect}.", "See the membership and the tenant of the row below; change the policy only if this caller is meant to pass."));
        return steps;
    }

    private static string Name(RlsOperation operation) => operation.ToString().ToUpperInvariant();

    private static RlsDecisionStep Answered(RlsLadder ladder, RlsStepKind kind, RlsPolicy policy, string expression, bool? value, bool check)
    {
        string said = value switch { true => "true", false => "false", null => "null, which counts as false" };
        string clause = check ? policy.Check is null ? "WITH CHECK (its USING)" : "WITH CHECK" : "USING";
        string mode = policy.Permissive ? "Permissive" : "Restrictive";
        RlsStepOutcome outcome = value == true ? RlsStepOutcome.Pass : policy.Permissive ? RlsStepOutcome.NoMatch : RlsStepOutcome.Deny;
        return ladder.Add(kind, outcome, $"policy \"{policy.Name}\"", $"{mode} {policy.CommandName}, {clause} is {said}.", outcome == RlsStepOutcome.Deny ? "A restrictive policy must be true for every row: see the membership and the tenant of the row below." : null, expression);
    }

    private RlsDecisionStep Failed(RlsLadder ladder, RlsStepKind kind, RlsPolicy policy, string expression, string state)
    {
        string target = $"policy \"{policy.Name}\"";
        string role = Findings.Quote(request.Role);
        switch (state)
        {
            case "42501":
                List<RlsRoutine> closed = [.. graph.Helpers(policy).Where(helper => policy.CallsRoutines.Contains(helper.Oid) && !helper.CallableBy.Contains(request.Role))];
                string what = closed.Count > 0 ? $"{request.Role} may not execute {string.Join(", ", closed.Select(helper => helper.Signature))}" : $"the expression reads something that {request.Role} may not";
                string fix = closed.Count > 0 ? string.Join(" ", closed.Select(helper => $"grant execute on function {helper.Signature} to {role};"))
                    : $"Grant usage on the schemas and select on what the policy names to {role}, or ask it through a SECURITY DEFINER function with a pinned search_path.";
                return ladder.Add(kind, RlsStepOutcome.Deny, target, $"The policy fails with 42501: {what}. Every statement on the table fails with it.", fix, expression);
            case "42P17" or "54001":
                return ladder.Add(kind, RlsStepOutcome.Deny, target, $"The policy asks its own table and so itself without end ({state}). Every statement on the table fails.", "Ask memberships through a SECURITY DEFINER function with a pinned search_path.", expression);
            case "25006":
                return ladder.Add(kind, RlsStepOutcome.Unknown, target, "The policy writes, which a trace does not do.", null, expression);
            default:
                return ladder.Add(kind, RlsStepOutcome.Deny, target, $"The policy fails for this row and caller (SQLSTATE {state}); the statement fails with it.", "Make the expression safe for missing claims and for more than one membership (in (select ...) instead of = (select ...)).", expression);
        }
    }
}
