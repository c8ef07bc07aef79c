using System.Security.Cryptography;
using AgentFlow.Safety;
using AgentFlow.TestKit;
using CsCheck;

namespace AgentFlow.Core.Tests.Safety.Redaction;

/// <summary>Lines that come one by one hide what a whole text hides, come back one for one, and do not wait without need.</summary>
public sealed class LineRedactorTests(ITestOutputHelper output)
{
    private readonly RedactionSession _session = new(RedactionRules.Default);

    [Theory]
    [InlineData("")]
    [InlineData("2026-01-01T00:00:00Z app[7]: ")]
    [InlineData("    ")]
    public void A_key_block_leaks_none_of_its_lines(string prefix)
    {
        using RSA rsa = RSA.Create(2048);
        string[] block = rsa.ExportRSAPrivateKeyPem().Split('\n');
        string[] lines = ["before", .. block.Select(line => prefix + line), "after"];

        string[] safe = Run(lines);

        Assert.Equal(lines.Length, safe.Length);
        Assert.All(block[1..^1], line => Assert.DoesNotContain(safe, made => made.Contains(line[..Math.Min(8, line.Length)], StringComparison.Ordinal)));
        Assert.Equal(("before", "after"), (safe[0], safe[^1]));
        Assert.Single(safe[2..^1].Distinct());
    }

    [Fact]
    public void An_encrypted_block_with_short_lines_leaks_nothing()
    {
        using RSA rsa = RSA.Create(2048);
        string body = Convert.ToBase64String(rsa.ExportRSAPrivateKey());
        string[] rows = [.. body.Chunk(20).Select(row => new string(row))];
        string[] lines = [Mark("BEGIN RSA"), "Proc-Type: 4,ENCRYPTED", "DEK-Info: AES-256-CBC,0123456789ABCDEF0123456789ABCDEF", "", .. rows, Mark("END RSA"), "done"];

        string[] safe = Run(lines);

        Assert.Equal(lines.Length, safe.Length);
        Assert.DoesNotContain(safe, made => rows.Any(row => made.Contains(row, StringComparison.Ordinal)));
        Assert.Equal("done", safe[^1]);
    }

    [Fact]
    public void A_known_value_that_is_broken_over_lines_leaks_neither_half()
    {
        using Secret secret = Secret.FromChars("plainletterswithoutdigit");
        _session.AddKnown(secret);

        string[] safe = Run(["start plainletters", "withoutdigit end", "start plainletters and no more"]);

        Assert.DoesNotContain("plainletters", safe[0], StringComparison.Ordinal);
        Assert.DoesNotContain("withoutdigit", safe[1], StringComparison.Ordinal);
        Assert.Equal("start plainletters and no more", safe[2]);
    }

    [Fact]
    public void A_value_below_its_name_is_hidden()
    {
        string[] safe = Run(["password:", "  Tr0ub4dor&3xyz", "next"]);

        Assert.Equal(("password:", "next"), (safe[0], safe[2]));
        Assert.Equal(_session.Redact("password:\n  Tr0ub4dor&3xyz\nnext").Contains("Tr0ub", StringComparison.Ordinal), safe[1].Contains("Tr0ub", StringComparison.Ordinal));
    }

    [Fact]
    public void Ordinary_lines_do_not_wait_and_come_back_as_they_are()
    {
        LineRedactor lines = new(_session);
        foreach (string line in new[] { "GET /api/health 200 in 4 ms", "commit 1f3870be274f6c49b3e31a0c6728957f0e1d2c3b", "", "   at App.Main(String[] args) in /src/Program.cs:line 12", "done." })
        {
            Assert.Same(line, Assert.Single(lines.Push(line)));
        }

        Assert.Empty(lines.Flush());
    }

    [Fact]
    public void A_line_that_may_go_on_waits_for_the_next_and_for_the_end()
    {
        LineRedactor lines = new(_session);

        Assert.Empty(lines.Push("blob aB3dE5fG7hJ9kL1mN3pQ5r"));
        Assert.Equal(2, lines.Push("next").Count);
        Assert.Empty(lines.Push("blob aB3dE5fG7hJ9kL1mN3pQ5r"));
        Assert.Single(lines.Flush());
        Assert.Empty(lines.Flush());
    }

    [Fact]
    public void Every_line_comes_back_in_order_whatever_it_is()
    {
        Gen<string> gen = Gen.OneOf(
            Gen.String, Gen.Const(Mark("BEGIN")), Gen.Const(Mark("END")), Gen.Const("\ud800"), Gen.Const("a\nb"),
            Gen.String[Gen.Char["ABCDEFabcdef0123456789+/="], 1, 90]);
        gen.Array[0, 60].Sample(
            lines =>
            {
                string[] safe = Run(lines);
                string[] plain = [.. lines.Select(line => _session.Redact(line))];
                Assert.Equal(lines.Length, safe.Length);
                Assert.All(Enumerable.Range(0, lines.Length), i => Assert.True(safe[i] == lines[i] || safe[i].Contains("[REDACTED:", StringComparison.Ordinal)));
                Assert.All(Enumerable.Range(0, lines.Length), i => Assert.True(ReferenceEquals(plain[i], lines[i]) || safe[i] != lines[i], "a line alone is hidden and among others is not"));
            },
            iter: 300,
            threads: 1);
    }

    [Fact]
    public void The_corpus_line_by_line_leaks_no_more_than_as_a_text()
    {
        Assert.SkipWhen(SharedFolder.Path is null, SharedFolder.Reason);
        List<string> worse = [];
        foreach (CorpusTests.Case item in CorpusTests.Read())
        {
            RedactionSession session = new(RedactionRules.Default with { IpAddresses = item.Class == "pii_optional" });
            foreach (string value in item.Known ?? [])
            {
                using Secret secret = Secret.FromChars(value);
                session.AddKnown(secret);
            }

            string[] lines = item.Text.Split('\n');
            string[] safe = Run(lines, session);
            string whole = session.Redact(item.Text);
            string joined = string.Join('\n', safe);
            bool leaks = item.Secrets.SelectMany(secret => secret.Split('\n')).Where(part => part.Length >= 8)
                .Any(part => joined.Contains(part, StringComparison.Ordinal) && !whole.Contains(part, StringComparison.Ordinal));
            if (leaks || lines.Length != safe.Length || (item.Class == "negative" && joined != item.Text))
            {
                worse.Add($"{item.Id} {item.Kind}: {joined}");
            }
        }

        worse.ForEach(output.WriteLine);
        Assert.Empty(worse);
    }

    private string[] Run(string[] lines, RedactionSession? session = null)
    {
        LineRedactor redactor = new(session ?? _session);
        return [.. lines.SelectMany(redactor.Push), .. redactor.Flush()];
    }

    private static string Mark(string words) => $"-----{words} {"PRIVATE"} KEY-----";
}
