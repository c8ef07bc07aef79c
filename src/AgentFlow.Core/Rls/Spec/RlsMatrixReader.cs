using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Principals;
using AgentFlow.Rls.Tenancy;
using AgentFlow.Rls.Tracing;

namespace AgentFlow.Rls.Spec;

/// <summary>
/// Reads the role matrix: takes a few rows of each tenant and asks, as a member of every role, what the policies say about them. Reads only, and
/// costs the same whatever the size of the tables.
/// </summary>
public sealed class RlsMatrixReader(RlsGraph graph, TenantModel model, RowReader reader)
{
    /// <summary>Rows of one tenant and table that are asked about.</summary>
    public const int RowsPerTenant = 25;

    private static readonly RlsOperation[] s_operations = [RlsOperation.Select, RlsOperation.Insert, RlsOperation.Update, RlsOperation.Delete];

    /// <summary>One entry per table that an API role reaches and per membership role; principals without active membership are left out.</summary>
    public async Task<IReadOnlyList<RlsMatrixEntry>> ReadAsync(IReadOnlyList<RlsPrincipal> principals, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principals);
        List<(RlsPrincipal Principal, string Tenant, string Role)> members =
        [
            .. principals.SelectMany(principal => principal.Memberships.Where(membership => membership.Active).Select(membership => (principal, membership.Tenant, membership.Role ?? "member"))),
        ];
        IReadOnlyList<string> tenants = [.. members.Select(member => member.Tenant).Distinct()];
        List<RlsMatrixEntry> entries = [];
        foreach (TenantRelation relation in model.Relations.Where(relation => Judged(relation)).OrderBy(relation => relation.FullName, StringComparer.Ordinal))
        {
            IReadOnlyDictionary<string, IReadOnlyList<string>> rows = await reader.RowsOfAsync(relation, tenants, RowsPerTenant, cancellationToken).ConfigureAwait(false);
            Dictionary<string, Tally> tallies = [];
            foreach (IGrouping<RlsPrincipal, (RlsPrincipal Principal, string Tenant, string Role)> group in members.GroupBy(member => member.Principal))
            {
                await CountAsync(relation.Relation, group.Key, [.. group.Where(member => rows[member.Tenant].Count > 0).Select(member => (member.Role, rows[member.Tenant]))], tallies, cancellationToken).ConfigureAwait(false);
            }

            entries.AddRange(tallies.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value.Entry(relation.FullName, pair.Key)));
        }

        return entries;
    }

    private bool Judged(TenantRelation relation) => relation.Relation.IsTable && (relation.Relation.Schema == "storage" || !RlsGraph.IsManaged(relation.Relation.Schema))
        && graph.Catalog.ApiRoles.Any(role => s_operations.Any(operation => relation.Relation.HoldsAny(role, operation.ToString().ToUpperInvariant())));

    private async Task CountAsync(RlsRelation table, RlsPrincipal principal, List<(string Role, IReadOnlyList<string> Rows)> held, Dictionary<string, Tally> tallies, CancellationToken cancellationToken)
    {
        List<(RlsOperation Operation, string Expression)> asked = [];
        foreach (RlsOperation operation in s_operations)
        {
            string? expression = graph.Reaches(principal.Role, table, operation.ToString().ToUpperInvariant()) ? Expression(table, principal.Role, operation) : null;
            if (expression is not null)
            {
                asked.Add((operation, expression));
            }
        }

        List<(RlsRelation, string, IReadOnlyList<string>)> questions = [.. held.SelectMany(one => asked.Select(question => (table, question.Expression, one.Rows)))];
        IReadOnlyList<RowVerdicts> answers = questions.Count == 0 ? [] : await reader.EvaluateAsync(principal.Honest, questions, cancellationToken).ConfigureAwait(false);
        int next = 0;
        foreach ((string role, IReadOnlyList<string> rows) in held)
        {
            Tally tally = tallies.TryGetValue(role, out Tally? known) ? known : tallies[role] = new();
            foreach ((RlsOperation operation, string _) in asked)
            {
                tally.Add(operation, answers[next].Ran ? answers[next].Values.Count(value => value == true) : null, rows.Count);
                next++;
            }

            foreach (RlsOperation operation in s_operations.Except(asked.Select(question => question.Operation)))
            {
                tally.Add(operation, 0, rows.Count);
            }
        }
    }

    private string? Expression(RlsRelation table, string role, RlsOperation operation) => operation switch
    {
        RlsOperation.Insert => PolicyText.Check(graph, table, role, "a"),
        RlsOperation.Update => PolicyText.Using(graph, table, role, "w") is { } old && PolicyText.Check(graph, table, role, "w") is { } written ? $"({old}) and ({written})" : null,
        RlsOperation.Delete => PolicyText.Using(graph, table, role, "d"),
        _ => PolicyText.Using(graph, table, role, "r"),
    };

    private sealed class Tally
    {
        private readonly Dictionary<RlsOperation, (int Passed, int Asked, bool Failed)> _counts = [];

        public void Add(RlsOperation operation, int? passed, int asked)
        {
            (int Passed, int Asked, bool Failed) now = _counts.GetValueOrDefault(operation);
            _counts[operation] = (now.Passed + (passed ?? 0), now.Asked + asked, now.Failed || passed is null);
        }

        public RlsMatrixEntry Entry(string table, string role) => new()
        {
            Table = table, Role = role, Select = Reach(RlsOperation.Select), Insert = Reach(RlsOperation.Insert), Update = Reach(RlsOperation.Update), Delete = Reach(RlsOperation.Delete),
        };

        // A statement that fails answers nothing; whether that is a fault is the behaviour layer's to say.
        private RlsReach? Reach(RlsOperation operation) => _counts.TryGetValue(operation, out (int Passed, int Asked, bool Failed) count) && !count.Failed && count.Asked > 0
            ? count.Passed == 0 ? RlsReach.None : count.Passed == count.Asked ? RlsReach.All : RlsReach.Some
            : null;
    }
}
