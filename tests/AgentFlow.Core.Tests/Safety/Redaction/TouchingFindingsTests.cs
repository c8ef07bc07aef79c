using System.Text;
using AgentFlow.Safety;
using AgentFlow.Safety.Redaction;
using AgentFlow.TestKit;

namespace AgentFlow.Core.Tests.Safety.Redaction;

/// <summary>What stands right beside a secret is judged in the first pass as it will be read when the placeholder stands there.</summary>
public sealed class TouchingFindingsTests
{
    private static readonly string s_random = string.Concat("3LSKmsEz", "zloMXS2o", "wgsv");
    private static readonly string s_access = string.Concat("AK", "IAQ3EGX7T5B2", "MPLW4Z");
    private static readonly string s_web = string.Concat("eyJhbGciOiJIUzI1NiJ9.", "eyJzdWIiOiI0MiJ9", ".4GQvMQOFrJpVCFU0xaqgpUuAV2OqrGcEtUWwa2wkpFV");

    /// <summary>K a known value, A an access key, C a card, J a web token, R random characters; the rest stands for itself.</summary>
    [Theory]
    [InlineData("john.doe@acme.comK", "#")]
    [InlineData("Kjohn.doe@acme.com", "#")]
    [InlineData("user john.doe@acme.comK, next", "user #, next")]
    [InlineData("KA", "#")]
    [InlineData("AK", "#")]
    [InlineData("KC", "#")]
    [InlineData("CK", "#")]
    [InlineData("KJ", "#")]
    [InlineData("tel:+1 415 555 0132K", "tel:#")]
    [InlineData("john@acme.com+1 415 555 0132", "#")]
    [InlineData("token=R+1 415 555 0132", "token=# #")]
    [InlineData("K\nx\tx-api-key=R)", "#\nx\tx-api-key=#)")]
    [InlineData("run(\ntoken=R)", "run(\ntoken=#)")]
    [InlineData("x-api-key: \"RK", "x-api-key: \"#")]
    [InlineData("curl -u bob:h4nter2K https://x", "curl -u bob:# https://x")]
    [InlineData("cookie: sid=RK; theme=dark", "cookie: sid=#; theme=dark")]
    [InlineData("postgres://u:RK@db.internal/x", "postgres://u:#@db.internal/x")]
    [InlineData("K and K", "# and #")]
    [InlineData("KK", "#")]
    [InlineData("Kplain words", "#plain words")]
    [InlineData("1.2.3K:443", "1.2.3#:443")]
    [InlineData("commit 9fceb02d0ae598e95dc970b74767f19372d61af8 by K", "commit 9fceb02d0ae598e95dc970b74767f19372d61af8 by #")]
    public void A_secret_that_touches_another_goes_in_the_first_pass(string shape, string left)
    {
        string text = Concrete(shape);
        RedactionSession session = Session();

        string safe = session.Redact(text);

        Assert.Equal(left, Shortened(safe));
        Assert.Same(safe, session.Redact(safe));
        Assert.Equal(Shortened(safe).Count(c => c == '#'), session.Find(text).Count);
        foreach (int padding in (int[])[0, 333, 1_200, 4_000])
        {
            string longer = string.Concat(Enumerable.Repeat("x y\n", padding)) + text + new string('\n', 9_000) + text;
            Assert.Equal(session.Redact(longer), Streamed(session, longer, 97));
        }
    }

    /// <summary>The first of many secrets in a row is as close to the last as the reach of a look; none may depend on the cut.</summary>
    [Fact]
    public void A_long_row_of_touching_secrets_is_one_placeholder_however_it_is_cut()
    {
        RedactionSession session = Session();
        string row = string.Concat(Enumerable.Repeat("Kjohn.doe@acme.com", 600).Select(Concrete));

        string safe = session.Redact("a " + row + " b");

        Assert.Equal("a # b", Shortened(safe));
        Assert.Equal(safe, Streamed(session, "a " + row + " b", 311));
    }

    [Fact]
    public void A_damaged_line_does_not_end_a_key_block()
    {
        string[] body = [.. Enumerable.Range(0, 6).Select(i => RuleExample.Draw(new Random(i), "{B:64}"))];
        string[] lines = ["-----BEGIN PRIVATE" + " KEY-----", .. body.Select((line, i) => "10:00:00 app | " + (i == 0 ? line[..40] + "\u0001" + line[41..] : line)), "10:00:00 app | ..."];

        string safe = Session().Redact(string.Join('\n', lines));

        Assert.DoesNotContain(body, line => safe.Contains(line[..30], StringComparison.Ordinal));
    }

    private static string Concrete(string shape) => string.Concat(shape.Select(c => c switch
    {
        'K' => HostileText.KnownValue,
        'A' => s_access,
        'C' => "4703683310192",
        'J' => s_web,
        'R' => s_random,
        _ => c.ToString(),
    }));

    private static string Shortened(string safe) => System.Text.RegularExpressions.Regex.Replace(safe, @"\[REDACTED:[a-z0-9-]+#[a-z]{10}\]", "#");

    private static string Streamed(RedactionSession session, string text, int read)
    {
        using MemoryStream output = new();
        StreamRedactor.Run(session.Plan, new ChoppedStream(Encoding.UTF8.GetBytes(text), read), output, null, CancellationToken.None, 600);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static RedactionSession Session()
    {
        RedactionSession session = new(RedactionRules.Default);
        using Secret known = Secret.FromChars(HostileText.KnownValue);
        session.AddKnown(known);
        return session;
    }
}
