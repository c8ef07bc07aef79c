using AgentFlow.Adapters.Postgres.Rls;
using AgentFlow.Adapters.Tests.Rls.Transfers;
using AgentFlow.Rls;
using AgentFlow.Rls.Access;
using AgentFlow.Rls.Catalog;
using AgentFlow.Rls.Principals;
using AgentFlow.Rls.Tenancy;
using AgentFlow.Rls.Text;
using AgentFlow.Rls.Tracing;
using AgentFlow.Safety;
using AgentFlow.TestKit.Database;

namespace AgentFlow.Adapters.Tests.Rls.Trace;

/// <summary>The verdicts of traces against what PostgreSQL does when the request is really made: every kind of caller, every table, rows of several tenants.</summary>
[Collection("RLS: roles are the cluster's")]
public sealed class AgreementTests(CorpusServer corpus, ITestOutputHelper output)
{
    private static readonly RlsOperation[] s_operations = [RlsOperation.Select, RlsOperation.Update, RlsOperation.Delete];

    public static TheoryData<string> Databases() => ["corpus", .. TransferShapes.All.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_verdict_is_what_really_happens(string name)
    {
        PostgresServer server = await corpus.RequireAsync();
        string database = await corpus.CopyAsync();
        if (name != "corpus")
        {
            database = await server.CopyAsync("template0", Stop);
            await server.ExecuteAsync(database, new TransferSchema(TransferShapes.Named(name)).Write(), Stop);
        }

        RlsDatabase target = new(() => Secret.FromChars(server.For(database)));
        await using IRlsSession reading = await target.BeginAsync(writes: false, Stop);
        await using IRlsSession writing = await target.BeginAsync(writes: true, Stop);
        RlsScene scene = (await RlsWorld.ReadAsync(reading, new(), Stop)).Scene;
        RowReader reader = new(reading);
        RlsTraceRequestBuilder builder = new(scene, reader);
        (IReadOnlyList<RlsMember> members, RlsMember? outsider) = await new MemberReader(scene).ReadAsync(reading, Stop);
        List<string?> users = [.. members.Select(member => member.UserId), outsider?.UserId, null];
        List<string> wrong = [];
        int allowed = 0;
        int denied = 0;
        foreach (string? user in users.Distinct())
        {
            (RlsMember? member, RlsActor actor) = await builder.CallerAsync(user, null, null, Stop);
            foreach (TenantRelation relation in scene.Model.Relations.Where(relation => relation.Relation.IsTable && relation.Key.Count > 0 && relation.Relation.Schema is not ("auth" or "storage")))
            {
                RlsRelation table = relation.Relation;
                string keys = string.Join(", ", relation.Key.Select(column => $"x.{SqlText.Name(column.Name)}::text as {SqlText.Name(column.Name)}"));
                RlsAnswer rows = (await reading.RunAsync(null, [new($"select distinct on (t) {keys}, ({TenantSql.Expression(relation)})::text as t from {SqlText.Name(table)} x")], Stop))[0];
                foreach (IReadOnlyDictionary<string, string?> row in rows.Rows.Take(2))
                {
                    Dictionary<string, string> key = relation.Key.ToDictionary(column => column.Name, column => row[column.Name]!);
                    foreach (RlsOperation operation in s_operations)
                    {
                        RlsColumn written = table.Columns.FirstOrDefault(column => column.Update.Contains(actor.Role)) ?? table.Columns[0];
                        RlsTraceRequest request = new() { Table = table, Operation = operation, Role = actor.Role, Member = member, Actor = actor, Key = key, Columns = operation == RlsOperation.Update ? [written.Name] : [.. key.Keys] };
                        RlsDecisionStep verdict = await new RlsTracer(scene.Graph, scene.Model, reader).TraceAsync(request, Stop).LastAsync(Stop);
                        RlsAnswer happened = (await writing.RunAsync(actor, [await ReallyAsync(reading, operation, table, written, key)], Stop))[0];
                        bool real = operation == RlsOperation.Select ? happened.Rows.Count > 0 : happened.Affected > 0 || happened.State?.StartsWith("23", StringComparison.Ordinal) == true;
                        allowed += real ? 1 : 0;
                        denied += real ? 0 : 1;
                        if (real != verdict.Outcome is RlsStepOutcome.Pass or RlsStepOutcome.Warn || verdict.Outcome == RlsStepOutcome.Unknown)
                        {
                            wrong.Add($"{operation} {table.FullName} {string.Join('|', key.Values)} as {request.Caller}: {verdict.Outcome} {verdict.Reason}; really {(happened.IsError ? $"{happened.State} {happened.Message}" : $"{happened.Rows.Count}/{happened.Affected}")}");
                        }
                    }
                }
            }
        }

        output.WriteLine($"{name}: {allowed} allowed, {denied} denied");
        Assert.True(wrong.Count == 0, string.Join("\n", wrong.Take(20)));
        Assert.True(allowed > 0 && denied > 0);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<RlsProbe> ReallyAsync(IRlsSession reading, RlsOperation operation, RlsRelation table, RlsColumn written, Dictionary<string, string> key)
    {
        string name = SqlText.Name(table);
        string where = string.Join(" and ", key.Select(pair => $"{SqlText.Name(pair.Key)} = {SqlText.Literal(pair.Value)}"));
        string? value = (await reading.RunAsync(null, [new($"select {SqlText.Name(written.Name)}::text as v from {name} where {where}")], Stop))[0].Value;
        return operation switch
        {
            RlsOperation.Select => new($"select {string.Join(", ", key.Keys.Select(SqlText.Name))} from {name} where {where}"),
            RlsOperation.Update => RlsProbe.Statement($"update {name} set {SqlText.Name(written.Name)} = {SqlText.Literal(value)} where {where}"),
            _ => RlsProbe.Statement($"delete from {name} where {where}"),
        };
    }
}
