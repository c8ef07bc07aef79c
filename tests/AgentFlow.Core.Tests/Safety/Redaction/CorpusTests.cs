using System.IO.Compression;
using System.Text;
using System.Text.Json;
using AgentFlow.Safety;
using AgentFlow.TestKit;

namespace AgentFlow.Core.Tests.Safety.Redaction;

/// <summary>Scores of the engine on the labelled corpus, printed per class and held at the bar.</summary>
public sealed class CorpusTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, double> s_bars = new(StringComparer.Ordinal)
    {
        ["token"] = 0.99, ["structured"] = 0.99, ["known"] = 1.0, ["pii"] = 0.9, ["negative"] = 1.0,
    };

    [Fact]
    public void Every_class_holds_its_bar()
    {
        Assert.SkipWhen(SharedFolder.Path is null, SharedFolder.Reason);
        Dictionary<string, (int Good, int All)> scores = new(StringComparer.Ordinal);
        foreach (Case item in Read())
        {
            string? fault = Fault(item);
            (int good, int all) = scores.GetValueOrDefault(item.Class);
            scores[item.Class] = (good + (fault is null ? 1 : 0), all + 1);
            if (fault is not null)
            {
                output.WriteLine($"{item.Id} {item.Class} {item.Kind} ({item.Ctx}): {fault}");
            }
        }

        foreach ((string name, (int good, int all)) in scores.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{name}: {good}/{all} = {(double)good / all:P2}");
        }

        Assert.Equal(s_bars.Count, scores.Keys.Count(s_bars.ContainsKey));
        Assert.All(s_bars, bar => Assert.True((double)scores[bar.Key].Good / scores[bar.Key].All >= bar.Value, $"{bar.Key} is below {bar.Value:P0}"));
    }

    /// <summary>What is wrong with the answer to a case, or null.</summary>
    private static string? Fault(Case item)
    {
        RedactionSession session = new(RedactionRules.Default with { IpAddresses = item.Class == "pii_optional" });
        foreach (string value in item.Known ?? [])
        {
            using Secret secret = Secret.FromChars(value);
            session.AddKnown(secret);
        }

        string safe = session.Redact(item.Text);
        using MemoryStream streamed = new();
        session.Redact(new MemoryStream(Encoding.UTF8.GetBytes(item.Text)), streamed);
        string[] left = [.. item.Secrets.Where(s => safe.Contains(s, StringComparison.Ordinal))];
        string[] lost = [.. item.Keep.Where(k => !safe.Contains(k, StringComparison.Ordinal))];
        return left.Length > 0 ? $"left {string.Join(" ¦ ", left)} in {safe}"
            : lost.Length > 0 ? $"lost {string.Join(" ¦ ", lost)} in {safe}"
            : item.Class == "negative" && safe != item.Text ? $"changed {item.Text} to {safe}"
            : Encoding.UTF8.GetString(streamed.ToArray()) != safe ? "a stream gives another answer than a text"
            : !ReferenceEquals(safe, session.Redact(safe)) ? "the answer is not stable"
            : null;
    }

    internal static List<Case> Read()
    {
        using GZipStream unpacked = new(File.OpenRead(SharedFolder.File("corpora", "redaction.jsonl.gz")), CompressionMode.Decompress);
        using StreamReader reader = new(unpacked);
        List<Case> cases = [];
        while (reader.ReadLine() is { } line)
        {
            cases.Add(JsonSerializer.Deserialize<Case>(line, JsonSerializerOptions.Web)!);
        }

        return cases;
    }

    internal sealed record Case(string Id, string Kind, string Class, string Ctx, string Text, string[] Secrets, string[] Keep, string[]? Known);
}
