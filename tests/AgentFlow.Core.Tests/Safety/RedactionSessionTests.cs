using System.Text;
using System.Text.Json;
using AgentFlow.Safety;

namespace AgentFlow.Core.Tests.Safety;

public sealed class RedactionSessionTests
{
    private static readonly string s_stripeKey = "sk_" + "live_" + "51Hq8ZkLmPx2Vb9TnWcR4yDf";

    private readonly RedactionSession _session = new(RedactionRules.Default);

    [Fact]
    public void Returns_the_same_reference_when_clean()
    {
        string text = "Build finished in 12 s, 42 routes, commit 1f3870be274f6c49b3e31a0c6728957f";

        Assert.Same(text, _session.Redact(text));
        Assert.Null(_session.RedactSpan(text));
    }

    [Fact]
    public void Puts_a_placeholder_with_a_session_id_in_place_of_a_token()
    {
        string once = _session.Redact($"key {s_stripeKey} and again {s_stripeKey}.");

        Assert.Matches(@"^key (\[REDACTED:stripe-secret-key#[a-z]{10}\]) and again \1\.$", once);
        Assert.NotEqual(once, new RedactionSession(RedactionRules.Default).Redact($"key {s_stripeKey} and again {s_stripeKey}."));
        Assert.Same(once, _session.Redact(once));
    }

    [Fact]
    public void Finds_a_known_value_raw_and_encoded()
    {
        using Secret secret = Secret.FromChars("aZ3/kd+P'w9Qx<7");
        Assert.Equal(KnownValueResult.Added, _session.AddKnown(secret));
        Assert.Equal(KnownValueResult.AlreadyKnown, _session.AddKnown(secret));

        foreach (string form in new[]
        {
            "aZ3/kd+P'w9Qx<7", "aZ3%2Fkd%2BP%27w9Qx%3C7", "aZ3%2fkd%2bP%27w9Qx%3c7", "aZ3/kd+P&#39;w9Qx&lt;7", "aZ3\\/kd+P\\u0027w9Qx\\u003C7",
            "aZ3/kd\n    +P'w9Qx<7", "aZ3/kd+\u001b[31mP'w9Qx<7", Convert.ToHexString("aZ3/kd+P'w9Qx<7"u8),
            Convert.ToBase64String("aZ3/kd+P'w9Qx<7"u8), Convert.ToBase64String("xaZ3/kd+P'w9Qx<7"u8), Convert.ToBase64String("xyaZ3/kd+P'w9Qx<7"u8),
            Convert.ToBase64String(Encoding.Unicode.GetBytes("aZ3/kd+P'w9Qx<7")),
        })
        {
            Assert.Matches(@"^before (\w\w?\w?)?\[REDACTED:known-value#[a-z]{10}\]=* after$", _session.Redact($"before {form} after"));
        }
    }

    [Theory]
    [InlineData("abc", KnownValueResult.TooShort)]
    [InlineData("abcdefg", KnownValueResult.TooShort)]
    [InlineData("12345678", KnownValueResult.TooCommon)]
    [InlineData("production", KnownValueResult.TooCommon)]
    [InlineData("aaaaaaaaaaaa", KnownValueResult.TooCommon)]
    [InlineData("a1B2c3", KnownValueResult.Added)]
    public void Refuses_known_values_that_would_mask_ordinary_text(string value, KnownValueResult expected)
    {
        using Secret secret = Secret.FromChars(value);

        Assert.Equal(expected, _session.AddKnown(secret));
    }

    [Fact]
    public void Redacts_a_stream_as_it_redacts_a_string()
    {
        string text = string.Concat(Enumerable.Repeat($"line of a log\r\nkey={s_stripeKey}\r\n", 20_000));
        using MemoryStream input = new(Encoding.UTF8.GetBytes(text));
        using MemoryStream output = new();

        RedactionReport report = _session.Redact(input, output, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(_session.Redact(text), Encoding.UTF8.GetString(output.ToArray()));
        Assert.Equal(20_000, report.Counts["stripe-secret-key"]);
        Assert.Equal(input.Length, report.BytesRead);
        Assert.Equal(output.Length, report.BytesWritten);
    }

    [Fact]
    public void Redacts_containers_by_value_and_by_name()
    {
        Dictionary<string, object?> value = new() { ["id"] = 7, ["password"] = "hunter", ["notes"] = new List<object?> { "fine", s_stripeKey } };

        IReadOnlyDictionary<string, object?> safe = Assert.IsType<IReadOnlyDictionary<string, object?>>(_session.Redact(value), exactMatch: false);
        string json = JsonSerializer.Serialize(safe);

        Assert.DoesNotContain("hunter", json, StringComparison.Ordinal);
        Assert.DoesNotContain(s_stripeKey, json, StringComparison.Ordinal);
        Assert.Contains("fine", json, StringComparison.Ordinal);
        Dictionary<string, object?> clean = new() { ["id"] = 7 };
        Assert.Same(clean, _session.Redact(clean));
    }
}
