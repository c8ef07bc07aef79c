using System.Diagnostics;
using System.Text;
using AgentFlow.Adapters.Postgres.Rls;
using AgentFlow.Benchmarks.Reporting;
using AgentFlow.Checks;
using AgentFlow.Rls;
using AgentFlow.Rls.Access;
using AgentFlow.Rls.Behaviour;
using AgentFlow.Rls.Principals;
using AgentFlow.Safety;
using AgentFlow.TestKit.Database;

namespace AgentFlow.Benchmarks.Rls;

/// <summary>
/// What proving isolation costs beside psql's count(*) of the same tables under the same policies as the same callers, in the same run and on the
/// same server; and what witnesses cost when the tables grow.
/// </summary>
internal static class RlsBenchmark
{
    private const string Data = "bench";

    /// <summary>The figures of one scale.</summary>
    public static async IAsyncEnumerable<BenchRow> RunAsync(RlsScale scale)
    {
        await using PostgresServer server = await PostgresServer.TryStartAsync() ?? throw new InvalidOperationException(PostgresServer.Reason);
        await server.ExecuteAsync("postgres", $"create database {Data}");
        await RlsData.MakeAsync(server, Data, scale);
        string size = $"{scale.Tables} tables x {scale.Tenants} tenants x {scale.Rows} rows";
        RlsDatabase database = new(() => Secret.FromChars(server.For(Data)));
        Reads reads = await Reads.PlanAsync(database);
        string script = await reads.ScriptAsync();
        try
        {
            double psql = double.MaxValue;
            double one = double.MaxValue;
            double two = double.MaxValue;
            for (int round = 0; round <= scale.Rounds; round++)
            {
                double limit = await TimeAsync(() => server.RunFileAsync(Data, script));
                double single = await TimeAsync(() => reads.RunAsync(1));
                double pair = await TimeAsync(() => reads.RunAsync(2));
                if (round > 0)
                {
                    (psql, one, two) = (Math.Min(psql, limit), Math.Min(one, single), Math.Min(two, pair));
                }
            }

            yield return BenchRow.AtMost($"rls exact, {size}, {reads.Callers} callers, one connection", one, "s", "psql count(*)", psql, 1.2);
            yield return BenchRow.AtMost($"rls exact, {size}, {reads.Callers} callers, two connections", two, "s", "psql count(*)", psql, 0.7);
        }
        finally
        {
            File.Delete(script);
        }

        // Long enough that a sample is a part of the table in both.
        RlsScale longer = scale with { Tables = Math.Max(2, scale.Tables / 5) };
        double small = await WitnessAsync(server, "shorter", longer);
        double large = await WitnessAsync(server, "longer", longer with { Rows = longer.Rows * 4 });
        yield return BenchRow.AtMost("rls witnesses, tables four times as long", large, "s", "the shorter tables", small, 1.5);

        foreach (BenchRow row in await PerRowAsync(server, database))
        {
            yield return row;
        }
    }

    // A helper for each row is priced before it runs: above the budget it is tried by witnesses, and said to be slow.
    private static async Task<IReadOnlyList<BenchRow>> PerRowAsync(PostgresServer server, RlsDatabase database)
    {
        const int Rows = 100_000;
        await RlsData.AddPerRowAsync(server, Data, Rows);
        RlsOptions options = Options(budget: 20_000_000);
        List<CheckResult> results = [];
        double seconds = await TimeAsync(async () => results.AddRange(await new RlsTest(database, options with { Tables = ["slow"], Layers = [RlsLayer.Behaviour] }).RunAsync(new(TimeProvider.System), CancellationToken.None).ToListAsync()));
        bool said = results.Any(result => result.CheckId == "AFR311" && result.Target == "public.slow" && result.Outcome == CheckOutcome.Warn);
        Reads reads = await Reads.PlanAsync(database);
        double exact = await TimeAsync(() => reads.OneAsync("slow"));
        return
        [
            BenchRow.AtMost($"rls per-row helper over {Rows} rows, whole run", seconds, "s", $"one caller's count(*), times {reads.Callers} callers,", exact * reads.Callers, 1),
            BenchRow.AtLeast("rls per-row helper reported", said ? 1 : 0, "finding", "expected", 1, 1),
        ];
    }

    private static async Task<double> WitnessAsync(PostgresServer server, string name, RlsScale scale)
    {
        await server.ExecuteAsync("postgres", $"create database {name}");
        await RlsData.MakeAsync(server, name, scale);
        RlsDatabase database = new(() => Secret.FromChars(server.For(name)));
        double best = double.MaxValue;
        for (int round = 0; round <= scale.Rounds; round++)
        {
            double seconds = await TimeAsync(async () => await (await Reads.PlanAsync(database, budget: 1)).RunAsync(1));
            best = round == 0 ? best : Math.Min(best, seconds);
        }

        return best;
    }

    private static RlsOptions Options(long budget) => new() { Guard = new() { ExpectedEnvironment = "test" }, RowBudget = budget };

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        long start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>The reading part of the behaviour layer, planned once.</summary>
    private sealed class Reads(RlsDatabase database, RlsWorld world, ReadPlan plan, IReadOnlyList<RlsPrincipal> principals, IReadOnlyDictionary<long, IReadOnlyList<WitnessRow>> witnesses)
    {
        public int Callers => principals.Count;

        public static async Task<Reads> PlanAsync(RlsDatabase database, long budget = 10_000_000_000)
        {
            RlsOptions options = Options(budget);
            await using IRlsSession session = await database.BeginAsync(writes: false, CancellationToken.None);
            RlsWorld world = await RlsWorld.ReadAsync(session, options, CancellationToken.None);
            (IReadOnlyList<RlsMember> members, RlsMember? outsider) = await new MemberReader(world.Scene).ReadAsync(session, CancellationToken.None);
            List<string> tenants = [.. members.SelectMany(member => member.Memberships).Select(membership => membership.Tenant).Distinct()];
            List<RlsPrincipal> principals = [.. new PrincipalFactory(world.Scene.Model, ClientInputs.Collect(world.Scene.Graph, world.Scene.Model.TenantNames), tenants, world.Scene.ApiRoles).Make(members, outsider).Where(principal => principal.Role == "authenticated")];
            ReadPlan plan = await ReadPlan.MakeAsync(session, world.Scene, options, principals, CancellationToken.None);
            Dictionary<long, IReadOnlyList<WitnessRow>> witnesses = [];
            foreach (ReadStep step in plan.Steps.Where(step => step.Mode == ReadMode.Witness))
            {
                witnesses[step.Relation.Relation.Oid] = await WitnessReader.ReadAsync(session, step, [.. tenants.Take(12)], [.. members.Select(member => member.UserId)], CancellationToken.None);
            }

            return new(database, world, plan, principals, witnesses);
        }

        public async Task RunAsync(int connections)
        {
            IEnumerable<Task> tasks = Enumerable.Range(0, connections).Select(async part =>
            {
                await using IRlsSession session = await database.BeginAsync(writes: false, CancellationToken.None);
                ReadRunner runner = new(world.Scene, plan, new(world.Scene.Model, []), [], witnesses);
                List<ReadObservation> seen = await runner.RunAsync(session, [.. principals.Where((_, index) => index % connections == part)], CancellationToken.None);
                if (seen.Count == 0 || seen.Exists(read => read.Error is not null || read.Foreign > 0))
                {
                    throw new InvalidOperationException("The benchmark's database leaks or cannot be read; its figures would mean nothing.");
                }
            });
            await Task.WhenAll(tasks);
        }

        /// <summary>One member's plain count of one table.</summary>
        public async Task OneAsync(string table)
        {
            await using IRlsSession session = await database.BeginAsync(writes: false, CancellationToken.None);
            await session.RunAsync(principals[0].Forged, [new($"select count(*) from public.{table}")], CancellationToken.None);
        }

        /// <summary>The same counts for psql, in a file.</summary>
        public async Task<string> ScriptAsync()
        {
            StringBuilder script = new("\\o /dev/null\n");
            foreach (RlsPrincipal principal in principals)
            {
                string claims = principal.Forged.Settings["request.jwt.claims"].Replace("'", "''", StringComparison.Ordinal);
                script.Append($"begin read only; select set_config('request.jwt.claims', '{claims}', true); set local role {principal.Role};\n");
                foreach (ReadStep step in plan.Steps)
                {
                    script.Append($"select count(*) from {step.Relation.FullName};\n");
                }

                script.Append("rollback;\n");
            }

            string file = Path.GetTempFileName();
            await File.WriteAllTextAsync(file, script.ToString());
            return file;
        }
    }
}
