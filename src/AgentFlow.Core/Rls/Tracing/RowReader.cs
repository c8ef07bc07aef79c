using AgentFlow.Faults;
using AgentFlow.Rls.Access;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Principals;
using AgentFlow.Rls.Tenancy;
using AgentFlow.Rls.Text;

namespace AgentFlow.Rls.Tracing;

/// <summary>
/// Rows and policy expressions in one READ ONLY session. Rows are read with the connection's own rights and travel as PostgreSQL's text of the
/// composite value; expressions are evaluated over them as somebody else, so that helpers and sub-queries meet that caller's rights and policies.
/// </summary>
public sealed class RowReader(IRlsSession session)
{
    // No column is likely to have this name, and a whole row is written by its alias.
    private const string Row = "af_row";

    /// <summary>Schemas that the API offers, as the settings of its login say; null when the database says nothing.</summary>
    public async Task<IReadOnlyList<string>?> ExposedSchemasAsync(CancellationToken cancellationToken)
    {
        const string Sql = "select pg_catalog.split_part(c, '=', 2) as schemas from pg_catalog.pg_db_role_setting s, pg_catalog.unnest(s.setconfig) c "
            + "where c like 'pgrst.db_schemas=%' order by s.setdatabase desc limit 1";
        RlsAnswer answer = await OneAsync(null, Sql, cancellationToken).ConfigureAwait(false);
        return answer.Value?.Trim('"', '\'').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>At most <paramref name="most"/> rows whose columns equal the key's.</summary>
    /// <exception cref="AfFaultException">AfInputInvalid: a value is none of the column's type.</exception>
    public async Task<IReadOnlyList<string>> RowsAsync(RlsRelation table, IReadOnlyDictionary<string, string> key, int most, CancellationToken cancellationToken)
    {
        RlsAnswer answer = await OneAsync(null, $"select {Row}::text as row from {SqlText.Name(table)} {Row} where {Where(key)} limit {most}", cancellationToken).ConfigureAwait(false);
        return answer.State switch
        {
            null => Texts(answer),
            "42501" => throw new AfFaultException(FaultKind.Permission, FaultId.DatabasePermissionDenied, $"The connection's own role may not read {table.FullName}.", "Use a role that reads every row: one with BYPASSRLS and SELECT, such as postgres on Supabase.", table.FullName),
            _ => throw new AfFaultException(FaultKind.InvalidArgument, FaultId.InputInvalid, $"The key does not fit {table.FullName} (SQLSTATE {answer.State}).", $"Give values of these types: {string.Join(", ", key.Keys.Select(name => $"{name} {table.Column(name)?.Type}"))}.", table.FullName),
        };
    }

    /// <summary>At most <paramref name="most"/> rows of each tenant.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> RowsOfAsync(TenantRelation relation, IReadOnlyList<string> tenants, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(relation);
        IReadOnlyList<RlsAnswer> answers = await session.RunAsync(
            null,
            [.. tenants.Select(tenant => new RlsProbe($"select {Row}::text as row from {SqlText.Name(relation.Relation)} {Row} where {Is(relation, tenant)} limit {most}"))],
            cancellationToken).ConfigureAwait(false);
        return tenants.Zip(answers).ToDictionary(pair => pair.First, pair => Texts(pair.Second));
    }

    /// <summary>The row with some columns replaced; a null row stands for one of nulls.</summary>
    /// <exception cref="AfFaultException">AfInputInvalid: a value is none of the column's type.</exception>
    public async Task<string> ReplaceAsync(RlsRelation table, string? row, string json, CancellationToken cancellationToken)
    {
        string from = row is null ? "null" : SqlText.Literal(row);
        RlsAnswer answer = await OneAsync(null, $"select (pg_catalog.jsonb_populate_record({from}::{SqlText.Name(table)}, {SqlText.Literal(json)}::pg_catalog.jsonb))::text as row", cancellationToken).ConfigureAwait(false);
        return answer.Value ?? throw new AfFaultException(FaultKind.InvalidArgument, FaultId.InputInvalid, $"The values do not fit {table.FullName} (SQLSTATE {answer.State}).", "Give each column a value of its type.", table.FullName);
    }

    /// <summary>The tenant that a row names, and whether the table of tenants knows it (null when there is no such table).</summary>
    public async Task<(string? Tenant, bool? Exists)> TenantAsync(TenantRelation relation, TenantModel model, string row, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(relation);
        ArgumentNullException.ThrowIfNull(model);
        string known = model.Root is null ? "null::pg_catalog.bool" : $"exists (select 1 from {SqlText.Name(model.Root)} r where r.{SqlText.Name(model.RootKey!)}::text = t.tenant)";
        RlsAnswer answer = await OneAsync(null, $"select t.tenant, {known} as known from (select ({TenantSql.Expression(relation, Row)})::text as tenant from {Rows(relation.Relation, [row])} {Row}) t", cancellationToken).ConfigureAwait(false);
        return answer.Rows.Count == 0 ? (null, null) : (answer.Rows[0]["tenant"], answer.Rows[0]["known"] is { } text ? text == "true" : null);
    }

    /// <summary>Evaluates a boolean expression over the columns of each row as the actor.</summary>
    public async Task<RowVerdicts> EvaluateAsync(RlsActor actor, RlsRelation table, string expression, IReadOnlyList<string> rows, CancellationToken cancellationToken) =>
        (await EvaluateAsync(actor, [(table, expression, rows)], cancellationToken).ConfigureAwait(false))[0];

    /// <summary>As the other, for several expressions in one round trip.</summary>
    public async Task<IReadOnlyList<RowVerdicts>> EvaluateAsync(RlsActor actor, IReadOnlyList<(RlsRelation Table, string Expression, IReadOnlyList<string> Rows)> asked, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(asked);
        IReadOnlyList<RlsAnswer> answers = await session.RunAsync(
            actor, [.. asked.Select(one => new RlsProbe($"select ({one.Expression}) as v from {Rows(one.Table, one.Rows)} {SqlText.Name(one.Table.Name)}"))], cancellationToken).ConfigureAwait(false);
        return [.. answers.Select(answer => new RowVerdicts([.. Became(actor, answer).Rows.Select(row => row["v"] is { } text ? (bool?)(text == "true") : null)], answer.State, answer.Refusal))];
    }

    /// <summary>Reads the row as the actor and says whether PostgreSQL gave it.</summary>
    public async Task<RowVerdicts> ObserveAsync(RlsActor actor, RlsRelation table, IReadOnlyDictionary<string, string> key, CancellationToken cancellationToken)
    {
        RlsAnswer answer = await OneAsync(actor, $"select exists (select 1 from {SqlText.Name(table)} {Row} where {Where(key)}) as v", cancellationToken).ConfigureAwait(false);
        return new([.. Became(actor, answer).Rows.Select(row => (bool?)(row["v"] == "true"))], answer.State, answer.Refusal);
    }

    /// <summary>The user with claims and memberships; without memberships when nobody knows the user.</summary>
    public async Task<RlsMember> MemberAsync(RlsGraph graph, TenantModel model, string userId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(model);
        RlsMember member = new() { UserId = userId };
        if (graph.Relation("auth", "users") is { } users && users.Column("id") is not null)
        {
            string Field(string name) => users.Column(name) is null ? $"null::text as {name}" : $"{Row}.{SqlText.Name(name)}::text as {name}";
            RlsAnswer found = await OneAsync(null, $"select {Field("email")}, {Field("raw_app_meta_data")}, {Field("raw_user_meta_data")} from {SqlText.Name(users)} {Row} where {Row}.id::text = {SqlText.Literal(userId)}", cancellationToken).ConfigureAwait(false);
            member = found.Rows.Count == 0 ? member : member with { Email = found.Rows[0]["email"], AppMetadata = found.Rows[0]["raw_app_meta_data"], UserMetadata = found.Rows[0]["raw_user_meta_data"] };
        }

        if (model.Membership is { } shape)
        {
            string role = shape.RoleColumn is { } column ? $"m.{SqlText.Name(column)}::text" : "null::text";
            RlsAnswer rows = await OneAsync(
                null,
                $"select m.{SqlText.Name(shape.TenantColumn)}::text as tenant, {role} as role, ({TenantSql.IsActive(shape)}) as active, {TenantSql.State(shape)} as state from {SqlText.Name(shape.Table)} m where m.{SqlText.Name(shape.UserColumn)}::text = {SqlText.Literal(userId)}",
                cancellationToken).ConfigureAwait(false);
            member = member with { Memberships = [.. rows.Rows.Select(row => new RlsMembership(row["tenant"] ?? string.Empty, row["role"], row["active"] == "true", row["state"]))] };
        }

        return member;
    }

    // A refusal before the actor's own statement is the connection's, not a policy's.
    private static RlsAnswer Became(RlsActor actor, RlsAnswer answer) => answer is { IsError: true, InSetup: true }
        ? throw new AfFaultException(FaultKind.Permission, FaultId.DatabasePermissionDenied, $"The connection's role may not become {actor.Role} (SQLSTATE {answer.State}).", $"Connect as a role that is a member of {actor.Role}, such as postgres on Supabase.", actor.Role)
        : answer;

    private async Task<RlsAnswer> OneAsync(RlsActor? actor, string sql, CancellationToken cancellationToken) => (await session.RunAsync(actor, [new(sql)], cancellationToken).ConfigureAwait(false))[0];

    private static IReadOnlyList<string> Texts(RlsAnswer answer) => [.. answer.Rows.Select(row => row["row"]).OfType<string>()];

    private static string Where(IReadOnlyDictionary<string, string> key) => string.Join(" and ", key.Select(pair => $"{Row}.{SqlText.Name(pair.Key)} = {SqlText.Literal(pair.Value)}"));

    // A set-returning function of the row type, so that a policy may also name the row as a whole.
    private static string Rows(RlsRelation table, IReadOnlyList<string> rows) => $"pg_catalog.unnest({SqlText.Array(rows, SqlText.Name(table))})";

    // The column itself is compared, so that its index serves.
    private static string Is(TenantRelation relation, string tenant) => relation.Path == TenantPath.Column
        ? $"{Row}.{SqlText.Name(relation.Column!.Name)} = {SqlText.Literal(tenant)}"
        : $"({TenantSql.Expression(relation, Row)})::text = {SqlText.Literal(tenant)}";
}
