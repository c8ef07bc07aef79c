using System.Globalization;
using AgentFlow.Rls.Access;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Tenancy;
using static AgentFlow.Rls.Text.SqlText;

namespace AgentFlow.Rls.Behaviour;

/// <summary>Chooses rows to try: per tenant and per value of each column with few values, those of the callers themselves, the oldest and newest, and rows without a tenant. A block sample bounds the cost whatever the size.</summary>
public static class WitnessReader
{
    private const int SampleRows = 20_000;
    private const int FewValues = 20;
    private const int MostWitnesses = 400;

    /// <summary>The chosen rows of one relation; empty when it is empty.</summary>
    public static async Task<IReadOnlyList<WitnessRow>> ReadAsync(IRlsSession session, ReadStep step, IReadOnlyList<string> tenants, IReadOnlyList<string> users, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(tenants);
        ArgumentNullException.ThrowIfNull(users);
        TenantRelation relation = step.Relation;
        string keys = string.Join(", ", relation.Key.Select((column, i) => $"x.{Name(column.Name)}::text as k{i}"));
        string order = string.Join(", ", relation.Key.Select(column => "x." + Name(column.Name)));
        string tenant = $"{TenantSql.Expression(relation)}::text as t";
        string table = Name(relation.Relation);
        double share = Math.Min(100, Math.Max(0.0001, SampleRows * 100 / Math.Max(1, step.Rows)));
        string sample = relation.Relation.IsTable || relation.Relation.Kind == "m" ? $"{table} x tablesample system ({share.ToString("0.####", CultureInfo.InvariantCulture)})" : $"{table} x";
        List<RlsProbe> probes =
        [
            new($"select {keys}, {tenant} from {table} x order by {order} limit 3"),
            new($"select {keys}, {tenant} from {table} x order by {string.Join(", ", relation.Key.Select(column => $"x.{Name(column.Name)} desc"))} limit 3"),
            new($"select distinct on (s.t) s.* from (select {keys}, {tenant} from {sample}) s limit 100"),
        ];
        probes.AddRange(relation.Relation.Columns.Where(HasFewValues).Take(12)
            .Select(column => new RlsProbe($"select distinct on (s.t, s.v) s.* from (select {keys}, {tenant}, x.{Name(column.Name)}::text as v from {sample}) s limit 200")));

        // Rows that name one of the callers: what a creator clause lets through.
        probes.AddRange(relation.UserColumns.Select(column => new RlsProbe($"select distinct on (s.t, s.v) s.* from (select {keys}, {tenant}, x.{Name(column.Name)}::text as v from {sample} where x.{Name(column.Name)}::text = any({Array(users, "text")})) s limit 100")));
        if (relation is { Path: TenantPath.Column, Column: { } tenantColumn })
        {
            string type = TenantSql.Type(relation);
            probes.AddRange(tenants.Select(one => new RlsProbe($"select {keys}, {tenant} from {table} x where x.{Name(tenantColumn.Name)} = {Literal(one, type)} limit 2")));
            if (!tenantColumn.NotNull)
            {
                probes.Add(new($"select {keys}, {tenant} from {table} x where x.{Name(tenantColumn.Name)} is null limit 2"));
            }
        }

        IReadOnlyList<RlsAnswer> answers = await session.RunAsync(null, probes, cancellationToken).ConfigureAwait(false);
        return
        [
            .. answers.SelectMany(answer => answer.Rows).Select(row => (Row: row, Id: string.Join('|', relation.Key.Select((_, i) => row[$"k{i}"])))).DistinctBy(pair => pair.Id).Take(MostWitnesses)
                .Select(pair => new WitnessRow(relation.Key.Select((column, i) => (column.Name, Value: pair.Row[$"k{i}"])).ToDictionary(key => key.Name, key => key.Value), pair.Row["t"])),
        ];
    }

    /// <summary>All rows of a small relation whose tenant only the login can tell; null when there are too many.</summary>
    public static async Task<IReadOnlyList<WitnessRow>> AllAsync(IRlsSession session, TenantRelation relation, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(relation);
        string keys = string.Join(", ", relation.Key.Select((column, i) => $"x.{Name(column.Name)}::text as k{i}"));
        RlsAnswer answer = (await session.RunAsync(null, [new($"select {keys}, {TenantSql.Expression(relation)}::text as t from {Name(relation.Relation)} x limit {most}")], cancellationToken).ConfigureAwait(false))[0];
        return [.. answer.Rows.Select(row => new WitnessRow(relation.Key.Select((column, i) => (column.Name, Value: row[$"k{i}"])).ToDictionary(key => key.Name, key => key.Value), row["t"]))];
    }

    private static bool HasFewValues(RlsColumn column) => column.Category is "B" or "E" || column.Distinct is > 0 and <= FewValues;
}
