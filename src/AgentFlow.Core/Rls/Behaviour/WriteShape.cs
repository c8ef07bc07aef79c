using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Tenancy;

namespace AgentFlow.Rls.Behaviour;

/// <summary>
/// How one role can be made to try writes on one table without a row being written: PostgreSQL evaluates WITH CHECK before NOT NULL, and USING before the
/// expressions of SET and RETURNING, so a NULL in a NOT NULL column or a failing expression stops the row exactly when the policies have let it pass.
/// </summary>
public sealed record WriteShape
{
    /// <summary>Fails for each row that gets so far; volatile, so that the planner does not fail first.</summary>
    public const string Failure = "(1/((pg_catalog.random()*0)::int))";

    public required TenantRelation Relation { get; init; }

    public required string Role { get; init; }

    /// <summary>Columns of a poisoned INSERT; empty when none can be made.</summary>
    public IReadOnlyList<RlsColumn> InsertColumns { get; init; } = [];

    /// <summary>The NOT NULL column that stays NULL in the INSERT.</summary>
    public RlsColumn? InsertPoison { get; init; }

    /// <summary>The NOT NULL column that an UPDATE sets to NULL; null when the role may set none.</summary>
    public RlsColumn? UpdatePoison { get; init; }

    /// <summary>Any column that the role may set.</summary>
    public RlsColumn? UpdateAny { get; init; }

    public bool MayInsert { get; init; }

    public bool MayUpdate { get; init; }

    public bool MayDelete { get; init; }

    /// <summary>True when the role may set the tenant column.</summary>
    public bool MayMove { get; init; }

    /// <summary>Why some of it is not tried; empty when all is.</summary>
    public IReadOnlyList<string> Untried { get; init; } = [];

    /// <summary>The shape, or null when the role may write nothing there.</summary>
    public static WriteShape? Of(RlsScene scene, TenantRelation relation, string role)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(relation);
        RlsRelation table = relation.Relation;
        if (!table.IsTable || !scene.Graph.Catalog.Schemas.Any(schema => schema.Name == table.Schema && schema.UsableBy.Contains(role)))
        {
            return null;
        }

        bool insert = table.HoldsAny(role, "INSERT");
        bool update = table.HoldsAny(role, "UPDATE");
        bool delete = table.HoldsAny(role, "DELETE");
        if (!insert && !update && !delete)
        {
            return null;
        }

        List<string> untried = [];
        if (insert && TriggerScreen.Find(scene, table, "insert", relation.Column?.Name) is { } atInsert)
        {
            untried.Add("INSERT: " + atInsert);
            insert = false;
        }

        if (update && TriggerScreen.Find(scene, table, "update", relation.Column?.Name) is { } atUpdate)
        {
            untried.Add("UPDATE: " + atUpdate);
            update = false;
        }

        if (delete && TriggerScreen.Find(scene, table, "delete", null) is { } atDelete)
        {
            untried.Add("DELETE: " + atDelete);
            delete = false;
        }

        List<RlsColumn> insertable = [.. table.Columns.Where(column => column.Insert.Contains(role) && column.Generated.Length == 0 && column.Identity != "a")];
        RlsColumn? insertPoison = Poison(scene, relation, "a", column => insertable.Contains(column) || (column is { Default: null, Identity: "", Generated: "" } && !column.Insert.Contains(role)));
        bool takesNumber = table.Columns.Any(column => column.TakesSequence && column.Identity != "a" && !insertable.Contains(column)) || table.Columns.Any(column => column.Identity == "a");
        if (insert && insertPoison is null)
        {
            untried.Add("INSERT: no NOT NULL column is free to stop the row before it is written");
            insert = false;
        }
        else if (insert && takesNumber)
        {
            untried.Add("INSERT: it would take a number from a sequence, which no rollback gives back");
            insert = false;
        }

        List<RlsColumn> settable = [.. table.Columns.Where(column => column.Update.Contains(role) && column.Generated.Length == 0 && column.Identity != "a")];
        return new()
        {
            Relation = relation,
            Role = role,
            MayInsert = insert,
            MayUpdate = update,
            MayDelete = delete,
            InsertColumns = insertable,
            InsertPoison = insertPoison,
            UpdatePoison = Poison(scene, relation, "w", settable.Contains),
            UpdateAny = settable.FirstOrDefault(column => column.Number != relation.Column?.Number) ?? settable.FirstOrDefault(),
            MayMove = relation.Column is { } tenant && settable.Contains(tenant),
            Untried = untried,
        };
    }

    // Not the tenant, not what routes the row to a partition, and best nothing that the policies themselves read.
    private static RlsColumn? Poison(RlsScene scene, TenantRelation relation, string command, Func<RlsColumn, bool> free)
    {
        HashSet<int> read = [.. scene.Graph.Policies(relation.Relation).Where(policy => policy.Covers(command)).SelectMany(policy => policy.Columns)];
        RlsRelation? parent = relation.Relation.Parent is { } oid ? scene.Graph.Relation(oid) : null;
        HashSet<string> routing = [.. relation.Relation.PartitionKey.Concat(parent?.PartitionKey ?? []).Select(number => (relation.Relation.Column(number) ?? parent?.Column(number))?.Name ?? string.Empty)];
        HashSet<string> links = [.. relation.Link.Select(pair => pair.Own)];
        return relation.Relation.Columns
            .Where(column => column.NotNull && column.Number != relation.Column?.Number && !routing.Contains(column.Name) && !links.Contains(column.Name) && !read.Contains(column.Number) && free(column))
            .OrderByDescending(relation.Key.Contains)
            .FirstOrDefault();
    }
}
