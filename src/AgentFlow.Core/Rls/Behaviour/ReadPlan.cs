using System.Text.Json;
using AgentFlow.Rls.Access;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Principals;
using AgentFlow.Rls.Tenancy;

namespace AgentFlow.Rls.Behaviour;

/// <summary>Which relations are read whole and which by witnesses, priced before anything runs.</summary>
public sealed class ReadPlan
{
    /// <summary>What one call of a helper for each row costs, in row evaluations: 45 microseconds against 0.2.</summary>
    public const double PerRowHelperPrice = 220;

    private readonly Dictionary<long, ReadStep> _steps;

    private ReadPlan(IEnumerable<ReadStep> steps) => _steps = steps.ToDictionary(step => step.Relation.Relation.Oid);

    public IReadOnlyCollection<ReadStep> Steps => _steps.Values;

    public ReadStep? Of(TenantRelation relation) => _steps.GetValueOrDefault(relation.Relation.Oid);

    /// <summary>The relations that the login counts: all that fit the budget.</summary>
    public static IReadOnlyList<TenantRelation> Countable(RlsScene scene, RlsOptions options)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(options);
        double left = options.RowBudget;
        List<TenantRelation> taken = [];
        foreach (TenantRelation relation in scene.Model.Relations.Where(relation => IsRead(scene, relation)).OrderBy(relation => Rows(scene, relation.Relation)))
        {
            left -= Rows(scene, relation.Relation);
            if (left >= 0)
            {
                taken.Add(relation);
            }
        }

        return taken;
    }

    /// <summary>Prices every relation that some principal may read, by the planner's own plan as a member.</summary>
    public static async Task<ReadPlan> MakeAsync(IRlsSession session, RlsScene scene, RlsOptions options, IReadOnlyList<RlsPrincipal> principals, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(principals);
        RlsPrincipal typical = principals.FirstOrDefault(principal => principal.ActiveTenants.Count > 0) ?? principals[0];
        List<TenantRelation> read = [.. scene.Model.Relations.Where(relation => principals.Any(principal => scene.Graph.Reaches(principal.Role, relation.Relation))).OrderBy(relation => Rows(scene, relation.Relation))];
        IReadOnlyList<RlsAnswer> plans = await session.RunAsync(typical.Forged, [.. read.Select(relation => new RlsProbe($"select pg_catalog.count(*) from {Text.SqlText.Name(relation.Relation)} x") { IsPlan = true })], cancellationToken).ConfigureAwait(false);
        double left = options.RowBudget;
        List<ReadStep> steps = [];
        foreach ((TenantRelation relation, RlsAnswer plan) in read.Zip(plans))
        {
            string? helper = plan.IsError ? null : PerRowHelper(scene, relation.Relation, plan.Value);
            double rows = Math.Max(1, Rows(scene, relation.Relation));
            int askers = principals.Count(principal => scene.Graph.Reaches(principal.Role, relation.Relation));
            double price = rows * askers * (helper is null ? 1 : PerRowHelperPrice);
            bool exact = price <= left;
            left -= exact ? price : 0;
            string? reason = exact ? null
                : relation.Key.Count == 0 ? $"about {rows:N0} rows for {askers} callers are above the budget, and without a primary key no sample can be taken"
                : $"about {rows:N0} rows for {askers} callers{(helper is null ? string.Empty : $", each calling {helper},")} are above the budget";
            steps.Add(new(relation, exact ? ReadMode.Exact : relation.Key.Count == 0 ? ReadMode.Skipped : ReadMode.Witness, rows, helper, reason));
        }

        return new(steps);
    }

    private static bool IsRead(RlsScene scene, TenantRelation relation) => relation.Relation.IsTable || scene.ApiRoles.Any(role => scene.Graph.Reaches(role, relation.Relation));

    private static double Rows(RlsScene scene, RlsRelation relation) => relation.IsTable || relation.Kind == "m"
        ? relation.Kind == "p" ? Math.Max(relation.Rows, scene.Graph.Catalog.Relations.Where(part => part.Parent == relation.Oid).Sum(part => Math.Max(0, part.Rows))) : Math.Max(0, relation.Rows)
        : scene.Graph.Lineage(relation).Sum(table => Math.Max(0, table.Rows));

    // A filter that calls a routine of the application with a column runs it for every row; an init plan or a hashed sub-plan runs once.
    private static string? PerRowHelper(RlsScene scene, RlsRelation relation, string? plan)
    {
        if (plan is null)
        {
            return null;
        }

        using JsonDocument document = JsonDocument.Parse(plan);
        List<string> filters = [];
        Collect(document.RootElement, filters);
        foreach (RlsRoutine routine in scene.Graph.Policies(relation).Concat(scene.Graph.Lineage(relation).SelectMany(scene.Graph.Policies)).SelectMany(policy => policy.CallsRoutines).Distinct().Select(scene.Graph.Routine).OfType<RlsRoutine>()
            .Where(routine => !RlsGraph.IsManaged(routine.Schema) && routine.Arguments.Count > 0 && !routine.FromExtension))
        {
            if (filters.Any(filter => filter.Contains(routine.Name + "(", StringComparison.Ordinal)))
            {
                return routine.Signature;
            }
        }

        return null;
    }

    private static void Collect(JsonElement element, List<string> filters)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray())
            {
                Collect(item, filters);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            bool scan = element.TryGetProperty("Relation Name", out JsonElement _);
            foreach (JsonProperty member in element.EnumerateObject())
            {
                if (scan && member.Name is "Filter" or "Recheck Cond" && member.Value.GetString() is { } filter)
                {
                    filters.Add(filter);
                }
                else
                {
                    Collect(member.Value, filters);
                }
            }
        }
    }
}
