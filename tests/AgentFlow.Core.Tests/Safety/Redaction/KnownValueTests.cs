using System.Net;
using System.Text;
using System.Text.Json;
using AgentFlow.Safety;

namespace AgentFlow.Core.Tests.Safety.Redaction;

/// <summary>Values that a session holds, in every form that they take on the way through a URL, JSON, HTML, base64, a dump, a terminal.</summary>
public sealed class KnownValueTests
{
    private static readonly string[] s_values =
    [
        "correct horse \"battery\" st4ple", "aDR31zej/+&=Jp9x74IA%", "Qt7ChoMyD\\mcgU6U'<dAn", "9-yd4Wn8ZIQ_YOy7", "pässwörd-ünïcode-42", "tr0ub4dor&3", "$ecr.t*[x]{y}|z^", "a1B2c3", "line one x\ttab two", "пароль-ключ-дома",
    ];

    private static readonly (string Name, Func<string, string> Encode)[] s_forms =
    [
        ("raw", v => v),
        ("url", Uri.EscapeDataString),
        ("url lower", v => string.Concat(Encoding.UTF8.GetBytes(v).Select(b => char.IsAsciiLetterOrDigit((char)b) ? ((char)b).ToString() : $"%{b:x2}"))),
        ("url twice", v => Uri.EscapeDataString(Uri.EscapeDataString(v))),
        ("form", v => WebUtility.UrlEncode(v)!),
        ("json", v => JsonSerializer.Serialize(v)[1..^1]),
        ("json relaxed", Relaxed),
        ("json in json", v => Relaxed(Relaxed(v))),
        ("json in json in json", v => Relaxed(Relaxed(Relaxed(v)))),
        ("html", v => WebUtility.HtmlEncode(v)),
        ("hex", v => Convert.ToHexString(Encoding.UTF8.GetBytes(v))),
        ("hex lower", v => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(v))),
        ("base64 0", v => Base64(v, 0)),
        ("base64 1", v => Base64(v, 1)),
        ("base64 2", v => Base64(v, 2)),
        ("base64url 0", v => Base64(v, 0).Replace('+', '-').Replace('/', '_')),
        ("base64url 1", v => Base64(v, 1).Replace('+', '-').Replace('/', '_')),
        ("base64url 2", v => Base64(v, 2).Replace('+', '-').Replace('/', '_')),
        ("base64 in json", v => Relaxed(Base64(v, 1))),
        ("base64 in url", v => Uri.EscapeDataString(Base64(v, 2))),
        ("wrapped", v => v.Insert(v.Length / 2, "\n")),
        ("wrapped and indented", v => v.Insert(v.Length / 2, "\r\n       ")),
        ("coloured inside", v => v.Insert(v.Length / 2, "\u001b[0m")),
        ("twice", v => v + v),
    ];

    public static TheoryData<string> Forms => [.. s_forms.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_known_value_is_gone_in_every_form(string form)
    {
        Func<string, string> encode = s_forms.Single(f => f.Name == form).Encode;
        foreach (string value in s_values)
        {
            RedactionSession session = Session(value);
            string seen = encode(value);
            string safe = session.Redact($"GET /x?state={seen}&ok=1 tail");

            Assert.Contains("[REDACTED:known-value#", safe, StringComparison.Ordinal);
            Assert.True(form.StartsWith("base64", StringComparison.Ordinal) || !safe.Contains(seen[^Math.Min(5, seen.Length)..] + "&", StringComparison.Ordinal), $"{form} of {value}: {safe}");
            Assert.EndsWith("&ok=1 tail", safe, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_value_of_many_lines_is_hidden_line_by_line_but_not_its_frame()
    {
        string key = $"-----BEGIN {"PRIVATE"} KEY-----\nQ2FuIHlvdSBzZWUgbWU/aaaa\nVGhlIHNlY29uZCBsaW5lIG9m\n-----END {"PRIVATE"} KEY-----";
        RedactionSession session = Session(key);

        string safe = session.Redact("step 2 printed VGhlIHNlY29uZCBsaW5lIG9m and left");

        Assert.DoesNotContain("VGhlIHNlY29uZCBsaW5lIG9m", safe, StringComparison.Ordinal);
        Assert.EndsWith(" and left", safe, StringComparison.Ordinal);
        const string Frame = "-----BEGIN CERTIFICATE-----";
        Assert.Same(Frame, session.Redact(Frame));
    }

    [Fact]
    public void Two_hundred_values_are_told_apart_by_their_ids()
    {
        RedactionSession session = new(RedactionRules.Default);
        string[] values = [.. Enumerable.Range(0, 200).Select(i => $"v{i * 7919:x}-Q{i}z{i * 31}")];
        foreach (string value in values)
        {
            using Secret secret = Secret.FromChars(value);
            Assert.Equal(KnownValueResult.Added, session.AddKnown(secret));
        }

        string[] safe = [.. values.Select(v => session.Redact($"<{v}>"))];

        Assert.All(safe, text => Assert.StartsWith("<[REDACTED:known-value#", text, StringComparison.Ordinal));
        Assert.Equal(200, safe.Distinct(StringComparer.Ordinal).Count());
    }

    private static RedactionSession Session(string value)
    {
        RedactionSession session = new(RedactionRules.Default);
        using Secret secret = Secret.FromChars(value);
        Assert.Equal(KnownValueResult.Added, session.AddKnown(secret));
        return session;
    }

    private static string Relaxed(string value) => JsonEncodedText.Encode(value, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();

    private static string Base64(string value, int offset) => Convert.ToBase64String(Encoding.UTF8.GetBytes("zz"[..offset] + value + "\nregion=iad1"));
}
