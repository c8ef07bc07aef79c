using System.Text.Json;
using System.Text.Json.Nodes;
using AgentFlow.Adapters.Store;
using AgentFlow.Faults;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Fixtures;
using AgentFlow.Rls.Text;
using Npgsql;

namespace AgentFlow.Adapters.Postgres.Rls;

/// <summary>
/// One REPEATABLE READ transaction. In it, visible rows whose xmin is not older than its own id are those that it has written itself, in whatever
/// savepoint and by whatever trigger; of these, rows that another transaction knew before were changed and not made.
/// </summary>
internal sealed class FixtureTransaction(PostgresConnections connections, NpgsqlConnection connection) : IFixtureTransaction
{
    private const int MostSweeps = 4;
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    private NpgsqlTransaction? _transaction;

    /// <summary>Opens it; the first statement takes both the id and the snapshot.</summary>
    public Task BeginAsync(CancellationToken cancellationToken) => RunAsync(
        "opening a transaction",
        async () =>
        {
            _transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
            return await ExecuteAsync("set local lock_timeout = '5s'; set local statement_timeout = '60s'; set local client_min_messages = error; select pg_catalog.pg_current_xact_id()", cancellationToken);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<TenantFixture?> FindAsync(string name, CancellationToken cancellationToken) => RunAsync<TenantFixture?>(
        "looking for a fixture",
        async () =>
        {
            if (await ScalarAsync("select pg_catalog.to_regclass('agentflow_meta.tenant_fixture') is not null", cancellationToken) is not true)
            {
                return null;
            }

            await using NpgsqlCommand command = Command(EmbeddedSql.Read("fixture-find.sql"), name);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            return await reader.ReadAsync(cancellationToken)
                ? new TenantFixture
                {
                    Name = name,
                    State = FixtureState.Present,
                    Database = connections.Address.ToString(),
                    Tenants = JsonSerializer.Deserialize<IReadOnlyList<FixtureTenant>>(reader.GetString(0), s_json)!,
                    Users = JsonSerializer.Deserialize<IReadOnlyList<FixtureUser>>(reader.GetString(1), s_json)!,
                    Tables = await reader.IsDBNullAsync(2, cancellationToken) ? [] : [.. JsonSerializer.Deserialize<IReadOnlyDictionary<string, int>>(reader.GetString(2), s_json)!.Select(pair => new FixtureTable(pair.Key, pair.Value)).OrderBy(table => table.Name, StringComparer.Ordinal)],
                }
                : null;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<FixtureInsert> InsertAsync(RlsRelation table, JsonObject values, CancellationToken cancellationToken) => RunAsync(
        $"inserting into {table.FullName}",
        async () =>
        {
            string columns = string.Join(", ", values.Select(pair => SqlText.Name(pair.Key)));
            string name = SqlText.Name(table);
            string sql = values.Count == 0
                ? $"insert into {name} as af_row default values returning pg_catalog.to_jsonb(af_row)::text"
                : $"insert into {name} as af_row ({columns}) overriding system value select {columns} from pg_catalog.jsonb_populate_record(null::{name}, $1::jsonb) returning pg_catalog.to_jsonb(af_row)::text";
            await ExecuteAsync("savepoint af_row", cancellationToken);
            try
            {
                await using NpgsqlCommand command = values.Count == 0 ? Command(sql) : Command(sql, values.ToJsonString());
                string? row = (string?)await command.ExecuteScalarAsync(cancellationToken);
                await ExecuteAsync("release savepoint af_row", cancellationToken);

                // A BEFORE trigger may have swallowed the row.
                return row is null ? new FixtureInsert(null, "02000", null, null, null) : new((JsonObject)JsonNode.Parse(row)!, null, null, null, null);
            }
            catch (PostgresException refused) when (IsRefusal(refused.SqlState))
            {
                await ExecuteAsync("rollback to savepoint af_row", cancellationToken);
                return new(null, refused.SqlState, refused.ConstraintName, refused.ColumnName, refused.DataTypeName);
            }
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<JsonObject?> PickAsync(RlsRelation table, CancellationToken cancellationToken) => RunAsync(
        $"reading {table.FullName}",
        async () => await ScalarAsync($"select pg_catalog.to_jsonb(af_row)::text from {SqlText.Name(table)} af_row limit 1", cancellationToken) is string row ? (JsonObject)JsonNode.Parse(row)! : null,
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<FixtureTable>> RegisterAsync(TenantFixture fixture, RlsGraph graph, CancellationToken cancellationToken) => RunAsync<IReadOnlyList<FixtureTable>>(
        "registering the fixture",
        async () =>
        {
            await ExecuteAsync(EmbeddedSql.Read("fixture-registry.sql"), cancellationToken);
            await using (NpgsqlCommand command = Command("insert into agentflow_meta.tenant_fixture (name, tenants, users) values ($1, $2::jsonb, $3::jsonb)", fixture.Name, JsonSerializer.Serialize(fixture.Tenants, s_json), JsonSerializer.Serialize(fixture.Users, s_json)))
            {
                await command.ExecuteNonQueryAsync(cancellationToken);
            }

            List<FixtureTable> counts = [];
            foreach ((RlsRelation table, IReadOnlyList<string> keys) in await MadeAsync(graph, cancellationToken))
            {
                await using NpgsqlCommand command = Command("insert into agentflow_meta.tenant_fixture_row (fixture, relation, key) select $1, $2, k::jsonb from pg_catalog.unnest($3::text[]) k", fixture.Name, table.FullName, keys.ToArray());
                counts.Add(new(table.FullName, await command.ExecuteNonQueryAsync(cancellationToken)));
            }

            return [.. counts.OrderBy(table => table.Name, StringComparer.Ordinal)];
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<FixtureTable>> DependentsAsync(string name, RlsGraph graph, IReadOnlyList<(RlsRelation Table, RlsColumn Column)> tenantColumns, CancellationToken cancellationToken) => RunAsync<IReadOnlyList<FixtureTable>>(
        "looking for rows that hang on the fixture",
        async () =>
        {
            IReadOnlyDictionary<string, int> registered = await CountsAsync(name, cancellationToken);
            List<(RlsRelation Source, string Condition)> questions = [];
            foreach (RlsConstraint key in graph.Catalog.Constraints.Where(key => key is { Kind: "f", Inherited: false }))
            {
                if (graph.Relation(key.Relation) is { } source && key.Target is { } oid && graph.Relation(oid) is { } target && Leaves(graph, target).Any(leaf => registered.ContainsKey(leaf.FullName)))
                {
                    string link = string.Join(" and ", key.Columns.Zip(key.TargetColumns, (own, other) => $"s.{SqlText.Name(source.Column(own)!.Name)} = t.{SqlText.Name(target.Column(other)!.Name)}"));
                    questions.Add((source, $"exists (select 1 from {SqlText.Name(target)} t where {link} and {IsRegistered(graph, target, "t")})"));
                }
            }

            TenantFixture fixture = (await FindAsync(name, cancellationToken))!;
            questions.AddRange(tenantColumns.Where(pair => !(pair.Table.Parent is { } parent && graph.Relation(parent)?.Kind == "p"))
                .Select(pair => (pair.Table, $"s.{SqlText.Name(pair.Column.Name)}::text = any({SqlText.Array(fixture.Tenants.Select(tenant => tenant.Id), "text")})")));
            List<FixtureTable> found = [];
            foreach (IGrouping<RlsRelation, string> group in questions.GroupBy(question => question.Source, question => question.Condition))
            {
                string sql = $"select pg_catalog.count(*) from {SqlText.Name(group.Key)} s where ({string.Join(" or ", group)}) and not {IsRegistered(graph, group.Key, "s")}";
                await using NpgsqlCommand command = Command(sql, name);
                if ((long)(await command.ExecuteScalarAsync(cancellationToken))! is > 0 and long count)
                {
                    found.Add(new(group.Key.FullName, (int)count));
                }
            }

            return found;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<FixtureTable>> DeleteAsync(string name, RlsGraph graph, CancellationToken cancellationToken) => RunAsync<IReadOnlyList<FixtureTable>>(
        "removing the fixture",
        async () =>
        {
            IReadOnlyDictionary<string, int> registered = await CountsAsync(name, cancellationToken);
            List<RlsRelation> tables = [.. graph.Catalog.Relations.Where(relation => registered.ContainsKey(relation.FullName))];
            foreach (RlsRelation table in FixtureOrder.SourcesFirst(graph, tables))
            {
                await using NpgsqlCommand command = Command($"delete from only {SqlText.Name(table)} s where {IsRegistered(graph, table, "s")}", name);
                await command.ExecuteNonQueryAsync(cancellationToken);
            }

            await SweepAsync(graph, cancellationToken);
            await using (NpgsqlCommand command = Command("delete from agentflow_meta.tenant_fixture where name = $1", name))
            {
                await command.ExecuteNonQueryAsync(cancellationToken);
            }

            await ExecuteAsync(EmbeddedSql.Read("fixture-close.sql"), cancellationToken);
            return [.. registered.Select(pair => new FixtureTable(pair.Key, pair.Value)).OrderBy(table => table.Name, StringComparer.Ordinal)];
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task CommitAsync(CancellationToken cancellationToken) => RunAsync(
        "committing",
        async () =>
        {
            await _transaction!.CommitAsync(cancellationToken);
            return true;
        },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_transaction is not null)
        {
            await _transaction.DisposeAsync();
        }

        await connection.DisposeAsync();
    }

    // What triggers of the deletion have made: audit rows of the fixture's own tenants.
    private async Task SweepAsync(RlsGraph graph, CancellationToken cancellationToken)
    {
        for (int sweep = 0; sweep < MostSweeps; sweep++)
        {
            IReadOnlyList<(RlsRelation Table, IReadOnlyList<string> Keys)> made = await MadeAsync(graph, cancellationToken);
            if (made.Count == 0)
            {
                return;
            }

            foreach ((RlsRelation table, IReadOnlyList<string> keys) in made)
            {
                await using NpgsqlCommand command = Command($"delete from only {SqlText.Name(table)} s where {Key(graph, table, "s")} = any(select k::jsonb from pg_catalog.unnest($1::text[]) k)", (object)keys.ToArray());
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }

        throw new AfFaultException(FaultKind.InvalidState, FaultId.RlsFixtureFailed, "Triggers make new rows whenever the fixture's rows are deleted, so it cannot be removed without a trace.", "Remove the tenants as the application does, or disable those triggers in the test database.");
    }

    private async Task<IReadOnlyList<(RlsRelation Table, IReadOnlyList<string> Keys)>> MadeAsync(RlsGraph graph, CancellationToken cancellationToken)
    {
        List<long> touched = await ListAsync<long>(EmbeddedSql.Read("fixture-touched.sql"), cancellationToken);
        List<(RlsRelation, IReadOnlyList<string>)> made = [];
        await using NpgsqlConnection other = await connections.OpenAsync(cancellationToken);
        foreach (RlsRelation table in touched.Select(graph.Relation).OfType<RlsRelation>())
        {
            bool keyed = graph.PrimaryKey(table) is not null;
            string key = keyed ? Key(graph, table, "s") : "'{}'::jsonb";
            List<string> keys = await ListAsync<string>($"select {key}::text from only {SqlText.Name(table)} s where pg_catalog.age(s.xmin) <= pg_catalog.age(pg_catalog.pg_current_xact_id()::xid)", cancellationToken);
            if (keys.Count > 0 && !keyed)
            {
                throw new AfFaultException(FaultKind.InvalidState, FaultId.RlsFixtureFailed, $"A trigger wrote into {table.FullName}, which has no primary key, so its rows could not be removed exactly.", "Give the table a primary key.", table.FullName);
            }

            if (keys.Count > 0)
            {
                await using NpgsqlCommand command = new($"select {key}::text from only {SqlText.Name(table)} s where {key} = any(select k::jsonb from pg_catalog.unnest($1::text[]) k)", other) { Parameters = { new() { Value = keys.ToArray() } } };
                HashSet<string> before = [];
                await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken))
                {
                    before.Add(reader.GetString(0));
                }

                List<string> mine = [.. keys.Where(one => !before.Contains(one))];
                if (mine.Count > 0)
                {
                    made.Add((table, mine));
                }
            }
        }

        return made;
    }

    private async Task<IReadOnlyDictionary<string, int>> CountsAsync(string name, CancellationToken cancellationToken) =>
        (await FindAsync(name, cancellationToken))?.Tables.ToDictionary(table => table.Name, table => table.Rows, StringComparer.Ordinal) ?? [];

    private static string Key(RlsGraph graph, RlsRelation table, string alias) =>
        $"pg_catalog.jsonb_build_object({string.Join(", ", graph.PrimaryKey(table)!.Columns.Select(table.Column).OfType<RlsColumn>().Select(column => $"{SqlText.Literal(column.Name)}, {alias}.{SqlText.Name(column.Name)}"))})";

    private static string IsRegistered(RlsGraph graph, RlsRelation table, string alias) => graph.PrimaryKey(table) is null
        ? "false"
        : $"{Key(graph, table, alias)} = any(select r.key from agentflow_meta.tenant_fixture_row r where r.fixture = $1 and r.relation = any({SqlText.Array(Leaves(graph, table).Select(leaf => leaf.FullName), "text")}))";

    // Rows of a partitioned table are registered under the partition that holds them.
    private static IEnumerable<RlsRelation> Leaves(RlsGraph graph, RlsRelation table) => graph.Catalog.Relations.Where(child => child.Parent == table.Oid).SelectMany(child => Leaves(graph, child)).Prepend(table);

    private static bool IsRefusal(string state) => state.StartsWith("22", StringComparison.Ordinal) || state.StartsWith("23", StringComparison.Ordinal) || state is "42501" or "P0001" or "42804" or "42883" or "428C9";

    private Task<T> RunAsync<T>(string doing, Func<Task<T>> work, CancellationToken cancellationToken) => connections.RunAsync(doing, work, cancellationToken);

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        NpgsqlCommand command = new(sql, connection, _transaction);
        foreach (object value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }

    private async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = Command(sql);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<object?> ScalarAsync(string sql, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = Command(sql);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    private async Task<List<T>> ListAsync<T>(string sql, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = Command(sql);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        List<T> values = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            values.Add(await reader.GetFieldValueAsync<T>(0, cancellationToken));
        }

        return values;
    }
}
