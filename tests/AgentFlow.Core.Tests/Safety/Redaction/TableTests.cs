using System.Text;
using AgentFlow.Safety;
using AgentFlow.Safety.Redaction;
using AgentFlow.TestKit;

namespace AgentFlow.Core.Tests.Safety.Redaction;

/// <summary>Columns that a heading gives away: in CSV, Markdown, psql, dumps and statements, over any number of rows.</summary>
public sealed class TableTests
{
    private static readonly string s_token = string.Concat("gI3ZZxfU", "BUzs7rQ9Lk", "2mXp");

    private readonly RedactionSession _session = new(RedactionRules.Default);

    public TableTests()
    {
        using Secret known = Secret.FromChars(HostileText.KnownValue);
        _session.AddKnown(known);
    }

    [Theory]
    [InlineData("id,login,SMTP Password,note", "{0},ops,{1},\"read, only\"")]
    [InlineData("| id | login | `api_token` | note |", "| {0} | ops | `{1}` | read only |")]
    [InlineData(" id | login | session_key | note ", "  {0} | ops   | {1}   | read only")]
    [InlineData("id\tlogin\tapi_token\tnote", "{0}\tops\t{1}\tread only")]
    [InlineData("COPY public.users (id, login, api_token, note) FROM stdin;", "{0}\tops\t{1}\tread only")]
    public void Every_row_is_judged_however_many_there_are(string header, string row)
    {
        StringBuilder table = new(header + "\n");
        StringBuilder clean = new(header + "\n");
        for (int i = 0; i < 12_000; i++)
        {
            table.AppendFormat(System.Globalization.CultureInfo.InvariantCulture, row, i, s_token + (i % 7)).Append('\n');
            clean.AppendFormat(System.Globalization.CultureInfo.InvariantCulture, row, i, "§").Append('\n');
        }

        string safe = Streamed(table.ToString(), out RedactionReport report);

        Assert.Equal(12_000, report.Total);
        Assert.Equal(clean.ToString(), System.Text.RegularExpressions.Regex.Replace(safe, @"\[REDACTED:named-secret#[a-z]{10}\]", "§"));
        Assert.Equal(safe, Streamed(safe, out _));
    }

    [Fact]
    public void Every_row_of_a_statement_is_judged()
    {
        string rows = string.Join(", ", Enumerable.Range(0, 8_000).Select(i => $"({i}, 'o''ps (a)', now(), '{s_token}{i % 7}')"));
        string safe = Streamed($"INSERT INTO users (id, login, made_at, api_token) VALUES {rows};\nSELECT 1;", out RedactionReport report);

        Assert.Equal(8_000, report.Total);
        Assert.DoesNotContain(s_token, safe, StringComparison.Ordinal);
        Assert.EndsWith("');\nSELECT 1;", safe, StringComparison.Ordinal);
    }

    /// <summary>A value that the session knows, with marks and quotes in it, is one word of its cell, also over two lines.</summary>
    [Theory]
    [InlineData("note,password\n<k>,<s>\nx,<s>\n")]
    [InlineData("note;password;x\n<k>;<s>;2\n")]
    [InlineData("note,password\n<k2>,<s>\n")]
    [InlineData("INSERT INTO t (note, password) VALUES ('<k>', '<s>'), ('<k2>', '<s>');\n")]
    [InlineData("COPY t (note, password) FROM stdin;\n<k2>\t<s>\n\\.\n")]
    public void A_secret_in_a_cell_moves_no_column(string shape)
    {
        string known = HostileText.KnownValue;
        string text = shape.Replace("<k>", known, StringComparison.Ordinal).Replace("<k2>", known[..9] + "\n" + known[9..], StringComparison.Ordinal).Replace("<s>", s_token, StringComparison.Ordinal);
        string safe = _session.Redact(text);

        Assert.DoesNotContain(s_token, safe, StringComparison.Ordinal);
        Assert.Same(safe, _session.Redact(safe));
    }

    [Theory]
    [InlineData("name,password,token,last_login\nops,set,expired,2026-10-20T03:51:38Z\n")]
    [InlineData("name,password\nops,set\n\nid,commit\n1,T\n")]
    [InlineData("the password, the token\nand T\n")]
    [InlineData("| password | rule |\n|---|---|\n| 8 to 72 characters | zxcvbn >= 3 |\n")]
    [InlineData("INSERT INTO t (token, commit) VALUES (NULL, 'T'); INSERT INTO u (commit) VALUES ('T');\n")]
    [InlineData("INSERT INTO t (token) VALUES ('active')\n('T')\n")]
    public void What_is_no_cell_of_the_column_stays(string shape)
    {
        string text = shape.Replace("T", s_token, StringComparison.Ordinal);
        Assert.Same(text, _session.Redact(text));
    }

    /// <summary>A row near the limit of its length is read or not whatever the blocks are.</summary>
    [Theory]
    [InlineData(16_000)]
    [InlineData(16_380)]
    [InlineData(16_384)]
    [InlineData(16_420)]
    [InlineData(40_000)]
    public void A_long_row_is_judged_alike_in_blocks_of_any_size(int length)
    {
        string filler = string.Concat(Enumerable.Repeat("no secret here. ", (length / 16) + 1))[..length];
        byte[] text = Encoding.UTF8.GetBytes($"note,password\n{filler},{s_token}\nx,{s_token}\nINSERT INTO t (note, password) VALUES ('{filler}', '{s_token}'), ('x', '{s_token}');\n");
        string[] outputs = [.. ((int[])[600, 5_000, 17_000, 262_144]).Select(block =>
        {
            using MemoryStream output = new();
            StreamRedactor.Run(_session.Plan, new ChoppedStream(text, 997), output, null, TestContext.Current.CancellationToken, block);
            return Encoding.UTF8.GetString(output.ToArray());
        })];
        Assert.All(outputs, output => Assert.Equal(outputs[0], output));
        Assert.Equal(length < 16_300, !outputs[0].Contains(s_token, StringComparison.Ordinal));
    }

    private string Streamed(string text, out RedactionReport report)
    {
        using MemoryStream output = new();
        report = _session.Redact(new ChoppedStream(Encoding.UTF8.GetBytes(text), 7_001), output);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
