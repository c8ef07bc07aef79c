using System.Diagnostics;
using System.Text;
using AgentFlow.Safety;
using AgentFlow.Safety.Redaction;
using AgentFlow.TestKit;

namespace AgentFlow.Benchmarks.Redaction;

/// <summary>
/// Fuzzes the redaction engine on one core: hostile texts, each whole, cut into reads and blocks, and redacted again. Checked: no
/// exception and no blanked part, the same output for every cut, twice as once, a bounded length.
/// </summary>
public sealed class FuzzCampaign(int firstSeed, TimeSpan duration, long cases)
{
    private const int MaxFailures = 100;

    private readonly List<string> _failures = [];
    private readonly RedactionSession _session = MakeSession();
    private long _bytes;
    private long _findings;

    /// <summary>Runs until the time is over or so many cases are done, whichever is first.</summary>
    public FuzzTotals Run(CancellationToken cancellationToken)
    {
        Stopwatch watch = Stopwatch.StartNew();
        long done = 0;
        while (done < cases && watch.Elapsed < duration && _failures.Count < MaxFailures)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RunCase(unchecked(firstSeed + (int)done));
            done++;
        }

        return new() { Cases = done, Bytes = _bytes, Findings = _findings, FirstSeed = firstSeed, Seconds = Math.Round(watch.Elapsed.TotalSeconds, 1), Failures = _failures };
    }

    private void RunCase(int seed)
    {
        Random random = new(seed);
        byte[] text = HostileText.Make(random, HostileText.LengthOf(seed));
        _bytes += text.Length;
        try
        {
            using MemoryStream output = new();
            RedactionReport report = _session.Redact(new MemoryStream(text), output);
            byte[] whole = output.ToArray();
            _findings += report.Total;
            Check(!report.Counts.ContainsKey("error"), "blanked", seed);
            Check(whole.Length <= (text.Length * (long)HostileText.GrowthBound) + 64, "growth", seed);
            Check(whole.AsSpan().SequenceEqual(Cut(text, 1 + random.Next(3_000), 600 + random.Next(8_000))), "cut", seed);

            CheckTwice(text, whole, seed);

            // The same pieces apart, as the records of a log are: other neighbours, other mistakes.
            byte[] apart = HostileText.Make(new Random(seed), 6_000, apart: true);
            CheckTwice(apart, Cut(apart, int.MaxValue, StreamRedactor.DefaultBlock), seed);

            // And names and values in the notations of dumps, tables and sentences.
            CheckForm(HostileText.MakeNoted(new Random(seed), 6_000), "noted", seed);
            CheckForm(HostileText.MakeTabled(new Random(seed), 6_000), "tabled", seed);
            CheckForm(HostileText.MakeTold(new Random(seed), 6_000), "told", seed);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Check(false, exception.GetType().Name, seed);
        }
    }

    private void CheckForm(byte[] text, string form, int seed)
    {
        byte[] safe = Cut(text, int.MaxValue, StreamRedactor.DefaultBlock);
        Check(safe.AsSpan().SequenceEqual(Cut(text, 1 + (seed & 2_047), 600 + (seed & 8_191))), $"cut-{form}", seed);
        CheckTwice(text, safe, seed, $"again-{form}");
    }

    private void CheckTwice(byte[] text, byte[] once, int seed, string property = "again")
    {
        byte[] again = Cut(once, int.MaxValue, StreamRedactor.DefaultBlock);
        if (!Check(once.AsSpan().SequenceEqual(again), property, seed) && Environment.GetEnvironmentVariable("AGENTFLOW_FUZZ_SHOW") is not null)
        {
            Show($"{property}:{seed}", text, once, again);
        }
    }

    private byte[] Cut(byte[] text, int read, int block)
    {
        using MemoryStream output = new();
        StreamRedactor.Run(_session.Plan, new ChoppedStream(text, read), output, null, CancellationToken.None, block);
        return output.ToArray();
    }

    private bool Check(bool holds, string property, int seed)
    {
        if (!holds)
        {
            _failures.Add($"{property}:{seed}");
        }

        return holds;
    }

    private static void Show(string failure, byte[] text, byte[] once, byte[] twice)
    {
        int at = once.AsSpan().CommonPrefixLength(twice);
        string Around(byte[] bytes) => Encoding.UTF8.GetString(bytes.AsSpan(Math.Max(0, at - 130)..Math.Min(bytes.Length, at + 130))).ReplaceLineEndings("⏎");
        Console.WriteLine($"{failure}{Environment.NewLine}once  {Around(once)}{Environment.NewLine}twice {Around(twice)}{Environment.NewLine}of {text.Length} bytes{Environment.NewLine}");
    }

    private static RedactionSession MakeSession()
    {
        RedactionSession session = new(RedactionRules.Default);
        using Secret known = Secret.FromChars(HostileText.KnownValue);
        session.AddKnown(known);
        return session;
    }
}
