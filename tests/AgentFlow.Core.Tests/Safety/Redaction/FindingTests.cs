using System.Text;
using AgentFlow.Safety;

namespace AgentFlow.Core.Tests.Safety.Redaction;

/// <summary>Places of findings: offset, line, column, length and a fingerprint that tells nothing.</summary>
public sealed class FindingTests
{
    private static readonly string s_key = "sk_" + "live_" + "51HZqPLm3nKd8Rw2Vx7Tb";
    private static readonly byte[] s_fingerprintKey = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];

    private readonly RedactionSession _session = new(RedactionRules.Default, s_fingerprintKey);

    [Fact]
    public void A_finding_says_where_and_what_but_not_the_value()
    {
        string text = $"first\nzweite größe {s_key}.\nana@mail-example-host.com";

        SecretFinding[] found = [.. _session.Find(text)];

        Assert.Equal(["stripe-secret-key", "email"], found.Select(f => f.Rule));
        Assert.Equal((2, 14, Encoding.UTF8.GetByteCount("first\nzweite größe "), s_key.Length), (found[0].Line, found[0].Column, found[0].Offset, found[0].Length));
        Assert.Equal((3, 1), (found[1].Line, found[1].Column));
        Assert.DoesNotContain(s_key, found[0].ToString(), StringComparison.Ordinal);
        Assert.Contains(found[0].Fingerprint, _session.Redact(text), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_gives_the_same_findings_as_the_text_also_far_into_it()
    {
        string text = string.Concat(Enumerable.Repeat($"2026-11-23 [info] pagé rendered in 12 ms\n", 20_000)) + $"x {s_key}\n{s_key}\n";
        List<SecretFinding> found = [];

        RedactionReport report = _session.Find(new MemoryStream(Encoding.UTF8.GetBytes(text)), found.Add, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(_session.Find(text), found);
        Assert.Equal([(20_001L, 3L), (20_002L, 1L)], found.Select(f => (f.Line, f.Column)));
        Assert.Equal((2L, 2L), (report.Total, report.Counts["stripe-secret-key"]));
    }

    [Fact]
    public void A_fingerprint_is_stable_under_one_key_and_differs_under_another()
    {
        string again = new RedactionSession(RedactionRules.Default, s_fingerprintKey).Find(s_key)[0].Fingerprint;
        string other = new RedactionSession(RedactionRules.Default).Find(s_key)[0].Fingerprint;

        Assert.Equal(_session.Find(s_key)[0].Fingerprint, again);
        Assert.NotEqual(again, other);
        Assert.Throws<ArgumentException>(() => new RedactionSession(RedactionRules.Default, new byte[8]));
    }
}
