using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentFlow.Adapters.Store;
using AgentFlow.Journal;

namespace AgentFlow.Benchmarks.Rotation;

/// <summary>Compares what the sandbox really holds at the end of a rotation with what the journal says and what was left on this machine.</summary>
internal static class CampaignAudit
{
    /// <summary>The totals of one rotation with what was found at its end; prints a line for each finding.</summary>
    /// <param name="sandbox">The truth.</param>
    /// <param name="kind">What was rotated.</param>
    /// <param name="old">The value and the provider's ids before it.</param>
    /// <param name="secrets">Every value that was ever in use.</param>
    /// <param name="answer">The last word of the last process that had one.</param>
    /// <param name="output">Everything that all of them printed.</param>
    /// <param name="plan">What was done to it.</param>
    /// <param name="totals">What was counted on the way.</param>
    public static async Task<CampaignTotals> OfAsync(
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
