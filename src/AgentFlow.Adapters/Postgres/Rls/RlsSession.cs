using System.Globalization;
using System.Text.Json;
using AgentFlow.Adapters.Store;
using AgentFlow.Rls.Access;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Principals;
using Npgsql;

namespace AgentFlow.Adapters.Postgres.Rls;

/// <summary>One transaction on one connection. Every statement sits in it, so a transaction pooler may stand in between; there is no commit in this class.</summary>
internal sealed class RlsSession(PostgresConnections connections, NpgsqlConnection connection, TimeSpan timeout) : IRlsSession
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    // A cursor, a filter and the answer of a probe stay far below; this bounds what one round trip holds in memory.
    private const int MostProbesAtOnce = 250;

    private bool _writes;

    /// <summary>Opens the transaction.</summary>
    public Task BeginAsync(bool writes, CancellationToken cancellationToken)
    {
        _writes = writes;
        string milliseconds = ((long)timeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        string begin = writes ? "begin read write" : "begin isolation level repeatable read read only";
        string limits = $"set local statement_timeout = {milliseconds}; set local lock_timeout = '1s'; set local idle_in_transaction_session_timeout = '10min'; set local row_security = on; set local client_min_messages = error";
        return connections.RunAsync("opening a transaction", async () => await ExecuteAsync(begin + "; " + limits, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<RlsFacts> FactsAsync(IReadOnlyList<string> apiRoles, CancellationToken cancellationToken) => connections.RunAsync(
        "reading what the database says about itself",
        async () =>
        {
            RlsFacts facts = await ReadAsync<RlsFacts>("facts.sql", apiRoles, cancellationToken);
            List<RlsProbe> extra = [new("select system_identifier::text as id from pg_catalog.pg_control_system()")];
            if (facts.MarkerExists)
            {
                extra.Add(new("select e.name, e.rls_probe_allowed as allowed from agentflow_meta.environment e"));
            }

            IReadOnlyList<RlsAnswer> answers = await RunProbesAsync(null, extra, cancellationToken);
            return facts with
            {
                SystemIdentifier = answers[0].Value,
                Markers = facts.MarkerExists && !answers[1].IsError ? [.. answers[1].Rows.Select(row => new RlsMarker(row["name"] ?? string.Empty, row["allowed"] == "true"))] : null,
            };
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<RlsCatalog> CatalogAsync(IReadOnlyList<string> apiRoles, CancellationToken cancellationToken) => connections.RunAsync(
        "reading the catalog",
        async () =>
        {
            IReadOnlyList<RlsRole> roles = await ReadAsync<IReadOnlyList<RlsRole>>("roles.sql", null, cancellationToken);
            IReadOnlyList<RlsPolicy> policies = await ReadAsync<IReadOnlyList<RlsPolicy>>("policies.sql", null, cancellationToken);
            IReadOnlyList<string> api = ApiRoleDiscovery.Find(roles, policies, apiRoles);
            CatalogAccess access = await ReadAsync<CatalogAccess>("access.sql", api, cancellationToken);
            return new RlsCatalog
            {
                ApiRoles = api,
                Roles = roles,
                Policies = policies,
                Schemas = access.Schemas,
                Defaults = access.Defaults,
                Sequences = access.Sequences,
                Publications = access.Publications,
                Relations = await ReadAsync<IReadOnlyList<RlsRelation>>("relations.sql", api, cancellationToken),
                Routines = await ReadAsync<IReadOnlyList<RlsRoutine>>("routines.sql", api, cancellationToken),
                Constraints = await ReadAsync<IReadOnlyList<RlsConstraint>>("constraints.sql", null, cancellationToken),
                Indexes = await ReadAsync<IReadOnlyList<RlsIndex>>("indexes.sql", null, cancellationToken),
                Triggers = await ReadAsync<IReadOnlyList<RlsTrigger>>("triggers.sql", null, cancellationToken),
            };
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RlsAnswer>> RunAsync(RlsActor? actor, IReadOnlyList<RlsProbe> probes, CancellationToken cancellationToken) =>
        connections.RunAsync("probing", () => RunProbesAsync(actor, probes, cancellationToken), cancellationToken);

    /// <summary>Rolls back and closes; a broken connection has rolled back already.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (connection.State == System.Data.ConnectionState.Open)
            {
                await ExecuteAsync("rollback", CancellationToken.None);
            }
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException or IOException)
        {
            // Closing ends the transaction as well; there is nothing that could commit it.
        }
        finally
        {
            await connection.DisposeAsync();
        }
    }

    private async Task<IReadOnlyList<RlsAnswer>> RunProbesAsync(RlsActor? actor, IReadOnlyList<RlsProbe> probes, CancellationToken cancellationToken)
    {
        List<RlsAnswer> answers = new(probes.Count);
        foreach (RlsProbe[] chunk in probes.Chunk(MostProbesAtOnce))
        {
            string plan = JsonSerializer.Serialize(new
            {
                role = actor?.Role,
                settings = actor?.Settings ?? new Dictionary<string, string>(),
                probes = chunk.Select(probe => new { sql = probe.Sql, query = probe.IsQuery && !probe.IsPlan, plan = probe.IsPlan, before = probe.Before, after = probe.After }),
            });
            await using NpgsqlBatch batch = new(connection) { Timeout = CommandSeconds };
            batch.BatchCommands.Add(new("select pg_catalog.set_config('agentflow.plan', $1, true)") { Parameters = { new() { Value = plan } } });
            batch.BatchCommands.Add(new(EmbeddedSql.Read("probe.sql")));
            batch.BatchCommands.Add(new("select pg_catalog.current_setting('agentflow.answers')"));
            await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken);
            await reader.NextResultAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            using JsonDocument found = JsonDocument.Parse(reader.GetString(0));
            answers.AddRange(found.RootElement.EnumerateArray().Select(Answer));
        }

        // A write may meet the lock of somebody's row, which says nothing; a read that meets a lock has not looked, and an empty answer must not pass for one.
        if (!_writes && answers.Select(answer => PostgresFaults.Busy(answer.State, "probing", connections.Address)).FirstOrDefault(fault => fault is not null) is { } busy)
        {
            throw busy;
        }

        return answers;
    }

    private int CommandSeconds => (int)timeout.TotalSeconds + 5;

    private static RlsAnswer Answer(JsonElement answer) => answer.TryGetProperty("state", out JsonElement state)
        ? new()
        {
            State = state.GetString(),
            Message = answer.GetProperty("message").GetString(),
            Column = answer.GetProperty("column").GetString() ?? string.Empty,
            InSetup = answer.GetProperty("setup").GetBoolean(),
        }
        : new()
        {
            Rows = answer.TryGetProperty("rows", out JsonElement rows) ? RlsAnswer.ReadRows(rows) : [],
            After = answer.TryGetProperty("after", out JsonElement after) ? RlsAnswer.ReadRows(after) : [],
            Affected = answer.TryGetProperty("affected", out JsonElement affected) ? affected.GetInt64() : 0,
        };

    private async Task<T> ReadAsync<T>(string file, IReadOnlyList<string>? apiRoles, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(EmbeddedSql.Read(file), connection) { CommandTimeout = CommandSeconds };
        if (apiRoles is not null)
        {
            command.Parameters.Add(new() { Value = apiRoles.ToArray() });
        }

        string text = (string)(await command.ExecuteScalarAsync(cancellationToken))!;
        return JsonSerializer.Deserialize<T>(text, s_json)!;
    }

    private async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(sql, connection) { CommandTimeout = CommandSeconds };
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed record CatalogAccess
    {
        public required IReadOnlyList<RlsSchema> Schemas { get; init; }

        public required IReadOnlyList<RlsDefaultPrivilege> Defaults { get; init; }

        public required IReadOnlyList<RlsSequence> Sequences { get; init; }

        public required IReadOnlyList<RlsPublication> Publications { get; init; }
    }
}
