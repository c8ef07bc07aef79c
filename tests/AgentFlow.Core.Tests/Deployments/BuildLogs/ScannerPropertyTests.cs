using System.Diagnostics;
using System.Text;
using AgentFlow.Deployments.BuildLogs;
using CsCheck;

namespace AgentFlow.Core.Tests.Deployments.BuildLogs;

/// <summary>What holds for any log.</summary>
public sealed class ScannerPropertyTests
{
    private static readonly string[] s_pieces =
    [
        "❌ Invalid environment variables: {", "  MAIL_FROM: [ 'Required' ],", "}", "Missing env vars: MAIL_HOST, MAIL_PORT", "✖ Invalid input: expected string, received undefined", "  → at MAIL_USER", "[", "{", "path: [ 'MAIL_KEY' ],", "message: 'Required'",
        "KeyError: 'MAIL_FROM'", "deploy.sh: line 3: MAIL_FROM: unbound variable", "The following environment variables are missing:", "  - MAIL_FROM", "  - MAIL_HOST: the relay", "", "compiled module 7", "\"MAIL_FROM\" is not exported by \"$env/static/private\"",
        "MAIL_FROM", "  Field required [type=missing]", "   at x (y.js:1:2)", "error: Environment variable not found: MAIL_DSN.", "{\"msg\":\"MAIL_BOX is not set\"}", "10:00:00.000 web:build: MAIL_TAG must be set", "(", ")", "'", "\\", "}}}}]]]]", "❌ MAIL_SEAL*  🔐sensitive", "   └ undefined", "MAIL_SALT:", "- required field", "│ 0 │ 'MAIL_BOX' │ 'missing' │", "✔ MAIL_A ✖ MAIL_B", "msg=\"missing env\" vars=\"MAIL_C,MAIL_D\"",
    ];

    private static readonly Gen<string[]> s_logs = Gen.Int[0, s_pieces.Length - 1].Select(index => s_pieces[index]).Array[0, 40];

    [Fact]
    public void No_text_makes_it_throw() => Gen.String.Array[0, 20].Sample(lines => Scan.All(string.Join('\n', lines)).Count >= 0, iter: 2_000);

    [Fact]
    public void No_mixture_of_messages_makes_it_throw_or_repeat_a_name() => s_logs.Sample(
        lines =>
        {
            string[] names = [.. Scan.All(string.Join('\n', lines)).Select(missing => missing.Name)];
            return names.Length == names.Distinct(StringComparer.Ordinal).Count() && Array.TrueForAll(names, name => lines.Any(line => line.Contains(name, StringComparison.Ordinal)));
        },
        iter: 2_000);

    [Fact]
    public void Line_ends_make_no_difference() => s_logs.Sample(lines => Scan.Names(string.Join('\n', lines)) == Scan.Names(string.Join("\r\n", lines)), iter: 1_000);

    [Fact]
    public void Colours_make_no_difference() => Gen.Select(s_logs, Gen.Int).Sample(
        (lines, seed) => Scan.Names(string.Join('\n', lines)) == Scan.Names(string.Join('\n', lines.Select(line => Coloured(line, seed)))),
        iter: 1_000);

    [Theory]
    [InlineData("2026-05-01T10:00:00.123456Z ")]
    [InlineData("10:00:00.123 ")]
    [InlineData("[10:00:00.123] ")]
    [InlineData("#12 3.451 ")]
    [InlineData("web-1  | ")]
    [InlineData("remote: ")]
    [InlineData("web:build: ")]
    [InlineData("@shop/web:build: ")]
    [InlineData("│ ")]
    public void Prefixes_make_no_difference(string prefix) => s_logs.Sample(
        lines => Scan.Names(string.Join('\n', lines)) == Scan.Names(string.Join('\n', lines.Select(line => prefix + line))),
        iter: 300);

    [Fact]
    public void Links_of_a_terminal_make_no_difference() =>
        Assert.Equal("MAIL_FROM", Scan.Names("\u001b]8;;https://example.com/MAIL_LINK\u0007MAIL_FROM\u001b]8;;\u0007 is not \u001b[1mset\u001b[0m"));

    [Fact]
    public void Memory_stays_flat_over_a_long_log_and_huge_lines()
    {
        MissingEnvScanner scanner = new();
        string huge = "Missing env vars: " + new string('x', 4_000_000) + " MAIL_FROM is not set";
        Feed(scanner, 2_000, huge);

        // Other tests of the process come and go meanwhile; what the scanner kept would be there each time.
        long least = Enumerable.Range(0, 4).Min(_ =>
        {
            long before = GC.GetTotalMemory(forceFullCollection: true);
            Feed(scanner, 20_000, huge);
            return GC.GetTotalMemory(forceFullCollection: true) - before;
        });
        GC.KeepAlive(scanner);
        Assert.True(least < 2_000_000, $"{least} bytes more");
    }

    [Theory]
    [InlineData("A_B, ")]
    [InlineData(" ")]
    [InlineData("; ")]
    [InlineData("env ")]
    public void A_line_of_repetitions_is_read_in_time(string piece)
    {
        string line = $"missing env {string.Concat(Enumerable.Repeat(piece, 30_000 / piece.Length))} MAIL_FROM must be set";
        Stopwatch watch = Stopwatch.StartNew();
        Scan.All(line);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(3), $"{watch.Elapsed}");
    }

    [Fact]
    public void Ordinary_lines_allocate_nothing()
    {
        MissingEnvScanner scanner = new();
        const string Line = "   compiled module 17 of 100000: app/generated/section-17/part-17.tsx in 17 ms";
        for (int i = 0; i < 100; i++)
        {
            scanner.Feed(Line);
        }

        // The runtime may allocate a little of its own while it compiles the loop anew, but not each time; a line would every time.
        long least = Enumerable.Range(0, 5).Min(_ =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 10_000; i++)
            {
                scanner.Feed(Line);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
        Assert.True(least < 1_000, $"{least} bytes");
    }

    [Fact]
    public void Says_where_and_by_whom()
    {
        MissingEnv missing = Assert.Single(Scan.All("a\nb\nerror: Environment variable not found: MAIL_DSN.\n  -->  prisma/schema.prisma:4"));
        Assert.Equal(("MAIL_DSN", 3, "sentence"), (missing.Name, missing.Line, missing.Parser));
        Assert.Equal("MAIL_DSN", missing.ToString());
    }

    private static void Feed(MissingEnvScanner scanner, int lines, string huge)
    {
        for (int i = 0; i < lines; i++)
        {
            scanner.Feed(i % 5_000 == 17 ? huge : i % 3 == 0 ? $"path: [ 'NAME_{i % 50}' ], missing {{ [ (" : $"compiled {i}");
        }
    }

    private static string Coloured(string line, int seed)
    {
        Random random = new(seed);
        StringBuilder text = new();
        foreach (char at in line)
        {
            if (random.Next(6) == 0)
            {
                text.Append("\u001b[").Append(random.Next(30, 38)).Append('m');
            }

            text.Append(at);
        }

        return text.Append("\u001b[0m").ToString();
    }
}
