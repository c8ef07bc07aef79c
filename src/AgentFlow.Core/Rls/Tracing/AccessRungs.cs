using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Checks;

namespace AgentFlow.Rls.Tracing;

/// <summary>The rungs before any row: schema, grants, row security and the list of policies.</summary>
internal sealed class AccessRungs(RlsGraph graph, RlsTraceRequest request)
{
    // On Supabase, tables of public that are made after this day get no grants by themselves.
    private const string ExplicitGrants = "Tables made on Supabase after 2026-10-30 hold no grant until one is written.";

    private static readonly string[] s_offeredByDefault = ["public", "graphql_public"];

    private readonly RlsRelation _table = request.Table;
    private readonly string _role = request.Role;

    public RlsDecisionStep Exposed(RlsLadder ladder, IReadOnlyList<string>? schemas) => schemas switch
    {
        null when s_offeredByDefault.Contains(_table.Schema) => ladder.Add(RlsStepKind.SchemaExposed, RlsStepOutcome.Pass, _table.Schema, $"The API offers {_table.Schema} unless its settings say otherwise; the database holds no such setting."),
        null => ladder.Add(RlsStepKind.SchemaExposed, RlsStepOutcome.Unknown, _table.Schema, $"The database does not say whether the API offers {_table.Schema}; by default it offers public only (PGRST106 otherwise).", "Look at the exposed schemas in the project's API settings."),
        _ when schemas.Contains(_table.Schema) => ladder.Add(RlsStepKind.SchemaExposed, RlsStepOutcome.Pass, _table.Schema, $"The API offers {_table.Schema}."),
        _ => ladder.Add(RlsStepKind.SchemaExposed, RlsStepOutcome.Deny, _table.Schema, $"The API offers {string.Join(", ", schemas)} and not {_table.Schema} (PGRST106).", $"Add {_table.Schema} to the exposed schemas, or put a view or function for it into an exposed one."),
    };

    public RlsDecisionStep Usage(RlsLadder ladder) => graph.Catalog.Schemas.FirstOrDefault(schema => schema.Name == _table.Schema)?.UsableBy.Contains(_role) == true
        ? ladder.Add(RlsStepKind.SchemaUsage, RlsStepOutcome.Pass, _table.Schema, $"{_role} may use schema {_table.Schema}.")
        : ladder.Add(RlsStepKind.SchemaUsage, RlsStepOutcome.Deny, _table.Schema, $"{_role} has no USAGE on schema {_table.Schema} (42501).", $"grant usage on schema {Findings.Quote(_table.Schema)} to {Findings.Quote(_role)};");

    public RlsDecisionStep Grant(RlsLadder ladder) => Grant(ladder, RlsStepKind.Grant, request.Privilege, request.Operation is RlsOperation.Delete ? [] : request.Columns);

    /// <summary>The columns that finding the row and giving it back read.</summary>
    public RlsDecisionStep ReadGrant(RlsLadder ladder) => Grant(ladder, RlsStepKind.ReadGrant, "SELECT", [.. request.Key.Keys]);

    public RlsDecisionStep RowSecurity(RlsLadder ladder)
    {
        string forced = _table.Forced ? " and forced on the owner" : string.Empty;
        return _table.RowSecurity
            ? ladder.Add(RlsStepKind.RowSecurity, RlsStepOutcome.Pass, _table.FullName, $"Row security is on{forced}: policies decide about every row.")
            : ladder.Add(RlsStepKind.RowSecurity, RlsStepOutcome.Warn, _table.FullName, $"Row security is off: every row passes and {graph.Policies(_table).Count()} policies are not asked.", $"alter table {Findings.Sql(_table)} enable row level security;");
    }

    public RlsDecisionStep Policies(RlsLadder ladder, RlsOperation operation)
    {
        string command = RlsTraceRequest.CommandOf(operation);
        string name = operation.ToString().ToUpperInvariant();
        List<RlsPolicy> applicable = [.. graph.Applicable(_table, _role, command)];
        int permissive = applicable.Count(policy => policy.Permissive);
        if (permissive > 0)
        {
            return ladder.Add(RlsStepKind.Policies, RlsStepOutcome.Pass, _table.FullName, $"{name}: {permissive} permissive ({Names(applicable.Where(policy => policy.Permissive))}) and {applicable.Count - permissive} restrictive policies apply to {_role}.");
        }

        List<RlsPolicy> others = [.. graph.Policies(_table).Where(policy => policy.Covers(command) && policy.Permissive)];
        string more = others.Count > 0 ? $" {Names(others)} {(others.Count == 1 ? "is" : "are")} for {string.Join(", ", others.SelectMany(policy => policy.Roles).Distinct())}." : string.Empty;
        return ladder.Add(RlsStepKind.Policies, RlsStepOutcome.Deny, _table.FullName, $"No permissive {name} policy applies to {_role}: no row passes.{more}",
            $"create policy {_table.Name}_{name.ToLowerInvariant()} on {Findings.Sql(_table)} for {name.ToLowerInvariant()} to {Findings.Quote(_role)} {(operation == RlsOperation.Insert ? "with check" : "using")} (<tenant condition>);");
    }

    private RlsDecisionStep Grant(RlsLadder ladder, RlsStepKind kind, string privilege, IReadOnlyList<string> wanted)
    {
        string sql = Findings.Sql(_table);
        if (_table.Holds(_role, privilege))
        {
            return ladder.Add(kind, RlsStepOutcome.Pass, _table.FullName, $"{_role} holds {privilege} on the whole table.");
        }

        List<RlsColumn> held = [.. _table.Columns.Where(column => Roles(column, privilege).Contains(_role))];
        if (held.Count == 0)
        {
            return ladder.Add(kind, RlsStepOutcome.Deny, _table.FullName, $"{_role} does not hold {privilege} on {_table.FullName} (42501). {ExplicitGrants}", $"grant {privilege.ToLowerInvariant()} on {sql} to {Findings.Quote(_role)};");
        }

        List<string> missing = [.. wanted.Where(name => held.TrueForAll(column => column.Name != name))];
        return missing.Count > 0
            ? ladder.Add(kind, RlsStepOutcome.Deny, _table.FullName, $"{_role} does not hold {privilege} on column {string.Join(", ", missing)} (42501).", $"grant {privilege.ToLowerInvariant()} ({string.Join(", ", missing.Select(Findings.Quote))}) on {sql} to {Findings.Quote(_role)};")
            : wanted.Count > 0 || held.Count == _table.Columns.Count
                ? ladder.Add(kind, RlsStepOutcome.Pass, _table.FullName, $"{_role} holds {privilege} on the columns concerned.")
                : ladder.Add(kind, RlsStepOutcome.Warn, _table.FullName, $"{_role} holds {privilege} on {string.Join(", ", held.Select(column => column.Name))} only: a request that names another column, or *, ends with 42501.", "Name the columns in the request.");
    }

    private static IReadOnlyList<string> Roles(RlsColumn column, string privilege) => privilege switch { "SELECT" => column.Select, "INSERT" => column.Insert, "UPDATE" => column.Update, _ => [] };

    private static string Names(IEnumerable<RlsPolicy> policies) => string.Join(", ", policies.Select(policy => $"\"{policy.Name}\""));
}
