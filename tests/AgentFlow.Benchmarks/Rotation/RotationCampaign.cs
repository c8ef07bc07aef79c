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
internal sealed class RotationCampaign(string sandboxProgram, int kills)
{
    private const int Lanes = 3;
    private const int MostCommands = 25;
    private const int HoursAhead = 100;

    private static readonly string[] s_methods = ["POST", "PATCH", "PUT", "DELETE"];

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
                    (CampaignTotals clean, int counted) = await OneAsync(sandbox, kind, 0, null);
                    places[kind] = most = counted;
                    Add(clean);
                }

                int turn = run / CampaignKind.All.Count;
                int rounds = Math.Max(1, kills / CampaignKind.All.Count);
                int place = 1 + (int)((long)turn * most / rounds + run % 3) % most;
                (CampaignTotals one, _) = await OneAsync(sandbox, kind, place, Trouble(run, kind));
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

    /// <summary>Every second run meets one bad answer as well: too many, broken, slow, or lost after the provider had acted.</summary>
    private static JsonObject? Trouble(int run, CampaignKind kind)
    {
        string kindOf = ((run / 6) % 8) switch { 1 => "429", 3 => "503", 5 => "lost", 7 => "slow", _ => string.Empty };
        string method = s_methods[(run / 3) % s_methods.Length];
        JsonObject rule = new() { ["match"] = new JsonObject { ["provider"] = run % 2 == 0 ? "vercel" : kind.Provider, ["method"] = method }, ["times"] = 1 };
        (rule["kind"], rule["status"], rule["milliseconds"]) = kindOf switch
        {
            "429" or "503" => ("status", int.Parse(kindOf, System.Globalization.CultureInfo.InvariantCulture), 0),
            "lost" => ("truncate", 200, 0),
            _ => ("latency", 200, 400),
        };
        return kindOf.Length == 0 ? null : rule;
    }

    private static async Task<(CampaignTotals Totals, int Places)> OneAsync(CampaignSandbox sandbox, CampaignKind kind, int dieAt, JsonObject? trouble)
    {
        await sandbox.ResetAsync();
        if (trouble is not null)
        {
            await sandbox.FaultAsync(trouble);
        }

        JsonNode before = await sandbox.TruthAsync();
        HashSet<string> secrets = [Value(before["serving"]!, kind.Variable)!];
        HashSet<string> old = [.. kind.Mine(before).Select(Id)];
        CampaignTotals totals = new() { Runs = 1 };
        StringBuilder output = new();
        string command = "start";
        JsonNode? answer = null;
        int passed = 0;
        bool deployed = false;
        int early = 0;
        int lost = 0;
        int killed = 0;
        for (int commands = 0; commands < MostCommands; commands++)
        {
            HostRun run = await HostRun.StartAsync(sandbox.ConfigPath, kind.Credential, command, dieAt > passed && killed == 0 ? dieAt - passed : 0, command == "complete" ? HoursAhead : 0);
            output.Append(run.Output);
            killed += run.Answer is null ? 1 : 0;
            passed += run.Answer?["places"]?.GetValue<int>() ?? 0;
            JsonNode truth = await sandbox.TruthAsync();
            secrets.UnionWith(kind.Mine(truth).Select(one => one["value"]!.GetValue<string>()).Append(Value(truth["serving"]!, kind.Variable)!));
            lost += await kind.WorksAsync(Value(truth["serving"]!, kind.Variable), truth) ? 0 : 1;
            early += command != "complete" && old.Any(id => !kind.Mine(truth).Any(one => Id(one) == id && one["works"]!.GetValue<bool>())) ? 1 : 0;
            answer = run.Answer ?? answer;
            string? state = run.Answer?["state"]?.GetValue<string>();
            if (state == "Closed" || (state == "Held" && run.Answer!["hold"]!.GetValue<string>() is not "ProviderUnavailable"))
            {
                break;
            }

            string? fault = run.Answer?["fault"]?.GetValue<string>();
            bool draining = state is "Draining" or "Quiesced" or "Revoked" || run.Answer?["resumeState"]?.GetValue<string>() is "Draining" or "Quiesced" or "Revoked";
            if (draining && !deployed)
            {
                await sandbox.ClearFaultsAsync();
                await sandbox.DeployAsync();
                deployed = true;
            }

            command = fault == "AfRotationNotFound" ? "start" : draining || (command == "complete" && run.Answer is null) ? "complete" : fault is not null && command == "start" ? "start" : "resume";
        }

        totals = totals with { Kills = killed, LostValues = lost, EarlyRevocations = early };
        return (await AuditAsync(sandbox, kind, old, secrets, answer, output.ToString(), dieAt, totals), passed);
    }

    private static async Task<CampaignTotals> AuditAsync(
        CampaignSandbox sandbox, CampaignKind kind, HashSet<string> old, HashSet<string> secrets, JsonNode? answer, string output, int dieAt, CampaignTotals totals)
    {
        JsonNode truth = await sandbox.TruthAsync();
        string state = answer?["state"]?.GetValue<string>() ?? "none";
        string reason = answer?["reason"]?.GetValue<string>() ?? string.Empty;
        string? newId = answer?["newId"]?.GetValue<string>();
        bool closed = state == "Closed";
        bool held = state == "Held" && reason.Length > 10;
        List<string> alive = [.. kind.Mine(truth).Where(one => one["works"]!.GetValue<bool>()).Select(Id)];
        List<string> strays = [.. alive.Where(id => id != newId && (closed || !old.Contains(id)) && !reason.Contains(id, StringComparison.Ordinal))];
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
            UnlistedOrphans = strays.Count,
            DoubleMints = closed && alive.Count > 1 ? 1 : 0,
            ChainBreaks = breaks,
            Leaks = leaks,
        };
        if (!closed || after.LostValues + after.EarlyRevocations + after.UnlistedOrphans + after.DoubleMints + breaks + leaks > 0)
        {
            Console.WriteLine($"{kind.Credential} killed at {dieAt}: {state} {reason} | {JsonSerializer.Serialize(after)}");
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
        if (Uri.TryCreate(secret, UriKind.Absolute, out Uri? url) && url.UserInfo.Split(':') is [_, { Length: > 8 } password])
        {
            yield return Encoding.UTF8.GetBytes(password);
        }
    }

    private static string Id(JsonNode one) => one["id"]!.GetValue<string>();

    private static string? Value(JsonNode environment, string name) => environment[name]?.GetValue<string>();
}
