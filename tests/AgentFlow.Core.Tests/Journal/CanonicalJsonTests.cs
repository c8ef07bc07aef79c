using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentFlow.Journal;
using CsCheck;

namespace AgentFlow.Core.Tests.Journal;

/// <summary>RFC 8785: its own samples, and what it leaves to nobody's taste.</summary>
public sealed class CanonicalJsonTests
{
    // RFC 8785, appendix B: the bits of a double and what they must print as.
    [Theory]
    [InlineData("0000000000000000", "0")]
    [InlineData("8000000000000000", "0")]
    [InlineData("0000000000000001", "5e-324")]
    [InlineData("8000000000000001", "-5e-324")]
    [InlineData("7fefffffffffffff", "1.7976931348623157e+308")]
    [InlineData("ffefffffffffffff", "-1.7976931348623157e+308")]
    [InlineData("4340000000000001", "9007199254740994")]
    [InlineData("4430000000000000", "295147905179352830000")]
    [InlineData("44b52d02c7e14af5", "9.999999999999997e+22")]
    [InlineData("44b52d02c7e14af6", "1e+23")]
    [InlineData("44b52d02c7e14af7", "1.0000000000000001e+23")]
    [InlineData("444b1ae4d6e2ef4e", "999999999999999700000")]
    [InlineData("444b1ae4d6e2ef4f", "999999999999999900000")]
    [InlineData("444b1ae4d6e2ef50", "1e+21")]
    [InlineData("3eb0c6f7a0b5ed8c", "9.999999999999997e-7")]
    [InlineData("3eb0c6f7a0b5ed8d", "0.000001")]
    [InlineData("41b3de4355555553", "333333333.3333332")]
    [InlineData("41b3de4355555554", "333333333.33333325")]
    [InlineData("41b3de4355555555", "333333333.3333333")]
    [InlineData("41b3de4355555556", "333333333.3333334")]
    [InlineData("41b3de4355555557", "333333333.33333343")]
    [InlineData("becbf647612f3696", "-0.0000033333333333333333")]
    [InlineData("43143ff3c1cb0959", "1424953923781206.2")]
    public void Numbers_print_as_the_RFC_lists_them(string bits, string expected)
    {
        double value = BitConverter.Int64BitsToDouble(long.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        using JsonDocument document = JsonDocument.Parse(value.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal) is var text && text.Contains('e', StringComparison.Ordinal) ? text : text + "e0");
        Assert.Equal(expected, CanonicalJson.Write(document.RootElement));
    }

    [Fact]
    public void Members_are_sorted_as_the_RFC_sorts_them()
    {
        // RFC 8785, 3.2.3.
        const string given = """{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}""";
        string written = CanonicalJson.Write(JsonNode.Parse(given));
        Assert.Equal(
            ["Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh"],
            JsonNode.Parse(written)!.AsObject().Select(member => member.Value!.GetValue<string>()));
    }

    [Fact]
    public void The_RFCs_object_is_written_as_the_RFC_writes_it()
    {
        // RFC 8785, 3.2.2 and 3.2.3.
        const string given = """{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}""";
        Assert.Equal(
            """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""",
            CanonicalJson.Write(JsonNode.Parse(given)));
    }

    [Theory]
    [InlineData("9007199254740992")]
    [InlineData("-9007199254740992")]
    [InlineData("1e999")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""["\ud800"]""")]
    public void What_has_no_exact_form_is_refused(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.ThrowsAny<Exception>(() => CanonicalJson.Write(document.RootElement));
    }

    [Fact]
    public void Writing_again_changes_nothing_and_every_double_survives() => Gen.Select(Gen.Double, Gen.String).Sample((number, text) =>
    {
        if (!double.IsFinite(number) || (double.IsInteger(number) && Math.Abs(number) > 9_007_199_254_740_991 && Math.Abs(number) < 1e19) || text.Any(char.IsSurrogate))
        {
            return;
        }

        string once = CanonicalJson.Write(new JsonObject { ["z"] = number, ["a"] = text });
        JsonObject again = JsonNode.Parse(once)!.AsObject();
        Assert.Equal(once, CanonicalJson.Write(again));
        Assert.Equal(text, again["a"]!.GetValue<string>());
        Assert.Equal(number == 0 ? 0 : number, again["z"]!.GetValue<double>());
    });
}
