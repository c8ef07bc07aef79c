using System.Text;
using AgentFlow.Safety;
using AgentFlow.Safety.Redaction;

namespace AgentFlow.Core.Tests.Safety.Redaction;

/// <summary>Every row of the table finds what its own example builder makes, wherever it stands.</summary>
public sealed class RuleExampleTests
{
    private const int Draws = 6;

    private readonly RedactionSession _session = new(RedactionRules.Default with { IpAddresses = true });

    public static TheoryData<string> Tokens => [.. RedactionRules.Table.Where(r => r.Class == RedactionClass.Token).Select(r => r.Name)];

    public static TheoryData<string> Others => [.. RedactionRules.Table.Where(r => r.Class is not (RedactionClass.Token or RedactionClass.Known) && r.Name != "named-value").Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(Tokens))]
    public void A_token_is_found_in_every_surrounding(string rule)
    {
        foreach ((RuleExample example, Surroundings around) in Cases(rule, Surroundings.Neutral.Concat(Surroundings.Telling)))
        {
            Check(rule, example, around);
        }
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void A_structured_secret_is_found_alone_in_a_sentence_and_in_json(string rule)
    {
        string[] names = ["alone", "crlf", "json", "json in json", "escaped newline", "ansi", "shell"];
        bool multiline = rule is "private-key" or "pgpass" or "jwk-private" or "command-credential";
        IEnumerable<Surroundings> around = Surroundings.Neutral.Where(s => multiline ? s.Name is "alone" or "crlf" : names.Contains(s.Name));
        foreach ((RuleExample example, Surroundings place) in Cases(rule, around))
        {
            Check(rule, example, place);
        }
    }

    [Fact]
    public void Every_row_but_the_two_of_the_session_has_an_example()
    {
        string[] without = [.. RedactionRules.Table.Where(r => r.Example(new Random(1)) is null).Select(r => r.Name)];

        Assert.Equal(["known-value", "named-value"], without);
        Assert.Equal(RedactionRules.Table.Count, RedactionRules.Table.Select(r => r.Name).Distinct(StringComparer.Ordinal).Count());
    }

    private static IEnumerable<(RuleExample Example, Surroundings Around)> Cases(string rule, IEnumerable<Surroundings> surroundings)
    {
        Random random = new(rule.Length * 7919);
        RedactionRule row = RedactionRules.Table.Single(r => r.Name == rule);
        return surroundings.SelectMany(around => Enumerable.Range(0, Draws).Select(_ => (row.Example(random)!, around)));
    }

    private void Check(string rule, RuleExample example, Surroundings around)
    {
        string text = around.Wrap(around.Escape?.Invoke(example.Text) ?? example.Text);
        string secret = around.Escape?.Invoke(example.Secret) ?? example.Secret;
        string safe = _session.Redact(text);

        bool left = around.Name == "base64"
            ? Encoding.UTF8.GetString(Convert.FromBase64String(text["blob: ".Length..])).Contains(secret, StringComparison.Ordinal) && !safe.Contains("[REDACTED:", StringComparison.Ordinal)
            : safe.Contains(secret, StringComparison.Ordinal) || safe.Contains(secret[^Math.Min(6, secret.Length)..], StringComparison.Ordinal);
        Assert.False(left, $"{rule} left in '{around.Name}': {text} -> {safe}");
        Assert.Same(safe, _session.Redact(safe));
        string tail = around.Wrap("x")[^1..];
        Assert.True(around.Name is "base64" or "alone" or "env" or "npmrc" || safe.EndsWith(tail, StringComparison.Ordinal), $"{rule} took too much in '{around.Name}': {text} -> {safe}");
    }
}
