using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentFlow.Adapters.Store;
using AgentFlow.Journal;

namespace AgentFlow.Benchmarks.Rotation;

/// <summary>
/// Kills the rotating process at every place that it has, for every unattended kind, while a provider also answers badly; resumes it as an
/// operator would, and compares the sandbox's truth with what the journal says.
/// </summary>
internal sealed class RotationCampaign(string sandboxProgram, int kills, string? plant = null)
{
    private const int Lanes = 3;
    private const int MostCommands = 25;
    private const int HoursAhead = 100;

    /// <summary>Runs until at least so many kills were made; prints a line for each finding.</summary>
    public async Task<CampaignTotals> RunAsync()
    {
        CampaignTotals totals = new();
        Lock gate = new();
        int next = -1;
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(async lane =>
        {
            await using CampaignSandbox sandbox = await CampaignSandbox.StartAsync(sandboxProgram);
            Dictionary<CampaignKind, int> places = [];
            while (true)
            {
                lock (gate)
                {
                    if (totals.Kills >= kills)
                    {
                        return;
                    }
                }

                int run = Interlocked.Increment(ref next);
                CampaignKind kind = CampaignKind.All[run % CampaignKind.All.Count];
                if (!places.TryGetValue(kind, out int most))
                {
                    (CampaignTotals clean, int counted) = await RunOnceAsync(sandbox, kind, new([], Plant: plant));
                    places[kind] = most = counted;
                    Add(clean);
                }

                int turn = run / CampaignKind.All.Count;
                int rounds = Math.Max(1, kills / CampaignKind.All.Count);
                int place = 1 + (int)((long)turn * most / rounds + run % 3) % most;
                (CampaignTotals one, _) = await RunOnceAsync(sandbox, kind, CampaignPlan.Of(run, place, kind) with { Plant = plant });
                Add(one);
            }

            void Add(CampaignTotals one)
            {
                lock (gate)
                {
                    totals = totals.Plus(one);
                }
            }
        }));
        return totals;
    }

    /// <summary>One rotation from its beginning to its end, through a death and a bad answer, and what the audit then counts; also how many places it has.</summary>
    public static async Task<(CampaignTotals Totals, int Places)> RunOnceAsync(CampaignSandbox sandbox, CampaignKind kind, CampaignPlan plan)
    {
        await sandbox.ResetAsync();
        if (plan.Trouble is { } trouble)
        {
            await sandbox.Host.AddFaultAsync(trouble);
        }

        JsonNode before = await sandbox.TruthAsync();
        string oldValue = Value(before["serving"]!, kind.Variable)!;
        HashSet<string> secrets = [oldValue];
        HashSet<string> old = [.. kind.Mine(before).Select(Id)];
        CampaignTotals totals = new() { Runs = 1 };
        StringBuilder output = new();
        string command = "start";
        JsonNode? answer = null;
        int passed = 0;
        bool deployed = false;
        bool hasty = plan.Hasty && kind.HasProvider;
        int early = 0;
        int lost = 0;
        int killed = 0;
        int completions = 0;
        for (int commands = 0; commands < MostCommands; commands++)
        {
            bool gated = command != "complete" || hasty;
            int dieAt = killed >= plan.DieAt.Count ? 0 : killed > 0 ? plan.DieAt[killed] : Math.Max(0, plan.DieAt[0] - passed);
            HostRun run = await HostRun.StartAsync(sandbox.ConfigPath, kind.Credential, command, dieAt, gated ? 0 : HoursAhead * ++completions, plan.Plant);
            output.Append(run.Output);
            killed += run.Answer is null ? 1 : 0;
            passed += run.Answer?["places"]?.GetValue<int>() ?? 0;
            JsonNode truth = await sandbox.TruthAsync();
            secrets.UnionWith(kind.Mine(truth).Select(one => one["value"]!.GetValue<string>()).Append(Value(truth["serving"]!, kind.Variable)!));
            lost += await kind.WorksAsync(Value(truth["serving"]!, kind.Variable), truth) ? 0 : 1;
            early += gated && kind.HasProvider && !await kind.WorksAsync(oldValue, truth) ? 1 : 0;
            answer = run.Answer ?? answer;
            string? state = run.Answer?["state"]?.GetValue<string>();
            if (state == "Closed" || (state == "Held" && run.Answer!["hold"]!.GetValue<string>() is not "ProviderUnavailable"))
            {
                break;
            }

            string? fault = run.Answer?["fault"]?.GetValue<string>();
            bool draining = state is "Draining" or "Quiesced" or "Revoked" || run.Answer?["resumeState"]?.GetValue<string>() is "Draining" or "Quiesced" or "Revoked";
            if (draining && hasty)
            {
                hasty = command != "complete";
            }

            if (draining && !hasty && !deployed)
            {
                await sandbox.Host.ClearFaultsAsync();
                await sandbox.DeployAsync();
                deployed = true;
            }

            command = fault == "AfRotationNotFound" ? "start" : draining || (command == "complete" && run.Answer is null) ? "complete" : fault is not null && command == "start" ? "start" : "resume";
        }

        totals = totals with { Kills = killed, LostValues = lost, EarlyRevocations = early };
        return (await AuditAsync(sandbox, kind, (oldValue, old), secrets, answer, output.ToString(), plan, totals), passed);
    }

    private static async Task<CampaignTotals> AuditAsync(
        CampaignSandbox sandbox, CampaignKind kind, (string Value, HashSet<string> Ids) old, HashSet<string> secrets, JsonNode? answer, string output, CampaignPlan plan, CampaignTotals totals)
    {
        JsonNode truth = await sandbox.TruthAsync();
        string state = answer?["state"]?.GetValue<string>() ?? "none";
        string reason = answer?["reason"]?.GetValue<string>() ?? string.Empty;
        string? newId = answer?["newId"]?.GetValue<string>();
        bool closed = state == "Closed";
        bool held = state == "Held" && reason.Length > 10;
        List<string> alive = [.. kind.Mine(truth).Where(one => one["works"]!.GetValue<bool>()).Select(Id)];
        List<string> strays = [.. alive.Where(id => id != newId && (closed || !old.Ids.Contains(id)) && !reason.Contains(id, StringComparison.Ordinal))];
        string? lane = truth["variables"]!.AsArray().FirstOrDefault(one => one!["key"]!.GetValue<string>() == kind.Variable && one["production"]!.GetValue<bool>())?["value"]?.GetValue<string>();
        int lost = closed && !await kind.WorksAsync(lane, truth) ? 1 : 0;
        int breaks = await ChainBreaksAsync(sandbox, kind);
        int leaks = Leaks(sandbox.JournalFolder, output, secrets);
        CampaignTotals after = totals with
        {
            Closed = closed ? 1 : 0,
            Held = held ? 1 : 0,
            Stuck = closed || held ? 0 : 1,
            LostValues = totals.LostValues + lost,
            UnlistedOrphans = strays.Count + (closed && kind.HasProvider && await kind.WorksAsync(old.Value, truth) ? 1 : 0),
            DoubleMints = alive.Count(id => !old.Ids.Contains(id)) > (closed ? 1 : 1 + alive.Count(id => reason.Contains(id, StringComparison.Ordinal))) ? 1 : 0,
            ChainBreaks = breaks,
            Leaks = leaks,
        };
        if (!closed || after.LostValues + after.EarlyRevocations + after.UnlistedOrphans + after.DoubleMints + breaks + leaks > 0)
        {
            Console.WriteLine($"{kind.Credential} {plan}: {state} {reason} | {JsonSerializer.Serialize(after)}");
        }

        return after;
    }

    private static async Task<int> ChainBreaksAsync(CampaignSandbox sandbox, CampaignKind kind)
    {
        await using AdoJournalStore journal = AdoJournalStore.OnSqlite(Path.Combine(sandbox.JournalFolder, "journal.db"), "audit", TimeProvider.System);
        JournalVerification verified = await JournalVerifier.VerifyAsync(journal, "rotation/" + kind.Credential, [], CancellationToken.None);
        return verified.Valid ? 0 : 1;
    }

    private static int Leaks(string folder, string output, HashSet<string> secrets)
    {
        List<byte[]> files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(File.ReadAllBytes), Encoding.UTF8.GetBytes(output)];
        return secrets.Sum(secret => Needles(secret).Count(needle => files.Exists(file => file.AsSpan().IndexOf(needle) >= 0)));
    }

    // A connection string counts by its password.
    private static IEnumerable<byte[]> Needles(string secret)
    {
        yield return Encoding.UTF8.GetBytes(secret);
        yield return Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)));
        yield return Encoding.UTF8.GetBytes(Uri.EscapeDataString(secret) is var escaped && escaped != secret ? escaped : secret);
        if (Uri.TryCreate(secret, UriKind.Absolute, out Uri? url) && url.UserInfo.Split(':') is [_, { Length: > 8 } password])
        {
            yield return Encoding.UTF8.GetBytes(password);
        }
    }

    private static string Id(JsonNode one) => one["id"]!.GetValue<string>();

    private static string? Value(JsonNode environment, string name) => environment[name]?.GetValue<string>();
}
